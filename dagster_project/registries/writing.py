"""A line that a command adds to a registry, or takes out of it; all else stays as it was typed.

Here: the text of the file after that, and the lock under which a command reads and writes it. Not here: what the line
says (`commands/accepting.py`).
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..errors import UserError
from ..files import clear
from .as_saved import read_saved
from .declared import Registry

_LOCK_WAIT = 60  # seconds


@contextmanager
def held(beside: Path) -> Iterator[None]:
    """Keeps the registries to this command. beside: the folder for the lock, which the system releases with the
    process. Raises UserError where another command has it for long."""
    from filelock import FileLock, Timeout

    beside.mkdir(parents=True, exist_ok=True)
    path = beside / "registries.lock"
    if path.is_dir():
        clear(path)
    lock = FileLock(path, is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=_LOCK_WAIT)
    except Timeout:
        raise UserError(
            f"Another command has been writing to the registries for {_LOCK_WAIT} seconds. Wait, then try again.",
            f"Một lệnh khác đang ghi vào các danh mục đã {_LOCK_WAIT} giây. Hãy đợi xong rồi thử lại.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def with_line(content: bytes, registry: Registry, values: Mapping[str, str]) -> bytes:
    """The file with one more line at its end, in its own manner of dividing fields and ending lines."""
    saved = read_saved(content, registry.columns)
    ending = "\r\n" if "\r\n" in saved.text else "\n"
    added = io.StringIO(newline="")
    row = [values.get(name, "") for name in saved.header]
    csv.writer(added, delimiter=saved.mark, lineterminator=ending).writerow(row)
    between = "" if saved.text.endswith("\n") else ending
    return _mark(content) + f"{saved.text}{between}{added.getvalue()}".encode()


def without_line(content: bytes, registry: Registry, at: int) -> bytes:
    """The file without the row that begins at that line."""
    saved = read_saved(content, registry.columns)
    lines = io.StringIO(saved.text, newline="").readlines()
    first = at - 1
    last = first + 1
    while "".join(lines[first:last]).count('"') % 2:  # a field with a line break in it
        last += 1
    return _mark(content) + "".join([*lines[:first], *lines[last:]]).encode()


def _mark(content: bytes) -> bytes:
    return codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
