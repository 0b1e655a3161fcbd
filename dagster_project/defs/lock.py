"""One run at a time on a root, whoever starts it: a person, the schedule or the sensor.

Here: the lock, and who has it. The system releases it with the process that holds it: a killed run leaves none behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ..errors import UserError
from ..files import clear, locked, write_atomically
from ..root import Root


@contextmanager
def one_at_a_time(root: Root, wait: float = 0) -> Iterator[None]:
    """Holds the root for this process, as often as it asks. Raises UserError where another one has it for longer than
    `wait` seconds."""
    path = root.warehouse / "run.lock"
    for folder in (root.warehouse.parent, root.warehouse):
        if folder.is_file():
            clear(folder)
    with locked(path, wait, lambda: _held(root)):
        yield


def sign(root: Root) -> None:
    """Notes that this process holds the root, for those who find it held. When it does no longer, the note says
    nothing."""
    path = _note(root)
    if path.is_dir():
        clear(path)
    write_atomically(path, f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M}".encode())


def _held(root: Root) -> UserError:
    by_en, by_vi = _holder(root)
    return UserError(
        f"Another run is at work on this warehouse{by_en}. Wait until it has ended, then run again.",
        f"Một lượt chạy khác đang làm việc trên kho này{by_vi}. Hãy đợi xong rồi chạy lại.",
    )


def _holder(root: Root) -> tuple[str, str]:
    """Which process holds the root and since when, in both languages; nothing where that is not known yet."""
    try:
        number, since = _note(root).read_text().split(" ", 1)
    except (OSError, ValueError):
        return "", ""
    return f" (process {number}, {since})", f" (tiến trình {number}, {since})"


def _note(root: Root) -> Path:
    return root.warehouse / "run.holder"
