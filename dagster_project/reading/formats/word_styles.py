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


class Styles:
    """The styles of one document. styles: the root of the part of this name, None where there is none."""

    def __init__(self, styles) -> None:
        every = () if styles is None else styles.iterchildren(f"{_W}style")
        self._by_name = {style.get(f"{_W}styleId", ""): style for style in every}
        self._property = cache(self._property_of_style)
        self._mark_of_styles = cache(lambda styles, has_fill: self._mark(None, styles, has_fill))

    def mark(self, run, paragraph_style: str, has_fill: bool) -> str:
        """How a run is shown. has_fill: it stands on a ground that is not white."""
        own = run.find(f"{_W}rPr")
        styles = (_value(own, "rStyle"), paragraph_style)
        if own is None or _TELLING.isdisjoint(child.tag for child in own):
            return self._mark_of_styles(styles, has_fill)
        return self._mark(own, styles, has_fill)

    def _mark(self, own, styles: tuple[str, ...], has_fill: bool) -> str:
        if self._is_on("vanish", own, styles) or (
            not has_fill and self._says("color", own, styles) == _WHITE and _fill(own) in _NO_FILL
        ):
            return HIDDEN
        if self._is_on("strike", own, styles) or self._is_on("dstrike", own, styles):
            return STRUCK_OUT
        if self._says("vertAlign", own, styles) in ("superscript", "subscript"):
            return RAISED
        return RAISED if self._says("position", own, styles) not in ("", "0") else SHOWN

    def fills(self, table_style: str) -> bool:
        """Whether a style of tables gives some of their cells a ground."""
        return any(style.find(f".//{_W}shd") is not None for style in self._chain(table_style))

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


def has_fill(cell) -> bool:
    """Whether a cell has a ground of its own that is not white."""
    ground = cell.find(f"{_W}tcPr/{_W}shd")
    return ground is not None and ground.get(f"{_W}fill", "") not in _NO_FILL


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
