"""The notes below a table: the thresholds that they give.

Here: 'Mức II: Mức độ đạt được ≥ 84,25; điều kiện sẵn sàng ≥ 40' to one threshold per pillar. Not here: whether they are
those of the registry; that is judged in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .labels import Vocabulary
from .lines import Line
from .numbers import decimal_of
from .texts import key, one_line

_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_AT_LEAST = re.compile(rf"(?:≥|\btừ\b|\btối thiểu\b|\bat least\b)\s*{_NUMBER}|{_NUMBER}\s*(?:\w+\s)?trở lên")
_NOT_LESS_BEFORE = re.compile(rf"{_NUMBER}\s*≤\s*$")


@dataclass(frozen=True, slots=True)
class Minimum:
    """One threshold: a level is reached where the pillar's total is at least this. line: where it stands."""

    line: Line
    column: int
    level: str
    pillar: str
    min_total: Decimal
    text: str


def minima_of(lines: Iterable[Line], vocabulary: Vocabulary) -> Iterator[Minimum]:
    """The thresholds that notes give. One that runs over several lines is read whole."""
    for line, column, level, text in _entries(lines, vocabulary):
        for pillar, number in _pillars_in(key(text), vocabulary):
            yield Minimum(line, column, level, pillar, number, text)


def _entries(lines: Iterable[Line], vocabulary: Vocabulary) -> Iterator[tuple[Line, int, str, str]]:
    """Each note that begins with a level, with the lines that go on with it."""
    open_entry: tuple[Line, int, str, list[str]] | None = None
    for line in lines:
        pieces = list(line.pieces())
        for cell, text in pieces:
            level = _level_at_start(text, vocabulary)
            if level:
                if open_entry:
                    yield *open_entry[:3], " ".join(open_entry[3])
                open_entry = (line, cell.column, level, [text])
            elif open_entry:
                open_entry[3].append(text)
        if not pieces and open_entry and any(True for _ in _pillars_in(key(" ".join(open_entry[3])), vocabulary)):
            yield *open_entry[:3], " ".join(open_entry[3])
            open_entry = None
    if open_entry:
        yield *open_entry[:3], " ".join(open_entry[3])


def _level_at_start(text: str, vocabulary: Vocabulary) -> str | None:
    """The level that a note is about: named before the first pillar, in few words."""
    words = key(one_line(text)).lstrip("-+*• ")
    first = next(iter(vocabulary.find("pillar", words)), None)
    before = words[: first.start()] if first else words
    return vocabulary.level(before) if len(before) <= 40 else None


def _pillars_in(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Decimal]]:
    """The pillars that a note names, each with the number that it must reach, to its right or left."""
    found = vocabulary.find("pillar", text)
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(text)
        start = found[i - 1].end() if i else 0
        said = _AT_LEAST.search(text, match.end(), end) or _NOT_LESS_BEFORE.search(text[start : match.start()])
        number = decimal_of(next(group for group in said.groups() if group)) if said else None
        pillar = vocabulary.keys("pillar")[match[0]]
        if number is not None and pillar:
            yield pillar, number
