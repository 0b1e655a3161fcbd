"""One run at a time on a root, whoever starts it: a person, the schedule or the sensor.

Here: the lock. The system releases it with the process that holds it, so a killed run leaves none behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from ..errors import UserError
from ..root import Root


@contextmanager
def one_at_a_time(root: Root, wait: float = 0) -> Iterator[None]:
    """Holds the root for this process, as often as it asks. Raises UserError where another one has it for longer than
    `wait` seconds."""
    root.warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root.warehouse / "run.lock", is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise UserError(
            "Another run is at work on this warehouse. Wait until it has ended, then run again.",
            "Một lượt chạy khác đang làm việc trên kho này. Hãy đợi xong rồi chạy lại.",
        ) from None
    try:
        yield
    finally:
        lock.release()
