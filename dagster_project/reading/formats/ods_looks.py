"""How an OpenDocument spreadsheet shows its cells: struck out, raised, white on white, and under which number format.

Here: its styles, automatic and common. Not here: the cells (`ods_survey.py`), and what a number format does
(`number_formats.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .archive import Archive
from .seen import HIDDEN, RAISED, SHOWN, STRUCK_OUT
from .values import whole
from .xml_stream import parse

_PARTS = ("styles.xml", "content.xml")
_MAX_STYLES = 20  # how long a chain of styles based on each other may be
_NUMBER_STYLES = ("number-style", "percentage-style", "currency-style")
_WHITE = "#ffffff"


class Look(NamedTuple):
    """How a cell or a run of text is shown (see `seen.py`), and the code of its number format as Excel writes it."""

    mark: str = SHOWN
    number_format: str = ""


@dataclass(slots=True)
class _Style:
    parent: str = ""
    data_style: str = ""
    says: dict[str, str] = field(default_factory=dict)


class Looks:
    """The styles of one spreadsheet, by their names."""

    def __init__(self, archive: Archive) -> None:
        self._styles: dict[str, _Style] = {}
        self._formats: dict[str, str] = {}
        self._known: dict[str, Look] = {"": Look()}
        self._style = _Style()
        self._number_style = ""
        for part in _PARTS:
            if part in archive:
                parse(part, archive.chunks(part), self._start, self._end)

    def of(self, style: str) -> Look:
        """How what has this style is shown."""
        if style not in self._known:
            self._known[style] = self._look(style)
        return self._known[style]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            parent, data = attributes.get("style:parent-style-name", ""), attributes.get("style:data-style-name", "")
            self._style = self._styles[attributes.get("style:name", "")] = _Style(parent, data)
        elif name in ("text-properties", "table-cell-properties"):
            self._style.says.update(attributes)
        elif name in _NUMBER_STYLES:
            self._number_style = attributes.get("style:name", "")
            self._formats[self._number_style] = ""
        elif name in ("number", "scientific-number", "fraction") and self._number_style:
            self._formats[self._number_style] += _code(name, attributes)

    def _end(self, name: str) -> None:
        if name == "percentage-style":
            self._formats[self._number_style] += "%"
        if name in _NUMBER_STYLES:
            self._number_style = ""

    def _look(self, style: str) -> Look:
        says: dict[str, str] = {}
        data = ""
        for _ in range(_MAX_STYLES):
            found = self._styles.get(style)
            if found is None:
                break
            says, data, style = found.says | says, data or found.data_style, found.parent
        return Look(_mark(says), self._formats.get(data, ""))


def _mark(says: dict[str, str]) -> str:
    ground = says.get("fo:background-color", "transparent")
    is_white = says.get("fo:color", "").lower() == _WHITE and ground.lower() in ("transparent", _WHITE)
    if is_white or says.get("text:display") == "none":
        return HIDDEN
    lines = (says.get("style:text-line-through-style", "none"), says.get("style:text-line-through-type", "none"))
    if lines != ("none", "none"):
        return STRUCK_OUT
    position = says.get("style:text-position", "").split()
    return RAISED if position and position[0] not in ("0%", "normal") else SHOWN


def _code(name: str, attributes: dict[str, str]) -> str:
    """The format of a number as Excel would write it."""
    if name != "number":
        return "0E+0" if name == "scientific-number" else "# ?/?"
    decimals = attributes.get("number:decimal-places")
    if decimals is None:
        return ""
    factor = whole(attributes.get("number:display-factor", "")) or 1
    return "0" + ("." + "0" * min(whole(decimals) or 0, 30) if decimals != "0" else "") + "," * (len(str(factor)) // 3)
