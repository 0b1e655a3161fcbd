"""Being stopped, by a person (Ctrl-C) or by the system (the signal that ends services).

Here: noting that it was asked for. Not here: what is said then (`cli.py`). A stop is raised as KeyboardInterrupt; but
Dagster puts handlers of its own in the place of ours while it runs, and dbt makes another error of what they raise. So
Python itself notes each signal, whatever handler there is, and whoever comes after such an error asks `is_asked`.
While a library that is not Python loads itself, an error ends the process at once, with that library's own words on the
screen (DuckDB's bindings: 'Critical nanobind error'); the stop waits for the end of that.
"""

from __future__ import annotations

import _thread
import contextlib
import signal
import socket
import threading
from types import FrameType

SIGNALS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)}
_SOON = 0.02  # seconds
_asked: set[int] = set()
_notes: list[socket.socket] = []  # the end that is read, and the end that Python writes to


def listen() -> None:
    """From now on, each of the signals stops the command in an orderly way; but for one that whoever started it has
    told it to ignore, as `nohup` does."""
    _notes[:] = socket.socketpair()
    for end in _notes:
        end.setblocking(False)
    signal.set_wakeup_fd(_notes[1].fileno(), warn_on_full_buffer=False)
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def is_asked() -> bool:
    """Whether this process has been asked to stop."""
    if _notes:
        with contextlib.suppress(BlockingIOError):
            _asked.update(SIGNALS.intersection(_notes[0].recv(1 << 16)))
    return bool(_asked)


def refuse_to_go_on() -> None:
    """Raises KeyboardInterrupt where this process has been asked to stop."""
    if is_asked():
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    if _loads_a_library(frame):
        again = threading.Timer(_SOON, _thread.interrupt_main, (number,))
        again.daemon = True
        again.start()
    else:
        raise KeyboardInterrupt


def _loads_a_library(frame: FrameType | None) -> bool:
    """Whether a library that is not Python is on its way into this process."""
    from importlib.machinery import ExtensionFileLoader

    while frame is not None:
        is_loading = frame.f_code in (
            ExtensionFileLoader.create_module.__code__,
            ExtensionFileLoader.exec_module.__code__,
        )
        if is_loading:
            return True
        frame = frame.f_back
    return False
