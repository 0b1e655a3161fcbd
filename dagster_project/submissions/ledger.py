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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from ..days import today
from ..errors import TooLittleSaid, UserError
from ..files import locked, write_atomically
from ..registries.as_saved import Saved, open_quote, read_saved, record_at
from ..registries.declared import Registry
from ..registries.mistakes import Mistake, Mistakes
from ..registries.tables import read_table
from ..registries.values import value
from ..terminal import one_line

LEDGER = Registry(
    name="submissions",
    columns={
        "file": "varchar",
        "sha256": "varchar",
        "year": "integer",
        "kind": "varchar",
        "received_on": "date",
        "sender": "varchar",
        "note": "varchar",
    },
    required=("file", "year"),
    header=("sha256",),
    may_have_more=True,
)
COLUMNS = tuple(LEDGER.columns)
KIND_NAMES = {
    "published": "kết quả công bố",
    "appraised": "kết quả thẩm định",
    "self_assessed": "tự đánh giá",
    "reply": "phản hồi",
}
KINDS = tuple(KIND_NAMES)

_WRITTEN_KINDS = {  # as people write them into the column
    **{kind.replace("_", " "): kind for kind in KINDS},
    **{kind: kind for kind in KINDS},
    **{name: kind for kind, name in KIND_NAMES.items()},
    "công bố": "published",
    "thẩm định": "appraised",
}
_POSSIBLE_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_LOCK_WAIT = 60  # seconds
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
    """All lines, in order; none where there is no ledger. Raises as `read_all`, and Mistakes, with all of them, where
    lines cannot be understood."""
    entries, mistakes = read_all(path)
    if mistakes:
        raise Mistakes(mistakes)
    return entries


def read_all(path: Path) -> tuple[list[Entry], list[Mistake]]:
    """The lines that can be understood, and what is wrong with the others. The ledger may be saved by a spreadsheet
    program: with semicolons, days as 05/04/2021, kinds in Vietnamese. Raises UserError where it is no file."""
    if not path.exists() and not path.is_symlink():
        return [], []
    shown, content = _shown(path), _content(path)
    table, mistakes = read_table(content, LEDGER, shown)
    mistakes += _swallowed(content, shown)
    told = {line for one in mistakes for line in one.lines}
    now = today().isoformat()
    entries = []
    for order, (line, row) in enumerate(zip(table.lines, table.rows(), strict=True), 1):
        wrong = [Mistake(shown, (line,), *said) for said in _wrong(row, now)]
        mistakes += wrong
        if not wrong and line not in told:
            entries.append(_entry(row, order))
    return entries, mistakes


def refuse_to_come(name: str, year: int) -> None:
    """Raises TooLittleSaid where the year of a file is still to come: a slip of the title, most likely."""
    if year > today().year:
        raise TooLittleSaid(
            f"{name}: the year {year} is still to come, so nothing of it can have been scored. Mend the title, or give "
            "the right year with --year.",
            f"{name}: năm {year} còn ở phía trước nên chưa thể có điểm. Hãy sửa tiêu đề, hoặc ghi đúng năm bằng "
            "--year.",
        )


@contextmanager
def held(path: Path, beside: Path) -> Iterator[None]:
    """Keeps the ledger to this command from its first look at it to its line. beside: the folder for the lock, which
    the system releases with the process. Raises UserError where another command has it for long."""
    held_by_another = UserError(
        f"Another `egov add` has been writing to {path} for {_LOCK_WAIT} seconds. Wait for its end, try again.",
        f"Một lệnh `egov add` khác đang ghi vào {path} đã {_LOCK_WAIT} giây. Hãy đợi xong rồi thử lại.",
    )
    with locked(beside / "ledger.lock", _LOCK_WAIT, lambda: held_by_another):
        yield


def append(path: Path, entry: Entry) -> None:
    """Adds a line at the end, in the ledger's own manner of ending lines and dividing fields; makes the ledger where
    there is none. What was there is not touched, unless it is in an encoding other than UTF-8, which is replaced.
    Raises UserError where the line is not there afterwards, as it should be; then none is."""
    if not path.exists():
        _write(path, ",".join(COLUMNS) + "\n")
    saved = _saved(path)
    if not _is_utf8(_content(path)):
        _write(path, saved.text)
    ending = "\r\n" if "\r\n" in saved.text else "\n"
    added = io.StringIO(newline="")
    if not saved.text.endswith("\n"):
        added.write(ending)
    given = dict(zip(COLUMNS, entry.fields(), strict=True))
    row = [given.get(name, "") for name in saved.header]
    csv.writer(added, delimiter=saved.mark, lineterminator=ending).writerow(row)
    size = path.stat().st_size
    try:
        with path.open("ab", buffering=0) as file:
            file.write(added.getvalue().encode())
            os.fsync(file.fileno())
        if read(path)[-1].fields() != [_as_read(given[name]) if name in saved.header else "" for name in COLUMNS]:
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


