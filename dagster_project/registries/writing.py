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
from ..files import locked
from .as_saved import Saved, read_saved, record_at
from .declared import Registry

_LOCK_WAIT = 60  # seconds


@contextmanager
def held(beside: Path) -> Iterator[None]:
    """Keeps the registries to this command. beside: the folder for the lock, which the system releases with the
    process. Raises UserError where another command has it for long."""
    held_by_another = UserError(
        f"Another command has been writing to the registries for {_LOCK_WAIT} seconds. Wait, then try again.",
        f"Một lệnh khác đang ghi vào các danh mục đã {_LOCK_WAIT} giây. Hãy đợi xong rồi thử lại.",
    )
    with locked(beside / "registries.lock", _LOCK_WAIT, lambda: held_by_another):
        yield


def with_line(content: bytes, registry: Registry, values: Mapping[str, str]) -> bytes:
    """The file with one more line at its end, in its own manner of dividing fields and ending lines."""
    saved = read_saved(content, registry.columns)
    ending = line_ending(saved)
    added = io.StringIO(newline="")
    row = [values.get(name, "") for name in saved.header]
    csv.writer(added, delimiter=saved.mark, lineterminator=ending).writerow(row)
    between = "" if saved.text.endswith("\n") else ending
    return written_again(content, f"{saved.text}{between}{added.getvalue()}")


def without_line(content: bytes, registry: Registry, at: int) -> bytes:
    """The file without the row that begins at that line."""
    saved = read_saved(content, registry.columns)
    lines = io.StringIO(saved.text, newline="").readlines()
    first, last = record_at(lines, at)
    return written_again(content, "".join([*lines[:first], *lines[last:]]))


def line_ending(saved: Saved) -> str:
    """How the lines of a file end."""
    return "\r\n" if "\r\n" in saved.text else "\n"


def written_again(content: bytes, text: str) -> bytes:
    """Another text in the place of a file's, with the mark before it that the file has."""
    return (codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b"") + text.encode()
