"""The summary annex: statements in words ('04/19 xã, phường đạt mức độ IV (…)') taken apart.

Here: one text to its statements. Not here: whether they agree with the detailed annex; that is judged in SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .labels import Vocabulary
from .texts import key, one_line

_COUNT = r"(?<![\w/.,])([0-9]{1,4})(?:\s*/\s*([0-9]{1,4}))?\s+"
_SHARE = re.compile(r"\([^()]*%[^()]*\)")
_BETWEEN_NAMES = re.compile(r"[,;\n]| và ")
_LOOSE_ENDS = " \t.;,:-–+*"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. names: as listed, without 'Ủy ban nhân dân'. text: the statement as it stood."""

    level: str
    units: int
    out_of: int | None
    names: tuple[str, ...]
    text: str


def statements_of(text: str, vocabulary: Vocabulary) -> list[Said] | None:
    """The statements of a text in their order; None where some of it cannot be taken apart."""
    text = one_line(text)
    starts = list(_start(vocabulary).finditer(text))
    if not starts or any(letter.isdigit() for letter in text[: starts[0].start()]):
        return None
    ends = [start.start() for start in starts[1:]] + [len(text)]
    said = [
        _statement(start, text[start.end() : end], text[start.start() : end], vocabulary)
        for start, end in zip(starts, ends, strict=True)
    ]
    return None if any(each is None for each in said) else [each for each in said if each]


def has_statements(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text speaks of numbers of units, as the cells of a summary do."""
    return _start(vocabulary).search(one_line(text)) is not None


def _start(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Where a statement begins: a number, maybe out of another, of units of some type."""
    words = sorted({*vocabulary.unit_types, *vocabulary.keys("unit")}, key=len, reverse=True)
    return re.compile(rf"{_COUNT}(?=(?:{'|'.join(map(re.escape, words))})(?!\w))", re.IGNORECASE)


def _statement(start: re.Match[str], rest: str, text: str, vocabulary: Vocabulary) -> Said | None:
    words, _, listed = _SHARE.sub(" ", rest).partition("(")
    level = vocabulary.level(words)
    if level is None:
        return None
    names = [_name(name, vocabulary) for name in _BETWEEN_NAMES.split(listed.rpartition(")")[0] or listed)]
    out_of = int(start[2]) if start[2] else None
    return Said(level, int(start[1]), out_of, tuple(name for name in names if name), text.strip(" -;"))


def _name(text: str, vocabulary: Vocabulary) -> str:
    """A listed name without what stands before every one: 'xã An Khê' of 'Ủy ban nhân dân xã An Khê'."""
    text = one_line(text).strip(_LOOSE_ENDS)
    for prefix in vocabulary.find("unit_prefix", text)[:1]:
        words = len(prefix[0].split())
        if prefix.start() == 0 and key(" ".join(text.split()[:words])) == prefix[0]:
            return " ".join(text.split()[words:])
    return text
