"""`egov add`: what a file says of itself, put together with what the person said, and entered.

Here: year and kind from a file's titles where they were not given, what is to be asked about or told before anything is
written, and the sentences for the person. Not here: copying and the ledger (`submissions`), and whose figures a file
would replace (`replacing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .. import kept_by_hand, registries
from ..days import today
from ..errors import AllAtOnce, TooLittleSaid, UserError
from ..files import content_of
from ..root import Root
from ..submissions import KINDS, adding, arrivals, ledger
from ..terminal import listed
from ..warehouse.isolated_reader import IsolatedReader, Reading
from .replacing import Replaced, replaced


@dataclass(frozen=True, slots=True)
class Asking:
    """How a person is asked: for the year and the kind of a file by its name, and whether to go on. Each gives None
    where nobody can be asked."""

    year: Callable[[str], int | None]
    kind: Callable[[str], str | None]
    agree: Callable[[], bool | None]


NOBODY = Asking(year=lambda name: None, kind=lambda name: None, agree=lambda: None)


@dataclass(frozen=True, slots=True)
class _Known:
    """A file with its year and kind. is_there: the ledger has its bytes already, so that nothing is asked about it."""

    path: Path
    reading: Reading
    year: int
    kind: str | None
    is_there: bool


def receive(
    root: Root,
    files: Sequence[Path],
    *,
    year: int | None,
    kind: str | None,
    received_on: date,
    sender: str | None,
    note: str | None,
    asking: Asking = NOBODY,
) -> Iterator[str]:
    """Adds files to the submissions, with a sentence for each, once all that is in doubt about any of them has been
    asked or told. Raises UserError where one cannot be opened, or its year or kind stays unknown or cannot be; then
    none has been added."""
    for path in files:
        if not path.is_file():
            raise UserError(f"There is no file {path}.", f"Không có tệp {path}.")
    kept_by_hand.prepare(root)
    if received_on > today():
        raise UserError(
            f"The day of receipt {received_on} is still to come. Give the day on which the files came.",
            f"Ngày nhận {received_on} còn ở phía trước. Hãy ghi ngày đã nhận tệp.",
        )
    there = {one.submission_id for one in arrivals(root).submissions if one.is_ledgered}
    with IsolatedReader(root.seeds) as reader:
        known, wrong = [], AllAtOnce()
        for path in files:
            with wrong.keeping():
                known.append(_known(root, reader, path, year, kind, there, asking))
        wrong.tell()
    doubts = [*_of_title_years(known), *_of_replaced(root, known, received_on)]
    for vietnamese, english in doubts:
        yield f"! {vietnamese}\n  {english}"
    if doubts and asking.agree() is False:
        yield "Chưa nhận tệp nào. / Nothing was added."
        return
    for at, one in enumerate(known):
        added = adding.add(root, one.path, one.year, one.kind, received_on, sender, note, is_first=at == 0)
        yield _told(added)
        yield from _of_other_years(one.reading)
        if added.is_new and one.reading.refused:
            _, english, vietnamese = one.reading.refused
            yield f"  {vietnamese}\n  {english}"
        if added.is_new and one.reading.contents and one.reading.contents.has_unclear_replies:
            yield (
                "  Có câu trả lời chưa rõ hình thức nên sẽ bị giữ riêng; chạy `egov check` để biết dòng nào, rồi gửi "
                "lại cho đơn vị.\n"
                "  It holds replies of no known kind, which will be set aside: `egov check` names the rows. Send it "
                "back."
            )


def _known(
    root: Root,
    reader: IsolatedReader,
    path: Path,
    year: int | None,
    kind: str | None,
    there: set[str],
    asking: Asking,
) -> _Known:
    content, sha256 = content_of(path)
    reading = reader.read(content, path.name, year)
    said_year, said_kind = _titles_of(reading)
    wrong = AllAtOnce()
    known_year, known_kind, is_there = year or said_year, kind or said_kind, sha256 in there
    with wrong.keeping():
        known_year = known_year or _asked_year(path.name, asking)
        if not is_there:
            _refuse_year(root, path.name, reading, known_year)
    with wrong.keeping():
        if known_kind is None and reading.contents is not None and not is_there:
            known_kind = _asked_kind(path.name, asking)
    wrong.tell()
    assert known_year is not None
    return _Known(path, reading, known_year, known_kind, is_there)


def _asked_year(name: str, asking: Asking) -> int:
    year = asking.year(name)
    if year is None:
        raise TooLittleSaid(
            f"{name}: no title says which year the scores are of. Give it: --year 2020.",
            f"{name}: không tiêu đề nào nêu năm đánh giá. Hãy ghi rõ, ví dụ: --year 2020.",
        )
    return year


def _asked_kind(name: str, asking: Asking) -> str:
    kind = asking.kind(name)
    if kind is None:
        raise TooLittleSaid(
            f"{name}: no title says what the file is ('tự đánh giá', 'thẩm định', 'Quyết định'). Give it with --kind, "
            f"one of: {', '.join(KINDS)}. Nothing was added.",
            f"{name}: không tiêu đề nào nêu loại hồ sơ (tự đánh giá, thẩm định, quyết định công bố). Hãy ghi rõ bằng "
            f"--kind, một trong: {', '.join(KINDS)}. Chưa nhận tệp nào.",
        )
    return kind


def _refuse_year(root: Root, name: str, reading: Reading, year: int) -> None:
    """A year that is still to come, and one for which the index of the file has no rules."""
    ledger.refuse_to_come(name, year)
    index_code = reading.contents.head.index_code if reading.contents else None
    if index_code and index_code not in registries.indices_in_force(root, [year])[year]:
        raise UserError(
            f"{name}: its index ({index_code}) has no rules in force in {year}. Check the year (--year); where it is "
            "right, first add the rules of that year (docs/add-a-year.md). Nothing was added.",
            f"{name}: bộ tiêu chí của tệp ({index_code}) không có quy định nào hiệu lực trong năm {year}. Hãy kiểm tra "
            "năm (--year); nếu năm đúng, trước hết bổ sung quy định của năm đó (docs/add-a-year.md). Chưa nhận tệp "
            "nào.",
        )


def take_back(root: Root) -> Iterator[str]:
    """Takes back what the last command added, with a sentence for each file."""
    for taken in adding.undo(root):
        if taken.kept_at is None:
            yield f"Đã xóa dòng của {taken.file} trong sổ. / The ledger's line of {taken.file} is gone."
        else:
            yield f"Đã hoàn tác {taken.file}; tệp nằm ở {taken.kept_at}."
            yield f"Took {taken.file} back; it now lies at {taken.kept_at}."
    if root.published_database.exists():
        yield "Kho đã công bố chưa đổi; chạy `egov run`. / What is published has not changed yet: run `egov run`."


def _titles_of(reading: Reading) -> tuple[int | None, str | None]:
    """The year and kind that a file's titles name."""
    if reading.contents is None:
        return None, None
    return reading.contents.head.title_year, reading.contents.head.written_kind


