"""The ledger, `data/submissions/submissions.csv`: one line per file that was sent, kept by hand or by `egov add`.

Here: reading it, adding lines at its end and taking the last one away, each at once or not at all. Not here: whether
the files are there (`folder.py`). Its fields are kept as they are typed, even where they begin with '=' or '-': a
spreadsheet that opens it may take such a field for a formula, so what is made of them for users is made safe there.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..errors import UserError
from ..files import write_atomically

COLUMNS = ("file", "sha256", "year", "kind", "received_on", "sender", "note")
KIND_NAMES = {
    "published": "kết quả công bố",
    "appraised": "kết quả thẩm định",
    "self_assessed": "tự đánh giá",
    "reply": "phản hồi",
}
KINDS = tuple(KIND_NAMES)

_YEAR = re.compile(r"[0-9]{4}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. file: from the submissions folder, with '/', NFC. sha256: '' where a person left it out. kind and
    received_on: None where not given. order: counts the lines from 1."""

    file: str
    sha256: str
    year: int
    kind: str | None
    received_on: date | None
    sender: str | None
    note: str | None
    order: int = 0

    def fields(self) -> list[str]:
        """The line as it is written."""
        received = self.received_on.isoformat() if self.received_on else ""
        return [self.file, self.sha256, str(self.year), self.kind or "", received, self.sender or "", self.note or ""]


def read(path: Path) -> list[Entry]:
    """All lines, in order; none where there is no ledger. Raises UserError where a line cannot be understood."""
    if not path.exists():
        return []
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    missing = [name for name in COLUMNS[:3] if name not in (reader.fieldnames or ())]
    if missing:
        raise UserError(
            f"{path}: the ledger has no column '{missing[0]}'. Its first line must be: {','.join(COLUMNS)}",
            f"{path}: sổ nhận hồ sơ thiếu cột '{missing[0]}'. Dòng đầu phải là: {','.join(COLUMNS)}",
        )
    entries: list[Entry] = []
    for row in reader:
        if any(isinstance(value, str) and value.strip() for value in row.values()):
            entries.append(_entry(row, len(entries) + 1, f"{path}, line {reader.line_num}"))
    return entries


def append(path: Path, entries: Sequence[Entry]) -> None:
    """Adds lines at the end, in the ledger's own manner of ending lines; makes the ledger where there is none."""
    text = _text(path) if path.exists() else ",".join(COLUMNS) + "\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    header = next(csv.reader(io.StringIO(text, newline="")))
    if text and not text.endswith("\n"):
        text += ending
    added = io.StringIO(newline="")
    writer = csv.writer(added, lineterminator=ending)
    for entry in entries:
        given = dict(zip(COLUMNS, entry.fields(), strict=True))
        writer.writerow([given.get(name, "") for name in header])
    _write(path, text + added.getvalue())


def remove_last(path: Path) -> None:
    """Takes the last line away; all others stay as they were typed."""
    text = _text(path)
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""))
    start, last = 0, 0
    for fields in reader:
        if any(field.strip() for field in fields):
            last = start
        start = reader.line_num
    _write(path, "".join(lines[:last]))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path} is not UTF-8 text. Save the ledger as 'CSV UTF-8'.",
            f"{path} không phải văn bản UTF-8. Hãy lưu sổ nhận hồ sơ dạng 'CSV UTF-8'.",
        ) from error


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode())
    except PermissionError as error:  # on Windows as long as Excel holds it
        raise UserError(
            f"{path} cannot be written: close it in other programs, and look at its permissions.",
            f"Không ghi được {path}: hãy đóng tệp trong chương trình khác và kiểm tra quyền ghi.",
        ) from error


def _entry(row: dict[str, str | None], order: int, where: str) -> Entry:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind = given["kind"] or None
    if not _YEAR.fullmatch(given["year"]):
        raise UserError(f"{where}: year '{given['year']}' is not a year such as 2020.")
    if kind and kind not in KINDS:
        raise UserError(f"{where}: kind '{kind}' is none of {', '.join(KINDS)}.")
    sha256 = given["sha256"].lower()
    if sha256 and not _SHA256.fullmatch(sha256):
        raise UserError(f"{where}: sha256 '{sha256}' is not a SHA-256; leave it empty if you do not know it.")
    return Entry(
        file=_file(given["file"], where),
        sha256=sha256,
        year=int(given["year"]),
        kind=kind,
        received_on=_date(given["received_on"], where),
        sender=given["sender"] or None,
        note=given["note"] or None,
        order=order,
    )


def _file(text: str, where: str) -> str:
    path = PurePosixPath(unicodedata.normalize("NFC", text).replace("\\", "/"))
    if not text or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise UserError(f"{where}: file '{text}' is not the path of a file inside the submissions folder.")
    return path.as_posix()


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(f"{where}: received_on '{text}' is not a date such as 2021-04-05.") from error
