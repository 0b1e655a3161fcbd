"""The ledger, `data/submissions/submissions.csv`: one line per file that was sent, kept by hand or by `egov add`.

Here: reading it, adding a line at its end and taking the last one away, each at once or not at all, and by one command
at a time (`held`). Not here: whether the files are there (`folder.py`). Its fields are kept as they are typed, even
where they begin with '=' or '-': a spreadsheet that opens it may take such a field for a formula, so what is made of
them for users is made safe there.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..errors import UserError
from ..files import clear, write_atomically

COLUMNS = ("file", "sha256", "year", "kind", "received_on", "sender", "note")
KIND_NAMES = {
    "published": "kết quả công bố",
    "appraised": "kết quả thẩm định",
    "self_assessed": "tự đánh giá",
    "reply": "phản hồi",
}
KINDS = tuple(KIND_NAMES)

_PATIENCE = 60  # seconds
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
        said = [" ".join((words or "").split()) for words in (self.sender, self.note)]
        return [self.file, self.sha256, str(self.year), self.kind or "", received, *said]


def read(path: Path) -> list[Entry]:
    """All lines, in order; none where there is no ledger. Raises UserError where a line cannot be understood."""
    if not path.exists() and not path.is_symlink():
        return []
    text = _text(path)
    _refuse_open_quotes(text, path)
    reader = csv.DictReader(io.StringIO(text, newline=""))
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


@contextmanager
def held(path: Path, beside: Path) -> Iterator[None]:
    """Keeps the ledger to this command from its first look at it to its line. beside: the folder for the lock, which
    the system releases with the process. Raises UserError where another command has it for long."""
    from filelock import FileLock, Timeout

    beside.mkdir(parents=True, exist_ok=True)
    if (beside / "ledger.lock").is_dir():
        clear(beside / "ledger.lock")
    lock = FileLock(beside / "ledger.lock", is_singleton=True, thread_local=False)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise UserError(
            f"Another `egov add` has been writing to {path} for {_PATIENCE} seconds. Wait for its end, then try again.",
            f"Một lệnh `egov add` khác đang ghi vào {path} đã {_PATIENCE} giây. Hãy đợi xong rồi thử lại.",
        ) from None
    try:
        yield
    finally:
        lock.release()


def append(path: Path, entry: Entry) -> None:
    """Adds a line at the end, in the ledger's own manner of ending lines; makes the ledger where there is none. What
    was there is not touched. Raises UserError where the line is not there afterwards, as it should be; then none is."""
    if not path.exists():
        _write(path, ",".join(COLUMNS) + "\n")
    text = _text(path)
    ending = "\r\n" if "\r\n" in text else "\n"
    header = next(csv.reader(io.StringIO(text, newline="")))
    added = io.StringIO(newline="")
    if not text.endswith("\n"):
        added.write(ending)
    given = dict(zip(COLUMNS, entry.fields(), strict=True))
    csv.writer(added, lineterminator=ending).writerow([given.get(name, "") for name in header])
    size = path.stat().st_size
    try:
        with path.open("ab", buffering=0) as file:
            file.write(added.getvalue().encode())
            os.fsync(file.fileno())
        if read(path)[-1].fields() != [given[name] if name in header else "" for name in COLUMNS]:
            raise UserError(
                f"The line of {entry.file} could not be read back from {path}, and was not added.",
                f"Không đọc lại được dòng của {entry.file} từ {path}; dòng này chưa được thêm.",
            )
    except PermissionError as error:
        raise _closed(path) from error
    except BaseException:
        with contextlib.suppress(OSError):
            os.truncate(path, size)
        raise


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
    if not path.is_file():
        raise UserError(
            f"{path} is not a file: the ledger cannot be read. Move it away, or put the ledger back from a backup.",
            f"{path} không phải là tệp nên không đọc được sổ nhận hồ sơ. Hãy chuyển nó đi, hoặc lấy lại sổ từ bản sao "
            "lưu.",
        )
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
    except PermissionError as error:
        raise _closed(path) from error


def _closed(path: Path) -> UserError:
    """On Windows as long as Excel holds it."""
    return UserError(
        f"{path} cannot be written: close it in other programs, and look at its permissions.",
        f"Không ghi được {path}: hãy đóng tệp trong chương trình khác và kiểm tra quyền ghi.",
    )


def _refuse_open_quotes(text: str, path: Path) -> None:
    """A quotation mark that is opened and not closed takes the lines below it for part of its field."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.splitlines()
    start, columns = 1, None
    try:
        for fields in reader:
            columns = columns or fields
            if any(_is_entry(line, columns) for line in lines[start : reader.line_num]):
                raise csv.Error
            start = reader.line_num + 1
    except csv.Error:
        raise UserError(
            f'{path}, line {start}: a quotation mark (") is opened and not closed, so that the lines below cannot be '
            'told from it. Close it, or write "" for a mark inside of quotation marks.',
            f'{path}, dòng {start}: dấu ngoặc kép (") mở mà không đóng, nên không phân biệt được các dòng bên dưới. '
            'Hãy đóng lại, hoặc viết "" cho dấu ngoặc kép nằm trong ngoặc kép.',
        ) from None


def _is_entry(line: str, columns: Sequence[str]) -> bool:
    """Whether a line from inside of a field looks like a line of the ledger."""
    given = dict(zip(columns, next(csv.reader([line]), []), strict=False))
    return bool(given.get("file")) and _YEAR.fullmatch(given.get("year", "").strip()) is not None


def _entry(row: dict[str, str | None], order: int, where: str) -> Entry:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    kind = given["kind"] or None
    if not _YEAR.fullmatch(given["year"]):
        raise UserError(
            f"{where}: year '{given['year']}' is not a year such as 2020.",
            f"{where}: năm '{given['year']}' không phải là năm như 2020.",
        )
    if kind and kind not in KINDS:
        raise UserError(
            f"{where}: kind '{kind}' is none of {', '.join(KINDS)}.",
            f"{where}: loại '{kind}' không thuộc {', '.join(KINDS)}.",
        )
    sha256 = given["sha256"].lower()
    if sha256 and not _SHA256.fullmatch(sha256):
        raise UserError(
            f"{where}: sha256 '{sha256}' is not a SHA-256; leave it empty if you do not know it.",
            f"{where}: '{sha256}' không phải mã SHA-256; nếu không biết thì để trống.",
        )
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
    if not path.parts or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise UserError(
            f"{where}: file '{text}' is not the path of a file inside the submissions folder.",
            f"{where}: '{text}' không phải đường dẫn của tệp trong thư mục hồ sơ.",
        )
    return path.as_posix()


def _date(text: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UserError(
            f"{where}: received_on '{text}' is not a date such as 2021-04-05.",
            f"{where}: ngày nhận '{text}' không phải ngày như 2021-04-05.",
        ) from error
