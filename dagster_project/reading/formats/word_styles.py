"""How Word shows a run of text: struck out, hidden, raised, by its own properties or those of its styles.

Here: properties and the styles that they come from. Not here: the text (`word.py`).
"""

from __future__ import annotations

from functools import cache

from .seen import HIDDEN, RAISED, SHOWN, STRUCK_OUT

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off")
_MAX_STYLES = 20  # how long a chain of styles based on each other may be
_WHITE = "FFFFFF"
# The properties that may make a run be shown otherwise than it is stored.
_TELLING = {f"{_W}{name}" for name in ("vanish", "color", "strike", "dstrike", "vertAlign", "position")}
_NO_FILL = ("", "auto", _WHITE)
OF_STYLE = "of the table's style"  # a ground whose colour is not asked


class Styles:
    """The styles of one document. styles: the root of the part of this name, None where there is none."""

    def __init__(self, styles) -> None:
        every = () if styles is None else styles.iterchildren(f"{_W}style")
        self._by_name = {style.get(f"{_W}styleId", ""): style for style in every}
        self._property = cache(self._property_of_style)
        self._mark_of_styles = cache(lambda styles, ground: self._mark(None, styles, ground))

    def mark(self, run, paragraph_style: str, ground: str) -> str:
        """How a run is shown. ground: the colour that it stands on, '' for white."""
        own = run.find(f"{_W}rPr")
        styles = (_value(own, "rStyle"), paragraph_style)
        if own is None or _TELLING.isdisjoint(child.tag for child in own):
            return self._mark_of_styles(styles, ground)
        return self._mark(own, styles, ground)

    def _mark(self, own, styles: tuple[str, ...], ground: str) -> str:
        own_ground = _fill(own)
        ground = ground if own_ground in ("", "auto") else own_ground
        is_unseen = self._says("color", own, styles) == (_WHITE if ground in _NO_FILL else ground)
        if is_unseen or self._is_on("vanish", own, styles):
            return HIDDEN
        if self._is_on("strike", own, styles) or self._is_on("dstrike", own, styles):
            return STRUCK_OUT
        if self._says("vertAlign", own, styles) in ("superscript", "subscript"):
            return RAISED
        return RAISED if self._says("position", own, styles) not in ("", "0") else SHOWN

    def fills(self, table_style: str) -> str:
        """`OF_STYLE` where a style of tables gives some of their cells a ground, else ''."""
        has_fill = any(style.find(f".//{_W}shd") is not None for style in self._chain(table_style))
        return OF_STYLE if has_fill else ""

    def _is_on(self, name: str, own, styles: tuple[str, ...]) -> bool:
        said = self._says(name, own, styles, default="true")
        return said not in ("", *_OFF)

    def _says(self, name: str, own, styles: tuple[str, ...], default: str = "") -> str:
        """The value of a property: the run's own, else that of the first style that has it; '' where none has."""
        if own is not None and (found := own.find(f"{_W}{name}")) is not None:
            return found.get(f"{_W}val", default)
        said = (self._property(style, name, default) for style in styles if style)
        return next((value for value in said if value is not None), "")

    def _property_of_style(self, style: str, name: str, default: str) -> str | None:
        for at in self._chain(style):
            if (found := at.find(f"{_W}rPr/{_W}{name}")) is not None:
                return found.get(f"{_W}val", default)
        return None

    def _chain(self, style: str) -> list:
        chain: list = []
        while (found := self._by_name.get(style)) is not None and len(chain) < _MAX_STYLES:
            chain.append(found)
            style = _value(found, "basedOn")
        return chain


def ground_of(cell) -> str:
    """The colour of a cell's own ground, '' where it is white or the cell says none."""
    ground = cell.find(f"{_W}tcPr/{_W}shd")
    fill = "" if ground is None else ground.get(f"{_W}fill", "")
    return "" if fill in _NO_FILL else fill


def _fill(properties) -> str:
    """The ground of a run itself: its shading, or a marker's colour."""
    if properties is None:
        return ""
    if properties.find(f"{_W}highlight") is not None:
        return "highlight"
    ground = properties.find(f"{_W}shd")
    return "" if ground is None else ground.get(f"{_W}fill", "")


def _value(parent, name: str) -> str:
    child = None if parent is None else parent.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")
