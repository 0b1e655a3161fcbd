"""What is wrong with a table that people keep by hand, said so that they can mend it.

Here: the place of a mistake and how many are told at once. Not here: what is a mistake (`checks.py`, `values.py` …).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..errors import UserError
from ..terminal import one_line

_LINES_SHOWN = 6
_SHOWN_OF_A_COLUMN = 6


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fact. file: from the root. lines: in that file, from 1; none where all of it is meant. vietnamese and
    english: what was expected and what to do. is_warning: it changes no result, so it stops nothing."""

    file: str
    lines: tuple[int, ...]
    column: str
    vietnamese: str
    english: str
    is_warning: bool = False


class Mistakes(UserError):
    """Raised with all mistakes of the tables at once."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        told = list(sentences(mistakes))
        super().__init__("\n".join(english for _, english in told), "\n".join(vietnamese for vietnamese, _ in told))
        self.mistakes = tuple(mistakes)


def sentences(mistakes: Iterable[Mistake]) -> Iterator[tuple[str, str]]:
    """Vietnamese and English of each, in their order; the same sentence about several lines once, and of many about one
    column the first ones and how many more there are."""
    of_columns: dict[tuple[str, str, bool], dict[tuple[str, str], list[tuple[int, ...]]]] = {}
    for one in mistakes:
        told = of_columns.setdefault((one.file, one.column, one.is_warning), {})
        told.setdefault((one.vietnamese, one.english), []).append(one.lines)
    for (file, column, _), told in of_columns.items():
        for (vietnamese, english), places in list(told.items())[:_SHOWN_OF_A_COLUMN]:
            lines = list(dict.fromkeys(line for place in places for line in place))
            yield (
                f"{one_line(file)}{_lines(lines, 'dòng', 'dòng', 'và {} dòng khác')}"
                f"{f', cột {one_line(column)}' if column else ''}: {vietnamese}",
                f"{one_line(file)}{_lines(lines, 'line', 'lines', 'and {} more')}"
                f"{f', column {one_line(column)}' if column else ''}: {english}",
            )
        if (more := len(told) - _SHOWN_OF_A_COLUMN) > 0:
            yield f"{one_line(file)}: còn {more} lỗi tương tự.", f"{one_line(file)}: {more} more of this kind."


def _lines(lines: Sequence[int], one: str, several: str, more: str) -> str:
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_LINES_SHOWN]))
    rest = len(lines) - _LINES_SHOWN
    return f", {several if len(lines) > 1 else one} {shown}{f' {more.format(rest)}' if rest > 0 else ''}"
