"""How an XLS workbook shows its cells: struck out, raised, in the colour of their ground, and under which number
format.

Here: its fonts, formats and styles, and the runs of a rich text. Not here: the cells (`xls_survey.py`), and what a
number format does (`number_formats.py`).
"""

from __future__ import annotations

import struct
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .number_formats import BUILT_IN
from .seen import CROSSED, INHERITED, SHOWN, Part, in_cell, mark_of
from .survey import Note

_FONT, _FORMAT, _STYLE = 0x31, 0x41E, 0xE0
_STRUCK_OUT = 0x08
_WHITE, _BLACK = 9, 8
_SAME = {1: _WHITE, 65: _WHITE, 0: _BLACK, 64: _BLACK, 0x7FFF: _BLACK}  # other numbers of white and black
_SOLID = 1
_STYLE_BYTES = 20  # of Excel 97 and later; older ones give their ground elsewhere
_SKIPPED_FONT = 4  # no font has this number


class _Font(NamedTuple):
    is_struck_out: bool
    is_raised: bool
    colour: int


class _Style(NamedTuple):
    font: int
    number_format: int
    ground: int | None  # None: of a pattern, or not known
    is_crossed: bool

    @property
    def has_fill(self) -> bool:
        return self.ground != _WHITE


class Looks:
    """The styles of one workbook, by the number that cells name them by."""

    def __init__(self) -> None:
        self._fonts: list[_Font] = []
        self._formats: dict[int, str] = dict(BUILT_IN)
        self._styles: list[_Style] = []
        self.note = cache(self._note)

    def add(self, kind: int, body: bytes) -> None:
        """Takes note of a record of the workbook, if it is of a font, a format or a style."""
        if kind == _FONT:
            flags, colour, _, position = struct.unpack_from("<2xHHHH", body)
            self._fonts.append(_Font(bool(flags & _STRUCK_OUT), bool(position), _SAME.get(colour, colour)))
        elif kind == _FORMAT:
            number, letters, width = struct.unpack_from("<HHB", body)
            encoding = "utf-16-le" if width & 1 else "latin-1"
            self._formats[number] = body[5 : 5 + letters * (1 + (width & 1))].decode(encoding, "replace")
        elif kind == _STYLE:
            font, format_ = struct.unpack_from("<HH", body)
            ground, is_crossed = None, False
            if len(body) >= _STYLE_BYTES:
                edges, further, colours = struct.unpack_from("<IIH", body, 10)
                pattern, colour = further >> 26, colours & 0x7F
                ground = _WHITE if not pattern else _SAME.get(colour, colour) if pattern == _SOLID else None
                is_crossed = bool(edges >> 30) and bool(further >> 21 & 0xF)
            self._styles.append(_Style(font, format_, ground, is_crossed))

    def _note(self, style: int) -> Note | None:
        """How a cell of this style is shown, None where it is as it is stored."""
        if style >= len(self._styles):
            return None
        mark, code = self._mark(style), self._formats.get(self._styles[style].number_format, "")
        return Note(mark=mark, number_format=code) if mark or code else None

    def parts(self, style: int, text: str, runs: tuple[tuple[int, int], ...]) -> tuple[Part, ...]:
        """The parts of a rich text in a cell of this style. runs: where each begins, and its font."""
        starts = [(0, INHERITED), *((at, self._mark_of_font(font, _WHITE)) for at, font in runs)]
        parts = [Part(text[at:end], mark) for (at, mark), (end, _) in pairwise([*starts, (len(text), "")])]
        return in_cell(parts, self._mark(style), self.has_ground(style))

    def has_ground(self, style: int) -> bool:
        """Whether a style gives its cells a ground that is not white."""
        return style < len(self._styles) and self._styles[style].has_fill

    def _mark(self, style: int) -> str:
        if style >= len(self._styles):
            return SHOWN
        mark = self._mark_of_font(self._styles[style].font, self._styles[style].ground)
        return mark or (CROSSED if self._styles[style].is_crossed else SHOWN)

    def _mark_of_font(self, number: int, ground: int | None) -> str:
        number -= number > _SKIPPED_FONT
        if number >= len(self._fonts):
            return SHOWN
        font = self._fonts[number]
        return mark_of(font.is_struck_out, font.is_raised, font.colour == ground)
