"""What a person sees of a cell whose parts are formatted: one rule for every format.

Here: from parts with their marks to the text that counts, and to the text as stored with what was left out of it in
⟦brackets⟧. Not here: how a format says that a part is struck out, raised or hidden (each reader).

What is struck out, hidden or covered is no part of a text. A raised mark (a footnote's) and a box beside a text are
none either, but where nothing else stands in the cell they are what it holds. Where nothing is left to be seen, the
cell says why instead of being empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..grids import OBJECT, PICTURE
from .values import clean

# How a part is shown. The names of those that leave a cell empty are its flaw (see `grids.Cell`).
SHOWN, STRUCK_OUT, HIDDEN, COVERED, CONTROL = "", "struck_out", "hidden", "covered", "control"
RAISED, BESIDE, TABLE = "raised", "beside", "table"
RULE = "rule"  # a rule of conditional formatting may hide it, and nobody here can say whether it does
DRAWN_OVER = "drawn_over"  # a line or a shape is drawn over it
CUT = "cut"  # beyond a clipping path: a figure without it is what is seen, a name is still the name
CROSSED = "crossed"  # a diagonal line goes through its cell: it strikes a figure out, and parts a header in two
INHERITED = "inherited"  # of a run that says nothing of its own: as its cell is

_LEAVE_IT_EMPTY = (STRUCK_OUT, TABLE, CONTROL, COVERED, DRAWN_OVER, OBJECT, PICTURE, RULE, HIDDEN)
MOST_CELLS_IN_A_CELL = 4  # of a table in a cell that is part of its figure rather than a table of its own
OF_FIGURES = {CROSSED: STRUCK_OUT, DRAWN_OVER: DRAWN_OVER, CUT: HIDDEN}  # what these do to a figure, and to no text
_HOLD_IT_ALONE = (RAISED, BESIDE)
_DECIMALS_RAISED = re.compile(r"\s*[.,][0-9]+\s*")
_FIGURE = re.compile(r"[\s+-]*[0-9][0-9.,\s]*%?\s*")
_RAISED_SIGNS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+")


class Part(NamedTuple):
    """A run of letters, all shown in the same way."""

    text: str
    mark: str = SHOWN


class Seen(NamedTuple):
    """text: what is seen. raw: all that is stored, where that is more; flaw: as in `grids.Cell`."""

    text: str
    raw: str | None = None
    flaw: str | None = None


def seen(parts: Iterable[Part]) -> Seen:
    """What a person sees of these parts, in their order."""
    parts = [part for part in parts if part.text]
    if any(part.mark in OF_FIGURES for part in parts):
        parts = list(_of_figures(parts))
    marks = {part.mark for part in parts if part.text.strip()}
    if marks <= {SHOWN}:
        return without_signs(clean("".join(part.text for part in parts)).strip("\n"))
    for mark in () if SHOWN in marks else _HOLD_IT_ALONE:
        if mark in marks:
            parts = [Part(part.text, SHOWN if part.mark == mark else part.mark) for part in parts]
            break
    text = clean("".join(part.text for part in parts if part.mark == SHOWN)).strip()
    raw = clean("".join(part.text if part.mark == SHOWN else f"⟦{part.text}⟧" for part in parts)).strip()
    raw = raw.replace("⟧⟦", "")
    if any(part.mark == RAISED and _DECIMALS_RAISED.fullmatch(part.text) for part in parts):
        return Seen("", raw, RAISED)  # 27 with a small ,31 above: as likely its decimals as a mark
    if not text:
        return Seen("", raw, next(mark for mark in _LEAVE_IT_EMPTY if mark in marks))
    return Seen(without_signs(text).text, None if raw == text else raw)


def _of_figures(parts: list[Part]) -> Iterator[Part]:
    """The parts of a cell with marks that mean something for figures only. A line through one digit is through all."""
    seen_at_all = (SHOWN, *OF_FIGURES)
    of_figure = is_figure("".join(part.text for part in parts if part.mark in seen_at_all))
    through = next((OF_FIGURES[part.mark] for part in parts if part.mark in (CROSSED, DRAWN_OVER)), SHOWN)
    for text, mark in parts:
        if mark in seen_at_all and text.strip():
            mark = (through or OF_FIGURES.get(mark, mark)) if of_figure else SHOWN
        yield Part(text, mark)


def in_cell(parts: Iterable[Part], mark: str, has_fill: bool) -> tuple[Part, ...]:
    """The runs of a rich text in a workbook's cell that is shown like this: white letters on a ground are seen."""
    marks = {INHERITED: mark, HIDDEN: SHOWN if has_fill else HIDDEN}
    return tuple(Part(part.text, marks.get(part.mark, part.mark)) for part in parts)


def mark_of(is_struck_out: bool, is_raised: bool, is_unseen: bool) -> str:
    """The mark of letters in a workbook's font."""
    return HIDDEN if is_unseen else STRUCK_OUT if is_struck_out else RAISED if is_raised else SHOWN


def is_figure(text: str) -> bool:
    """Whether a text is written as figures are, and is no name and no header."""
    return _FIGURE.fullmatch(text) is not None


def without_signs(text: str) -> Seen:
    """A text without the small figures that Unicode has for raised marks: 'Xã An Khê¹'; alone they are the text."""
    if text.isascii() or not _RAISED_SIGNS.search(text):
        return Seen(text)
    bare = _RAISED_SIGNS.sub("", text)
    return Seen(bare.strip(), _RAISED_SIGNS.sub(lambda found: f"⟦{found[0]}⟧", text)) if bare.strip() else Seen(text)
