"""How an OpenDocument spreadsheet shows its cells: struck out, raised, in the colour of their ground, and under which
number format.

Here: its styles, automatic and common. Not here: the cells (`ods_survey.py`), and what a number format does
(`number_formats.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .archive import Archive
from .conditional import Place, Rule, condition_of
from .number_formats import leaves_figures
from .seen import CROSSED, HIDDEN, RAISED, SHOWN, STRUCK_OUT
from .values import column_number, whole
from .xml_stream import parse

_PARTS = ("styles.xml", "content.xml")
_MAX_STYLES = 20  # how long a chain of styles based on each other may be
_NUMBER_STYLES = ("number-style", "percentage-style", "currency-style")
_WHITE, _BLACK = "#ffffff", "#000000"
_NO_GROUND = ("transparent", _WHITE)
_DIAGONALS = ("style:diagonal-tl-br", "style:diagonal-bl-tr")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")


class Look(NamedTuple):
    """How a cell or a run of text is shown (see `seen.py`), the code of its number format as Excel writes it, the rules
    of its conditional formatting that do not leave figures as they are, and whether it has a ground that is not
    white."""

    mark: str = SHOWN
    number_format: str = ""
    rules: tuple[Rule, ...] = ()
    has_ground: bool = False


@dataclass(slots=True)
class _Style:
    parent: str = ""
    data_style: str = ""
    says: dict[str, str] = field(default_factory=dict)
    maps: list[dict[str, str]] = field(default_factory=list)


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
        elif name == "map":
            self._style.maps.append(attributes)
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
        says, data, maps = self._said(style)
        rules = (self._rule(at) for at in maps)
        has_ground = says.get("fo:background-color", "transparent").lower() not in _NO_GROUND
        return Look(_mark(says), self._formats.get(data, ""), tuple(rule for rule in rules if rule), has_ground)

    def _said(self, style: str) -> tuple[dict[str, str], str, list[dict[str, str]]]:
        """What a style and those that it is based on say: properties, the style of numbers, conditions."""
        says: dict[str, str] = {}
        data = ""
        maps: list[dict[str, str]] = []
        for _ in range(_MAX_STYLES):
            found = self._styles.get(style)
            if found is None:
                break
            says, data, maps, style = found.says | says, data or found.data_style, maps or found.maps, found.parent
        return says, data, maps

    def _rule(self, said: dict[str, str]) -> Rule | None:
        """The rule that gives cells another style under a condition; None of one that leaves figures as they are."""
        says, data, _ = self._said(said.get("style:apply-style-name", ""))
        mark, code = _mark(says), self._formats.get(data, "")
        code = "" if leaves_figures(code) else code
        base = place_of(said.get("style:base-cell-address", "")) or (1, 1)
        return Rule(mark, code, condition_of(said.get("style:condition", ""), base)) if mark or code else None


def _mark(says: dict[str, str]) -> str:
    ground = says.get("fo:background-color", "transparent").lower()
    if says.get("fo:color", _BLACK).lower() == (_WHITE if ground in _NO_GROUND else ground):
        return HIDDEN
    if says.get("text:display") == "none":
        return HIDDEN
    lines = (says.get("style:text-line-through-style", "none"), says.get("style:text-line-through-type", "none"))
    if lines != ("none", "none"):
        return STRUCK_OUT
    position = says.get("style:text-position", "").split()
    if position and position[0] not in ("0%", "normal"):
        return RAISED
    return CROSSED if any(says.get(line, "none") != "none" for line in _DIAGONALS) else SHOWN


def place_of(address: str) -> Place | None:
    """The row and column of a cell's address, whatever sheet it names."""
    found = _ADDRESS.search(address)
    return (int(found[2]), column_number(found[1])) if found else None


def _code(name: str, attributes: dict[str, str]) -> str:
    """The format of a number as Excel would write it."""
    if name != "number":
        return "0E+0" if name == "scientific-number" else "# ?/?"
    decimals = attributes.get("number:decimal-places")
    if decimals is None:
        return ""
    factor = whole(attributes.get("number:display-factor", "")) or 1
    return "0" + ("." + "0" * min(whole(decimals) or 0, 30) if decimals != "0" else "") + "," * (len(str(factor)) // 3)
