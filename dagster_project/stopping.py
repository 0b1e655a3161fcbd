"""Being stopped, by a person (Ctrl-C) or by the system (the signal that ends services).

Here: noting that it was asked for. Not here: what is said then (`cli.py`). A stop is raised as KeyboardInterrupt; but
Dagster puts handlers of its own in the place of ours while it runs, and dbt makes another error of what they raise. So
Python itself notes each signal, whatever handler there is, and whoever comes after such an error asks `is_asked`.
"""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType

SIGNALS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)}
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
    raise KeyboardInterrupt