def _of_other_years(reading: Reading) -> Iterator[str]:
    """That a file holds something of other years, too, which lands there without a line of its own in the ledger."""
    if reading.contents is not None and (years := reading.contents.other_years):
        listed = ", ".join(map(str, years))
        yield (
            f"  Tệp có cả số liệu của năm {listed}; mỗi năm được nạp riêng.\n"
            f"  It holds figures of {listed}, too; each year is loaded by itself."
        )


def _of_title_years(known: Sequence[_Known]) -> Iterator[tuple[str, str]]:
    """Files that are sent in for another year than their titles name: Vietnamese and English."""
    for one in known:
        written, _ = _titles_of(one.reading)
        if written not in (None, one.year) and not one.is_there:
            name = one.path.name
            yield (
                f"{name}: tiêu đề ghi năm {written}, nhưng tệp được nộp cho năm {one.year}; năm được nộp được dùng. "
                "Nếu nhầm, hãy chạy `egov add --undo` rồi nộp lại cho đúng năm.",
                f"{name}: its title names the year {written}, but it is sent in for {one.year}; the year that it is "
                "sent in for holds. Where that is a slip, run `egov add --undo` and add it for the right year.",
            )


def _of_replaced(root: Root, known: Sequence[_Known], received_on: date) -> Iterator[tuple[str, str]]:
    """Files that would replace published figures: Vietnamese and English."""
    of_year: dict[int, list[Path]] = {}
    for one in known:
        if one.kind == "published" and not one.is_there and one.reading.contents is not None:
            of_year.setdefault(one.year, []).append(one.path)
    for year, paths in of_year.items():
        yield from (_replaces(one, year) for one in replaced(root, paths, year, received_on))


def _replaces(one: Replaced, year: int) -> tuple[str, str]:
    units, files, count = listed(one.units), ", ".join(one.files), len(one.units)
    return (
        f"{one.file}: được nhận là kết quả công bố năm {year} nên sẽ thay số liệu đã công bố của {count} đơn vị "
        f"({units}), hiện lấy từ {files}. Nếu đây là bản tự đánh giá hay thẩm định, hãy ghi --kind.",
        f"{one.file}: it is taken for a published result of {year}, and will replace the published figures of {count} "
        f"unit{'' if count == 1 else 's'} ({units}), which are from {files}. Where it is a self-assessment or an "
        "appraisal, give --kind.",
    )


def _told(added: adding.Added) -> str:
    where = f"data/submissions/{added.file} ({added.year}, {added.kind or '?'})"
    if added.is_new:
        return f"Đã nhận / Added: {where}"
    return f"Đã có sẵn, không thêm gì / Already there, nothing added: {where}"
