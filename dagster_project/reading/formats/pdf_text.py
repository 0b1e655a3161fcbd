"""Letters of a PDF page to words and lines, whichever way they are turned.

Here: what stands on one line and where a word ends. Not here: tables (`pdf_tables.py`, `pdf_columns.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from .values import clean

# A gap wider than this part of the letters' height ends a word; one wider than that, a phrase in a column of its own.
_WORD_GAP, _PHRASE_GAP = 0.2, 0.7
_SAME_LINE = 0.5

Letter = dict[str, Any]  # as pdfplumber gives it


class Word(NamedTuple):
    """Letters without a gap; `top` and `bottom` count from the upper edge of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(slots=True)
class Line:
    """Words beside each other, from the left."""

    words: list[Word]

    @property
    def text(self) -> str:
        return clean(" ".join(word.text for word in self.words))

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def middle(self) -> float:
        return sum(word.top + word.bottom for word in self.words) / len(self.words) / 2

    @property
    def height(self) -> float:
        return max(word.bottom - word.top for word in self.words)

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
            if parts and word.x0 - parts[-1].x1 <= _PHRASE_GAP * self.height:
                parts[-1].words.append(word)
            else:
                parts.append(Line([word]))
        return parts


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """The lines that letters make, from the top. Letters that are turned must not be among them."""
    from pdfplumber.utils import extract_words

    found = extract_words(list(letters), x_tolerance_ratio=_WORD_GAP)
    words = [Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"]) for word in found]
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        middle = (word.top + word.bottom) / 2
        if lines and abs(middle - lines[-1].middle) <= _SAME_LINE * min(word.bottom - word.top, lines[-1].height):
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.x0)
    return lines


def text_of(letters: Iterable[Letter]) -> str:
    """The text of a cell, a line of the page to a line; letters that are turned are read along their own line."""
    turned: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        turned[direction(letter)].append(letter)
    texts = []
    for way, group in turned.items():
        upright = group if way == "right" else [_upright(letter, way) for letter in group]
        texts += [line.text for line in lines_of(upright)]
    return "\n".join(texts)


def direction(letter: Letter) -> str:
    """Which way a line of such letters runs: 'right', 'up' or 'down'."""
    if letter["upright"]:
        return "right"
    return "up" if letter["matrix"][1] > 0 else "down"


def _upright(letter: Letter, way: str) -> Letter:
    """The letter as if the page had been turned until its line runs to the right."""
    x0, x1, top, bottom = letter["x0"], letter["x1"], letter["top"], letter["bottom"]
    if way == "up":
        x0, x1, top, bottom = -bottom, -top, x0, x1
    else:
        x0, x1, top, bottom = top, bottom, -x1, -x0
    return letter | {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
        "upright": True,
    }
