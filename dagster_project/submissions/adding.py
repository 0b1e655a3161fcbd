"""`egov add`: files into the submissions folder, each with a line in the ledger; and the last taken back.

Here: copying and writing the line. Not here: what a file says of its year and kind (the command asks `reading`), and
what the last command added (`last_add.py`).

A file is copied before its line is written, and both at once or not at all: killed in between, the file lies in the
folder without a line, is read all the same, and `egov status` says so. A name that is taken by other bytes is never
overwritten: the new file lies in a folder of its day of receipt, under the name that its sender gave it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path, PurePath

from ..errors import UserError, why_refused
from ..files import sha256_of, write_atomically
from ..root import Root
from . import last_add, ledger
from .file_names import numbered, safe_name
from .folder import arrivals, left_out_by_name
from .ledger import Entry

# Seconds: a file that was written to so shortly ago may not be complete.
_FRESH = 0.3


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file. file: where it lies, from the submissions folder. is_new: False where the ledger had the
    same bytes already."""

    file: str
    year: int
    kind: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A line that was taken back. kept_at: where its file lies now; None where there was none."""

    file: str
    kept_at: Path | None


def add(
    root: Root,
    path: Path,
    year: int,
    kind: str | None,
    received_on: date,
    sender: str | None = None,
    note: str | None = None,
    is_first: bool = True,
) -> Added:
    """Copies a file in and enters it. is_first: of those that are added, and taken back, together. Raises UserError
    where it cannot be read, is still being written or would be left out by its name, and where the ledger cannot be
    understood."""
    name = safe_name(path.name)
    _refuse_name(path, name)
    content = _whole_content(path)
    sha256 = hashlib.sha256(content).hexdigest()
    with ledger.held(root.ledger, root.warehouse):
        known = {one.submission_id: one for one in arrivals(root).submissions}.get(sha256)
        if is_first:
            last_add.begin(root)
        if known and known.is_ledgered:
            return Added(known.file, known.year, known.kind, is_new=False)
        # A file that lies there without a line gets one, where it lies.
        file = known.file if known else _free_place(root, year, name, received_on, sha256)
        if not known:
            write_atomically(root.submissions / file, content)
        entry = Entry(file, sha256, year, kind, received_on, sender, note)
        last_add.note(root, file, sha256)
        ledger.append(root.ledger, entry)
    return Added(file, year, kind, is_new=True)


def _refuse_name(path: Path, name: str) -> None:
    if left_out_by_name(PurePath(name)):
        raise UserError(
            f"{path.name}: files with such a name are left out, because programs give it to what is not finished or no "
            "document. Rename it, then add it.",
            f"{path.name}: tệp có tên như vậy bị bỏ qua, vì các chương trình đặt tên này cho tệp chưa xong hoặc không "
            "phải văn bản. Hãy đổi tên rồi thêm lại.",
        )


def _whole_content(path: Path) -> bytes:
    """The bytes of a file that nobody writes to."""
    try:
        before = path.stat()
        if time.time() - before.st_mtime < _FRESH:
            time.sleep(_FRESH)
        content = path.read_bytes()
        after = path.stat()
    except OSError as error:
        raise UserError(
            f"{path} cannot be opened: {error.strerror}.", f"Không mở được {path}: {why_refused(error)}."
        ) from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise UserError(
            f"{path} is still being written. Add it again when it is complete.",
            f"{path} vẫn đang được ghi. Hãy thêm lại khi tệp đã hoàn tất.",
        )
    return content


def undo(root: Root) -> list[TakenBack]:
    """Takes back what the last `egov add` added. Its files leave the submissions folder and are kept in
    `data/taken_back`, because they may be the only copies. Raises UserError where it added nothing or that is not
    known, and where a file is another now; then nothing is taken back."""
    with ledger.held(root.ledger, root.warehouse):
        return _undo(root)


def _undo(root: Root) -> list[TakenBack]:
    entries = ledger.read(root.ledger)
    added = last_add.added(root)
    if added is None:
        raise UserError(
            "There is nothing to take back: it is not known what the last `egov add` added. Delete its line in "
            f"{root.ledger} by hand, and its file.",
            "Không có gì để hoàn tác: không rõ lần `egov add` cuối đã nhận gì. Hãy tự xóa dòng của tệp trong "
            f"{root.ledger} và tệp đó.",
        )
    taken = [entry for entry in entries if (entry.file, entry.sha256) in added]
    if not taken:
        raise UserError(
            "The last `egov add` added nothing, or it was taken back already: there is nothing to take back.",
            "Lần `egov add` cuối không nhận thêm tệp nào, hoặc đã được hoàn tác: không có gì để hoàn tác.",
        )
    others = {entry.file for entry in entries if entry not in taken}
    there = {
        one.file: path for one in taken if one.file not in others and (path := root.submissions / one.file).is_file()
    }
    for one in taken:
        if one.file in there and one.sha256 not in ("", sha256_of(there[one.file])):
            raise UserError(
                f"{one.file} is no longer the file that was added: its content has changed. Nothing was taken back.",
                f"{one.file} không còn là tệp đã nhận: nội dung đã thay đổi. Chưa hoàn tác gì.",
            )
    ledger.remove(root.ledger, [entry.order for entry in taken])
    last_add.begin(root)
    return [TakenBack(one.file, _set_aside(root, there[one.file]) if one.file in there else None) for one in taken]


def _set_aside(root: Root, path: Path) -> Path:
    root.taken_back.mkdir(parents=True, exist_ok=True)
    names = (numbered(path.name, number) if number > 1 else path.name for number in count(1))
    aside = next(place for name in names if not os.path.lexists(place := root.taken_back / name))
    path.replace(aside)
    return aside


def _free_place(root: Root, year: int, name: str, received_on: date, sha256: str) -> str:
    """Where a file may lie: a path that no other bytes have, neither now nor in the ledger."""
    entered = {entry.file for entry in ledger.read(root.ledger)}
    for file in _places(year, name, received_on):
        there = root.submissions / file
        if file not in entered and (not there.exists() or sha256_of(there) == sha256):
            return file
    raise AssertionError("there are endless names")


def _places(year: int, name: str, received_on: date) -> Iterator[str]:
    yield f"{year}/{name}"
    yield f"{year}/{received_on}/{name}"
    number = 2
    while True:
        yield f"{year}/{received_on}/{numbered(name, number)}"
        number += 1
