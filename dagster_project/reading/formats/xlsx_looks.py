"""How an XLSX workbook shows its cells: struck out, raised, white on white, and under which number format.

Here: its styles, and the runs of a rich text. Not here: the cells (`xlsx_survey.py`), and what a number format does
(`number_formats.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from .archive import Archive
from .number_formats import BUILT_IN
from .seen import INHERITED, SHOWN, Part, in_cell, mark_of
from .survey import Note
from .values import whole
from .xml_stream import parse

ON = ("1", "true")

_STYLES = "xl/styles.xml"
_WHITE = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
_WHITE_INDEXES = ("1", "9")
_LIGHT = "0"  # the first colour of a theme: the window's ground


class Looks:
    """By the number that cells name it by, each style under which a cell may not look as it is stored (`notes`), and
    those that give it a ground that is not white (`filled`)."""

    def __init__(self, archive: Archive) -> None:
        styles = _Styles()
        if _STYLES in archive:
            parse(_STYLES, archive.chunks(_STYLES), styles.start, styles.end)
        self.filled = {str(number) for number in range(len(styles.cells)) if styles.has_fill(number)}
        self.notes = {str(number): note for number in range(len(styles.cells)) if (note := styles.note(number))}

    def parts(self, style: str, parts: Iterable[Part]) -> tuple[Part, ...]:
        """The parts of a text in a cell of this style, each as it is shown there."""
        mark = self.notes[style].mark if style in self.notes else SHOWN
        return in_cell(parts, mark, style in self.filled)


class Font:
    """A font while it is read: of a style, or of a run of text."""

    def __init__(self) -> None:
        self.is_struck = self.is_raised = self.is_white = False

    def property(self, name: str, attributes: dict[str, str]) -> None:
        if name == "strike":
            self.is_struck = attributes.get("val", "1") in ON
        elif name == "vertAlign":
            self.is_raised = attributes.get("val") in ("superscript", "subscript")
        elif name == "color":
            self.is_white = _is_white(attributes)

    def mark(self, has_fill: bool) -> str:
        return mark_of(self.is_struck, self.is_raised, self.is_white and not has_fill)


class Runs:
    """The runs of one text while it is read; how it is to be spoken, in `rPh`, is no part of it. White letters are
    marked as hidden, which they are where the cell has no ground (see `Looks.parts`)."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.is_marked = False
        self._font: Font | None = None
        self._is_text = self._is_spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._font = None
        elif name == "rPr":
            self._font = Font()
        elif name == "rPh":
            self._is_spoken = True
        elif name == "t":
            self._is_text = not self._is_spoken
        elif self._font is not None:
            self._font.property(name, attributes)

    def text(self, piece: str) -> None:
        if self._is_text:
            mark = INHERITED if self._font is None else self._font.mark(has_fill=False)
            self.is_marked = self.is_marked or mark not in (INHERITED, SHOWN)
            self.parts.append(Part(piece, mark))

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_spoken = False


class _Styles:
    """Handlers for the events of the part of styles."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = dict(BUILT_IN)
        self._fonts: list[Font] = []
        self._fills: list[bool] = []  # whether each gives a ground that is not white
        self.cells: list[tuple[int, int, int]] = []  # number format, font and fill of each style
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs"):
            self._inside = name
        elif name == "numFmt" and self._inside != "dxfs":
            self._formats[whole(attributes.get("numFmtId", "")) or 0] = attributes.get("formatCode", "")
        elif self._inside == "fonts":
            if name == "font":
                self._fonts.append(Font())
            elif self._fonts:
                self._fonts[-1].property(name, attributes)
        elif self._inside == "fills":
            if name == "fill":
                self._fills.append(False)
            elif self._fills and name in ("patternFill", "gradientFill"):
                self._fills[-1] = name == "gradientFill" or attributes.get("patternType", "none") != "none"
            elif self._fills and name == "fgColor" and _is_white(attributes):
                self._fills[-1] = False
        elif self._inside == "cellXfs" and name == "xf":
            chosen = (whole(attributes.get(key, "")) or 0 for key in ("numFmtId", "fontId", "fillId"))
            self.cells.append(tuple(chosen))

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""

    def has_fill(self, number: int) -> bool:
        fill = self.cells[number][2]
        return fill < len(self._fills) and self._fills[fill]

    def note(self, number: int) -> Note | None:
        format_, font, _ = self.cells[number]
        mark = self._fonts[font].mark(self.has_fill(number)) if font < len(self._fonts) else SHOWN
        code = self._formats.get(format_, "")
        return Note(mark=mark, number_format=code) if mark or code else None


def _is_white(attributes: dict[str, str]) -> bool:
    return (
        attributes.get("rgb", "").upper() in _WHITE
        or attributes.get("indexed") in _WHITE_INDEXES
        or (attributes.get("theme") == _LIGHT and "tint" not in attributes)
    )