def remove(path: Path, orders: Iterable[int]) -> None:
    """Takes these lines away, by their order; all others stay as they were typed."""
    saved = _saved(path)
    lines = io.StringIO(saved.text, newline="").readlines()
    for order in sorted(orders, reverse=True):
        first, last = record_at(lines, saved.lines[order - 1])
        del lines[first:last]
    _write(path, "".join(lines))


def _saved(path: Path) -> Saved:
    """The ledger as it stands. Raises UserError where it cannot be read."""
    saved = read_saved(_content(path), COLUMNS)
    if saved.fault:
        line, vietnamese, english = saved.fault
        raise Mistakes([Mistake(_shown(path), (line,), "", vietnamese, english)])
    return saved


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UserError(
            f"{path} is not a file: the ledger cannot be read. Move it away, or put the ledger back from a backup.",
            f"{path} không phải là tệp nên không đọc được sổ nhận hồ sơ. Hãy chuyển nó đi, hoặc lấy lại sổ từ bản sao "
            "lưu.",
        )
    return path.read_bytes()


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_read(text: str) -> str:
    """A field that was written, as it is read."""
    return value(unicodedata.normalize("NFC", text).strip(), "varchar")


def _shown(path: Path) -> str:
    """The ledger's path from its root, 'data/submissions/submissions.csv'."""
    return "/".join(path.parts[-3:])


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


def _swallowed(content: bytes, shown: str) -> Iterator[Mistake]:
    """Lines that lie inside of a field of another one, even where they end early: the quotation mark before them was
    not meant to take them in."""
    saved = read_saved(content, COLUMNS)
    for line, cells in zip(saved.lines, saved.rows, strict=True):
        if any(_is_entry(inner, saved) for cell in cells for inner in cell.splitlines()[1:]):
            yield Mistake(shown, (line,), "", *open_quote(line)[1:])


def _is_entry(line: str, saved: Saved) -> bool:
    """Whether a line from inside of a field looks like a line of the ledger."""
    given = dict(zip(saved.header, next(csv.reader([line], delimiter=saved.mark), []), strict=False))
    return bool(given.get("file")) and _POSSIBLE_YEAR.fullmatch(given.get("year", "").strip()) is not None


def _wrong(row: dict[str, str], now: str) -> Iterator[tuple[str, str, str]]:
    """What only a ledger holds and a line of it has wrong: column, Vietnamese, English."""
    if row["kind"] and row["kind"].casefold() not in _WRITTEN_KINDS:
        kinds = ", ".join(f"{kind} ({name})" for kind, name in KIND_NAMES.items())
        yield (
            "kind",
            f"“{one_line(row['kind'])}” không phải loại hồ sơ; chỉ có: {kinds}.",
            f"'{one_line(row['kind'])}' is no kind; there are: {', '.join(KINDS)}.",
        )
    if row["sha256"] and not _SHA256.fullmatch(row["sha256"].lower()):
        yield (
            "sha256",
            f"“{one_line(row['sha256'])}” không phải mã SHA-256; không biết thì để trống.",
            f"'{one_line(row['sha256'])}' is not a SHA-256; leave it empty if you do not know it.",
        )
    path = _path(row["file"])
    if row["file"] and (path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]):
        yield (
            "file",
            f"“{one_line(row['file'])}” không phải đường dẫn của tệp trong thư mục hồ sơ, ví dụ 2020/a.xlsx.",
            f"'{one_line(row['file'])}' is not the path of a file inside the submissions folder, such as 2020/a.xlsx.",
        )
    if row["year"] and not _POSSIBLE_YEAR.fullmatch(row["year"]):
        yield (
            "year",
            f"năm {one_line(row['year'])} không thể là năm đánh giá.",
            f"{one_line(row['year'])} cannot be the year that was assessed.",
        )
    elif row["year"] > now[:4]:
        yield (
            "year",
            f"năm {row['year']} còn ở phía trước nên chưa thể có điểm; hôm nay là {now}.",
            f"the year {row['year']} is still to come, so nothing of it can have been scored; today is {now}.",
        )
    if now < row["received_on"] < "9999":
        yield (
            "received_on",
            f"ngày nhận {row['received_on']} còn ở phía trước; hôm nay là {now}. Hãy sửa lại (ngày/tháng/năm).",
            f"the day of receipt {row['received_on']} is still to come; today is {now}. Mend it (day/month/year).",
        )


def _entry(row: dict[str, str], order: int) -> Entry:
    return Entry(
        file=_path(row["file"]).as_posix(),
        sha256=row["sha256"].lower(),
        year=int(row["year"]),
        kind=_WRITTEN_KINDS.get(row["kind"].casefold()),
        received_on=date.fromisoformat(row["received_on"]) if row["received_on"] else None,
        sender=row["sender"] or None,
        note=row["note"] or None,
        order=order,
    )


def _path(text: str) -> PurePosixPath:
    return PurePosixPath(unicodedata.normalize("NFC", text).replace("\\", "/"))
