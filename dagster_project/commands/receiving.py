"""`egov add`: what a file says of itself, put together with what the person said, and entered.

Here: year and kind from a file's titles where they were not given, and the sentences for the person. Not here: copying
and the ledger (`submissions`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from .. import kept_by_hand, registries
from ..errors import TooLittleSaid, UserError
from ..files import content_of
from ..root import Root
from ..submissions import adding, ledger
from ..warehouse.isolated_reader import IsolatedReader, Reading


def receive(
    root: Root,
    files: Sequence[Path],
    *,
    year: int | None,
    kind: str | None,
    received_on: date,
    sender: str | None,
    note: str | None,
    ask_year: Callable[[str], int | None],
) -> Iterator[str]:
    """Adds files to the submissions, one after another, with a sentence for each. Raises UserError where one cannot be
    opened, or its year stays unknown; those before it have been added."""
    for path in files:
        if not path.is_file():
            raise UserError(f"There is no file {path}.", f"Không có tệp {path}.")
    kept_by_hand.prepare(root)
    if received_on > ledger.today():
        raise UserError(
            f"The day of receipt {received_on} is still to come. Give the day on which the files came.",
            f"Ngày nhận {received_on} còn ở phía trước. Hãy ghi ngày đã nhận tệp.",
        )
    with IsolatedReader(root.seeds) as reader:
        for path in files:
            reading = reader.read(content_of(path)[0], path.name, year)
            said_year, said_kind = _titles_of(reading)
            known_year = year or said_year or ask_year(path.name)
            if known_year is None:
                raise TooLittleSaid(
                    f"{path.name}: no title says which year the scores are of. Give it: --year 2020.",
                    f"{path.name}: không tiêu đề nào nêu năm đánh giá. Hãy ghi rõ, ví dụ: --year 2020.",
                )
            known_kind = kind or said_kind or "published"
            added = adding.add(root, path, known_year, known_kind, received_on, sender, note)
            yield _told(added)
            yield from _of_other_years(reading)
            if added.is_new:
                for vietnamese, english in _doubts(root, reading, added.year):
                    yield f"  {vietnamese}\n  {english}"


def take_back(root: Root) -> str:
    """Takes the last file back, and tells so."""
    taken = adding.undo(root)
    if taken.kept_at is None:
        return f"Đã xóa dòng cuối của sổ: {taken.file}. / The ledger's last line is gone: {taken.file}."
    return (
        f"Đã hoàn tác {taken.file}; tệp nằm ở {taken.kept_at}.\nTook {taken.file} back; it now lies at {taken.kept_at}."
    )


def _titles_of(reading: Reading) -> tuple[int | None, str | None]:
    """The year and kind that a file's titles name."""
    if reading.document is None:
        return None, None
    return reading.document.head.title_year, reading.document.head.written_kind


def _of_other_years(reading: Reading) -> Iterator[str]:
    """That a file holds something of other years, too, which lands there without a line of its own in the ledger."""
    if reading.document is not None and (years := reading.document.other_years):
        listed = ", ".join(map(str, years))
        yield (
            f"  Tệp có cả số liệu của năm {listed}; mỗi năm được nạp riêng.\n"
            f"  It holds figures of {listed}, too; each year is loaded by itself."
        )


def _doubts(root: Root, reading: Reading, year: int) -> Iterator[tuple[str, str]]:
    """What will keep a file from counting, or looks like a slip, in Vietnamese and English."""
    if reading.refused:
        _, english, vietnamese = reading.refused
        yield vietnamese, english
    if reading.document is None:
        return
    head = reading.document.head
    if head.title_year not in (None, year):
        yield (
            f"Tiêu đề ghi năm {head.title_year}, nhưng tệp được nộp cho năm {year}; năm được nộp được dùng. Nếu nhầm, "
            "hãy chạy `egov add --undo` rồi nộp lại cho đúng năm.",
            f"Its title names the year {head.title_year}, but it was sent in for {year}; the year that it was sent in "
            "for holds. Where that is a slip, run `egov add --undo` and add it for the right year.",
        )
    if head.index_code and head.index_code not in registries.indices_in_force(root, [year])[year]:
        yield (
            f"Bộ tiêu chí của tệp không có quy định nào hiệu lực trong năm {year}: tệp được giữ lại nhưng chưa tính "
            "kết quả. Kiểm tra năm; nếu năm đúng, bổ sung quy định của năm đó (docs/add-a-year.md).",
            f"The index of the file has no rules in force in {year}: the file is kept and nothing is computed of it. "
            "Check the year; where it is right, add the rules of that year (docs/add-a-year.md).",
        )


def _told(added: adding.Added) -> str:
    where = f"data/submissions/{added.file} ({added.year}, {added.kind or '?'})"
    if added.is_new:
        return f"Đã nhận / Added: {where}"
    return f"Đã có sẵn, không thêm gì / Already there, nothing added: {where}"
