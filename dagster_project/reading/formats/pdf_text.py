"""Letters of a PDF page to words and lines, whichever way they are turned.

Here: what stands on one line and where a word ends. Not here: tables (`pdf_tables.py`, `pdf_columns.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from .values import clean

# A gap wider than this part of the letters' size ends a word; one wider than that, a phrase in a column of its own.
_WORD_GAP, _PHRASE_GAP = 0.2, 0.7
_SAME_LINE = 0.5

Letter = dict[str, Any]  # as pdfplumber gives it
OUTSIDE = "outside"  # the mark of a letter beyond the part of the page that is shown
MARK = "mark"  # the key under which a letter says how it is shown (see `seen.py`)
_SPACED = 1.7  # of the narrowest gap between letters that are set apart; a wider one is between words


class Word(NamedTuple):
    """Letters without a gap, or a whole line of them that is turned. top, bottom: from the upper edge of the page;
    size: of the letters, whichever way they are turned."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words beside each other, from the left."""

    words: list[Word]

    @property
    def text(self) -> str:
        return clean(self._spaced() or " ".join(word.text for word in self.words))

    def _spaced(self) -> str | None:
        """The text of letters that are set apart from each other, '2 7 , 3 1'; None of any other line."""
        if len(self.words) < 3 or any(len(word.text) > 1 for word in self.words):
            return None
        gaps = [after.x0 - before.x1 for before, after in pairwise(self.words)]
        wide = _SPACED * max(min(gaps), _WORD_GAP * self.size)
        return self.words[0].text + "".join(
            f"{' ' if gap > wide else ''}{word.text}" for gap, word in zip(gaps, self.words[1:], strict=True)
        )

    @property
    def middle(self) -> float:
        return sum(word.middle for word in self.words) / len(self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    def phrases(self) -> list[Line]:
        """The line cut where a gap is too wide to be between two words of a sentence."""
        parts: list[Line] = []
        for word in self.words:
            if parts and word.x0 - parts[-1].x1 <= _PHRASE_GAP * self.size:
                parts[-1].words.append(word)
            else:
                parts.append(Line([word]))
        return parts


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """The lines that letters make, from the top; a line that is turned stands in one of them as a single word."""
    words: list[Word] = []
    for way, group in _by_direction(letters).items():
        lines = _lines(_words(group))
        if way == "right":
            words += [word for line in lines for word in line.words]
        else:
            words += [_turned(line, way) for line in lines]
    return _lines(words)


def text_of(letters: Iterable[Letter]) -> str:
    """The text of a cell, a line of the page to a line; letters that are turned are read along their own line."""
    return "\n".join(line.text for group in _by_direction(letters).values() for line in _lines(_words(group)))


def _by_direction(letters: Iterable[Letter]) -> dict[str, list[Letter]]:
    """Letters by the way that their line runs ('right', 'up', 'down'), turned so that it runs to the right."""
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        way = way_of(letter)
        groups[way].append(letter if way == "right" else letter | _box(letter, way))
    return groups


def way_of(letter: Letter) -> str:
    """Which way the line of a letter runs: 'right', 'up' or 'down'."""
    along, up = letter["matrix"][:2]
    return "right" if abs(along) >= abs(up) else "up" if up > 0 else "down"


def _box(letter: Letter, way: str) -> dict[str, Any]:
    x0, x1, top, bottom = letter["x0"], letter["x1"], letter["top"], letter["bottom"]
    if way == "up":
        x0, x1, top, bottom = -bottom, -top, x0, x1
    else:
        x0, x1, top, bottom = top, bottom, -x1, -x0
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "upright": True}
    return box | {"width": x1 - x0, "height": bottom - top, "size": bottom - top}


def _turned(line: Line, way: str) -> Word:
    """A line that was turned to the right, as a word where it stands on the page."""
    x0, x1 = line.x0, line.x1
    top, bottom = min(word.top for word in line.words), max(word.bottom for word in line.words)
    if way == "up":
        return Word(line.text, top, bottom, -x1, -x0, line.size)
    return Word(line.text, -bottom, -top, x0, x1, line.size)


def _words(letters: list[Letter]) -> list[Word]:
    from pdfplumber.utils import extract_words

    found = extract_words(letters, x_tolerance_ratio=_WORD_GAP)
    return [Word(at["text"], at["x0"], at["x1"], at["top"], at["bottom"], at["bottom"] - at["top"]) for at in found]


def _lines(words: list[Word]) -> list[Line]:
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: word.middle):
        if lines and word.middle - lines[-1].middle <= _SAME_LINE * min(word.size, lines[-1].size):
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.x0)
    return lines
