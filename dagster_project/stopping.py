"""Being stopped, by a person (Ctrl-C) or by the system (the signal that ends services).

Here: noting that it was asked for. Not here: what is said then (`cli.py`). Both are raised as KeyboardInterrupt, which
every library lets through or ends by; some make another error of it, so whoever comes after one asks `refuse_to_go_on`.
"""

from __future__ import annotations

import signal
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those that the system has
_asked: list[int] = []


def listen() -> None:
    """From now on, each of the signals stops the command in an orderly way; but for one that whoever started it has
    told it to ignore, as `nohup` does."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def is_asked() -> bool:
    """Whether this process has been asked to stop."""
    return bool(_asked)


def refuse_to_go_on() -> None:
    """Raises KeyboardInterrupt where this process has been asked to stop."""
    if _asked:
        raise KeyboardInterrupt


def _stop(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
