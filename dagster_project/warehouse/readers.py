"""Several files read at once, a process on each core, and given in their order whichever is done first.

Here: who reads which file, and how far ahead of what is stored. Not here: one such process (`isolated_reader.py`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from ..errors import UserError, why_refused
from ..files import content_of
from ..submissions import Submission
from .isolated_reader import IsolatedReader, Reading

AHEAD = 2  # files for each process that are being read, or wait to be stored: what is read ahead is held in memory


@dataclass(frozen=True, slots=True)
class FileReading:
    """A submission, and what became of it."""

    submission: Submission
    reading: Reading


def read_all(submissions: Sequence[Submission], registries: Path) -> Iterator[FileReading]:
    """Reads files with the labels of a folder of registries, and gives them in their order.
    Raises UserError where a file cannot be opened any more, or is no longer the one that came."""
    readers: SimpleQueue[IsolatedReader] = SimpleQueue()
    started = [IsolatedReader(registries) for _ in range(min(_cores(), len(submissions)))]
    for reader in started:
        readers.put(reader)

    def read(submission: Submission) -> FileReading:
        content = _content_of(submission)
        reader = readers.get()
        try:
            return FileReading(submission, reader.read(content, submission.file_name, submission.year))
        finally:
            readers.put(reader)

    begun: deque[Future[FileReading]] = deque()
    with ThreadPoolExecutor(max(len(started), 1)) as threads:
        try:
            for submission in submissions:
                begun.append(threads.submit(read, submission))
                if len(begun) >= AHEAD * len(started):
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            for waiting in begun:
                waiting.cancel()
            for reader in started:
                reader.stop()


def _cores() -> int:
    """How many this process may use; not every system says."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _content_of(submission: Submission) -> bytes:
    try:
        content, sha256 = content_of(submission.path)
    except OSError as error:
        raise UserError(
            f"{submission.path} cannot be opened any more: {error.strerror}. Run again.",
            f"Không còn mở được {submission.path}: {why_refused(error)}. Hãy chạy lại.",
        ) from error
    if sha256 != submission.submission_id:
        raise UserError(
            f"{submission.path} has changed while it was being read. Run again when it is complete.",
            f"{submission.path} đã thay đổi trong khi đang đọc. Hãy chạy lại khi tệp đã hoàn tất.",
        )
    return content
