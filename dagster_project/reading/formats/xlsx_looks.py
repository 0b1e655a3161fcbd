"""How an XLSX workbook shows its cells: struck out, raised, in the colour of their ground, under which number format.

Here: its styles, those that rules of conditional formatting choose, and the runs of a rich text. Not here: the cells
(`xlsx_survey.py`), and what a number format does (`number_formats.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from .archive import Archive
from .conditional import Rule
from .number_formats import BUILT_IN, leaves_figures
from .seen import CROSSED, HIDDEN, INHERITED, SHOWN, Part, in_cell, mark_of
from .survey import Note
from .values import whole
from .xml_stream import parse

ON = ("1", "true")

_STYLES = "xl/styles.xml"
_WHITE, _BLACK = "white", "black"
_RGB = {"FFFFFF": _WHITE, "000000": _BLACK}
_INDEXES = {"1": _WHITE, "9": _WHITE, "0": _BLACK, "8": _BLACK, "64": _BLACK}
_THEME = {"0": _WHITE, "1": _BLACK}  # the window's ground, and its letters


class Looks:
    """By the number that cells name it by, each style under which a cell may not look as it is stored (`notes`), and
    those that give it a ground that is not white (`filled`). rules: by their numbers, the looks that a rule of
    conditional formatting can give a figure and that do not leave it as it is."""

    def __init__(self, archive: Archive) -> None:
        styles = _Styles()
        if _STYLES in archive:
            parse(_STYLES, archive.chunks(_STYLES), styles.start, styles.end)
        self.filled = {str(number) for number in range(len(styles.cells)) if styles.has_fill(number)}
        self.notes = {str(number): note for number in range(len(styles.cells)) if (note := styles.note(number))}
        self.rules = {str(number): rule for number, rule in enumerate(styles.rules) if rule != Rule()}
        self.rules_hide = any(rule.mark == HIDDEN for rule in self.rules.values())

    def parts(self, style: str, parts: Iterable[Part]) -> tuple[Part, ...]:
        """The parts of a text in a cell of this style, each as it is shown there."""
        mark = self.notes[style].mark if style in self.notes else SHOWN
        return in_cell(parts, mark, style in self.filled)


class Font:
    """A font while it is read: of a style, or of a run of text."""

    def __init__(self) -> None:
        self.is_struck = self.is_raised = False
        self.colour = _BLACK

    def property(self, name: str, attributes: dict[str, str]) -> None:
        if name == "strike":
            self.is_struck = attributes.get("val", "1") in ON
        elif name == "vertAlign":
            self.is_raised = attributes.get("val") in ("superscript", "subscript")
        elif name == "color":
            self.colour = _colour(attributes)

    def mark(self, ground: str) -> str:
        """How letters of this font are shown on a ground of this colour."""
        return mark_of(self.is_struck, self.is_raised, self.colour == ground)


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
            mark = INHERITED if self._font is None else self._font.mark(_WHITE)
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
        self._fills: list[str] = []  # the colour of each
        self._crossed: list[bool] = []  # whether each border has a diagonal line
        self.cells: list[tuple[int, int, int, int]] = []  # number format, font, fill and border of each style
        self.rules: list[Rule] = []
        self._rule_font, self._rule_has_fill = Font(), False
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs"):
            self._inside = name
        elif self._inside == "dxfs":
            self._start_rule(name, attributes)
        elif name == "numFmt":
            self._formats[whole(attributes.get("numFmtId", "")) or 0] = attributes.get("formatCode", "")
        elif self._inside == "fonts":
            if name == "font":
                self._fonts.append(Font())
            elif self._fonts:
                self._fonts[-1].property(name, attributes)
        elif self._inside == "fills":
            if name == "fill":
                self._fills.append(_WHITE)
            elif self._fills and name in ("patternFill", "gradientFill"):
                pattern = attributes.get("patternType", "none" if name == "patternFill" else name)
                self._fills[-1] = _WHITE if pattern == "none" else pattern
            elif self._fills and name == "fgColor" and self._fills[-1] == "solid":
                self._fills[-1] = _colour(attributes, default="solid")
        elif self._inside == "borders":
            if name == "border":
                self._crossed.append(False)
            elif name == "diagonal" and self._crossed:
                self._crossed[-1] = attributes.get("style", "none") != "none"
        elif self._inside == "cellXfs" and name == "xf":
            chosen = (whole(attributes.get(key, "")) or 0 for key in ("numFmtId", "fontId", "fillId", "borderId"))
            self.cells.append(tuple(chosen))

    def _start_rule(self, name: str, attributes: dict[str, str]) -> None:
        """A rule's own ground says that its letters are meant to be seen there."""
        if name == "dxf":
            self.rules.append(Rule())
            self._rule_font, self._rule_has_fill = Font(), False
        elif name == "numFmt" and self.rules:
            code = attributes.get("formatCode", "")
            self.rules[-1] = self.rules[-1]._replace(number_format="" if leaves_figures(code) else code)
        elif name in ("fill", "patternFill"):
            self._rule_has_fill = True
        else:
            self._rule_font.property(name, attributes)

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""
        elif name == "dxf" and self.rules and self._inside == "dxfs":
            mark = self._rule_font.mark("" if self._rule_has_fill else _WHITE)
            self.rules[-1] = self.rules[-1]._replace(mark=mark)

    def has_fill(self, number: int) -> bool:
        return self._ground(number) != _WHITE

    def _ground(self, number: int) -> str:
        fill = self.cells[number][2]
        return self._fills[fill] if fill < len(self._fills) else _WHITE

    def note(self, number: int) -> Note | None:
        format_, font, _, border = self.cells[number]
        mark = self._fonts[font].mark(self._ground(number)) if font < len(self._fonts) else SHOWN
        if not mark and border < len(self._crossed) and self._crossed[border]:
            mark = CROSSED
        code = self._formats.get(format_, "")
        return Note(mark=mark, number_format=code) if mark or code else None


def _colour(attributes: dict[str, str], default: str = _BLACK) -> str:
    """A colour, so that equal ones are equal; one that is not said is that of letters."""
    rgb, indexed, theme = attributes.get("rgb", ""), attributes.get("indexed", ""), attributes.get("theme", "")
    if rgb:
        return _RGB.get(rgb.upper()[-6:], rgb.upper()[-6:])
    if indexed:
        return _INDEXES.get(indexed, f"indexed {indexed}")
    if theme:
        tint = attributes.get("tint", "")
        return f"theme {theme} {tint}" if tint else _THEME.get(theme, f"theme {theme}")
    return default
