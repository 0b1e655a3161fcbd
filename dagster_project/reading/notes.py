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

_MOST_TEXTS = 4
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_AFTER_SIGN = re.compile(rf"≥\s*({_NUMBER})")
_NUMBER_NEXT = re.compile(rf"\s*({_NUMBER})")
_NUMBER_BEFORE = re.compile(rf"({_NUMBER})\s*(?:[^\W\d]+\s+)?$")
_NUMBER_AT_MOST = re.compile(rf"({_NUMBER})\s*≤\s*$")


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
    for line, column, level, texts in _entries(lines, vocabulary):
        for pillar, number in _pillars_in(" ".join(texts), vocabulary):
            yield Minimum(line, column, level, pillar, number, " ".join(texts))


def _entries(lines: Iterable[Line], vocabulary: Vocabulary) -> list[tuple[Line, int, str, list[str]]]:
    """Each note that begins with a level, with the texts that go on with it until every pillar has its number."""
    entries: list[tuple[Line, int, str, list[str]]] = []
    is_open = False
    for line in lines:
        for cell, text in line.pieces():
            as_written = cell.text.strip() if one_line(cell.text) == text else text
            if level := _level_at_start(text, vocabulary):
                entries.append((line, cell.column, level, [as_written]))
            elif is_open:
                entries[-1][3].append(as_written)
            is_open = bool(level or is_open) and _is_incomplete(entries[-1][3], vocabulary)
    return entries


def _is_incomplete(texts: list[str], vocabulary: Vocabulary) -> bool:
    found = {pillar for pillar, _ in _pillars_in(" ".join(texts), vocabulary)}
    return len(texts) < _MOST_TEXTS and found != set(vocabulary.keys("pillar").values())


def _level_at_start(text: str, vocabulary: Vocabulary) -> str | None:
    """The level that a note is about: named before the first pillar, in few words."""
    words = key(one_line(text)).lstrip("-+*• ")
    first = next(iter(vocabulary.find("pillar", words)), None)
    before = words[: first.start()] if first else words
    return vocabulary.level(before) if len(before) <= 40 else None


def _pillars_in(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, Decimal]]:
    """The pillars that a note names, each with the number that it must reach."""
    text = key(text)
    found = vocabulary.find("pillar", text)
    for i, match in enumerate(found):
        before = text[found[i - 1].end() if i else 0 : match.start()]
        after = text[match.end() : found[i + 1].start() if i + 1 < len(found) else len(text)]
        number = _minimum(before, after, vocabulary)
        pillar = vocabulary.keys("pillar")[match[0]]
        if number is not None and pillar:
            yield pillar, number


def _minimum(before: str, after: str, vocabulary: Vocabulary) -> Decimal | None:
    """The number that a pillar must reach, by the words around its name: '≥ 84,25', 'từ 84,25 điểm', '84,25 điểm trở
    lên', '84,25 ≤' before it. None where they say none, or say something else ('> 84,25')."""
    before, after = key(before), key(after)
    said = _AFTER_SIGN.search(after)
    for words in vocabulary.find("at_least", after):
        said = said or _NUMBER_NEXT.match(after, words.end())
    for words in vocabulary.find("upwards", after):
        said = said or _NUMBER_BEFORE.search(after[: words.start()])
    said = said or _NUMBER_AT_MOST.search(before)
    return decimal_of(said[1]) if said else None
