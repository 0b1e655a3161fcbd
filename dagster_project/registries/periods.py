"""When the rows of a registry hold: rows that end before they begin, and rows that hold at the same time.

Here: validity by years (both included) and by days (the last one not). Not here: what the rows say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from .mistakes import Mistake
from .tables import Table

_ALWAYS = ("0000-00-00", "9999-99-99")


class Span(NamedTuple):
    """When a row holds: from `start` on and before `end`, as texts that sort by time. at: which row it is."""

    start: str
    end: str
    at: int

    @property
    def is_open(self) -> bool:
        return self.end == _ALWAYS[1]


def spans(table: Table) -> list[Span]:
    """The validity of each row; one whose dates cannot be understood holds always."""
    first, last = (table.columns[name] for name in table.registry.valid)
    if not table.registry.is_valid_by_year:
        return [Span(start or _ALWAYS[0], end or _ALWAYS[1], at) for at, (start, end) in enumerate(_pairs(first, last))]
    return [
        Span(
            f"{start}-01-01" if start.isdecimal() else _ALWAYS[0],
            f"{int(end) + 1}-01-01" if end.isdecimal() else _ALWAYS[1],
            at,
        )
        for at, (start, end) in enumerate(_pairs(first, last))
    ]


def meet(one: Span, other: Span) -> bool:
    """Whether there is a day on which both hold."""
    return one.start < other.end and other.start < one.end


def by_columns(table: Table, *columns: str) -> dict[tuple[str, ...], list[Span]]:
    """The validity of the rows, by some of their columns."""
    found: dict[tuple[str, ...], list[Span]] = {}
    for key, span in zip(zip(*(table.columns[name] for name in columns), strict=True), spans(table), strict=True):
        found.setdefault(key, []).append(span)
    return found


def wrong_periods(table: Table) -> Iterator[Mistake]:
    """Rows that end before they begin; rows of one key that hold at the same time, or are the same twice."""
    found = spans(table)
    for span in found:
        if span.start >= span.end:
            yield Mistake(table.file, (table.lines[span.at],), table.registry.valid[1], *_backwards(table))
    by_key: dict[tuple[str, ...], list[Span]] = {}
    keys = zip(*(table.columns[name] for name in table.registry.key), strict=True)
    for key, span in zip(keys, found, strict=True):
        by_key.setdefault(key, []).append(span)
    for key, of_key in by_key.items():
        if len(of_key) > 1:
            yield from _overlaps(table, key, sorted(of_key, key=lambda span: (span.start, span.at)))


def _overlaps(table: Table, key: tuple[str, ...], of_key: list[Span]) -> Iterator[Mistake]:
    for before, after in pairwise(of_key):
        if before.end > after.start and before.start < before.end:
            yield _overlap(table, " · ".join(filter(None, key)), before, after)


def _overlap(table: Table, key: str, before: Span, after: Span) -> Mistake:
    first, last = table.lines[before.at], table.lines[after.at]
    start, end = table.registry.valid
    if before.start == after.start:
        return Mistake(
            table.file,
            (first, last),
            start,
            f"hai dòng cùng nói về {key} và cùng bắt đầu một lúc; chỉ được giữ một dòng.",
            f"both lines are about {key} and begin at the same time; only one of them may stay.",
        )
    close = _day_or_year(table, after.start, is_last=True)
    begins = _day_or_year(table, after.start)
    if before.is_open:
        return Mistake(
            table.file,
            (first, last),
            end,
            f"hai dòng cùng áp dụng cho {key} kể từ {begins}, vì dòng {first} còn để mở. Hãy điền {end} = {close} ở "
            f"dòng {first}; nếu dòng {last} mới sai thì sửa {start} của dòng {last}.",
            f"both lines hold for {key} from {begins} on, because line {first} was left open. Fill in {end} = {close} "
            f"in line {first}; if it is line {last} that is wrong, mend its {start}.",
        )
    return Mistake(
        table.file,
        (first, last),
        end,
        f"hai dòng cùng áp dụng cho {key} kể từ {begins}. Hãy sửa {end} của dòng {first} thành {close}, hoặc sửa "
        f"{start} của dòng {last}.",
        f"both lines hold for {key} from {begins} on. Change {end} of line {first} to {close}, or {start} of "
        f"line {last}.",
    )


def _backwards(table: Table) -> tuple[str, str]:
    start = table.registry.valid[0]
    if table.registry.is_valid_by_year:
        return f"năm cuối đứng trước năm đầu ({start}).", f"the last year is before the first ({start})."
    return (
        f"ngày thôi áp dụng phải sau ngày bắt đầu ({start}).",
        f"the day on which it no longer holds must be after the first ({start}).",
    )


def _day_or_year(table: Table, day: str, is_last: bool = False) -> str:
    """A day as the registry writes it; with `is_last`, what the row before one that starts then has as its end."""
    if not table.registry.is_valid_by_year:
        return day
    return str(int(day[:4]) - is_last)


def uncovered(span: Span, by: Iterable[Span]) -> str | None:
    """The first day of a span on which none of the others holds; None where there always is one. A span without a first
    day names none: it begins with the others."""
    others = sorted(by, key=lambda one: one.start)
    day = others[0].start if span.start == _ALWAYS[0] else span.start
    for other in others:
        if other.start <= day < other.end:
            day = other.end
    return day if day < span.end else None


def year_of(day: str) -> str:
    """The year of a day, as people say it."""
    return str(int(day[:4]))


def holds_in(span: Span, year: str) -> bool:
    """Whether a row holds on the last day of a year."""
    return span.start <= f"{year}-12-31" < span.end


def _pairs(first: list[str], last: list[str]) -> Iterator[tuple[str, str]]:
    return zip(first, last, strict=True)
