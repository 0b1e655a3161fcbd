"""What lies over the cells of an XLSX sheet: lines, and shapes that are filled.

Here: the drawing of a sheet. Not here: pictures, charts and objects, which stand beside a table or are told of where
one is missing (`xlsx_survey.py`).

A shape says in which cells it begins and ends and how far inside them; how wide these are is not asked, so a cell that
it only touches at its edge is taken for free of it by what is usual.
"""

from __future__ import annotations

import posixpath

from .archive import Archive
from .conditional import Range
from .values import whole
from .xml_stream import parse

_MOST_SHAPES = 50
_LATE = {"col": 400_000, "row": 120_000}  # of a cell's width or height: what begins behind leaves it free
_EARLY = {"col": 150_000, "row": 60_000}  # and what ends before
_LINES = ("line", "straightConnector1")


def drawn_over(archive: Archive, sheet: str) -> list[Range]:
    """The cells under the shapes of a sheet, by the name of its part."""
    folder, name = posixpath.split(sheet)
    links = f"{folder}/_rels/{name}.rels"
    drawings: list[str] = []

    def link(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/drawing"):
            target = attributes.get("Target", "")
            drawings.append(target.lstrip("/") if target[:1] == "/" else posixpath.normpath(f"{folder}/{target}"))

    if links in archive:
        parse(links, archive.chunks(links), link)
    found = _Drawing()
    for part in drawings:
        if part in archive:
            parse(part, archive.chunks(part), found.start, found.end, found.text)
    return found.ranges[:_MOST_SHAPES]


class _Drawing:
    """Handlers for the events of a drawing."""

    def __init__(self) -> None:
        self.ranges: list[Range] = []
        self._open: list[str] = []
        self._corners: dict[str, dict[str, str]] = {}
        self._is_line = self._is_shape = self._is_clear = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if name.endswith("Anchor"):
            self._corners = {"from": {}, "to": {}}
            self._is_line = self._is_shape = self._is_clear = False
        elif name in ("sp", "cxnSp"):
            self._is_shape = True
            self._is_line |= name == "cxnSp"
        elif name == "prstGeom":
            self._is_line |= attributes.get("prst") in _LINES
        elif "ln" not in self._open and "spPr" in self._open and name in ("noFill", "alpha"):
            self._is_clear = True

    def text(self, piece: str) -> None:
        if len(self._open) > 1 and (corner := self._corners.get(self._open[-2])) is not None:
            corner[self._open[-1]] = corner.get(self._open[-1], "") + piece

    def end(self, name: str) -> None:
        self._open.pop()
        if name == "twoCellAnchor" and self._is_shape and (self._is_line or not self._is_clear):
            (left, right), (top, bottom) = self._span("col"), self._span("row")
            self.ranges.append((top, left, bottom, right))

    def _span(self, name: str) -> tuple[int, int]:
        """The first and last row or column under the shape, from 1."""
        first, last = (whole(self._corners[corner].get(name, "").strip()) or 0 for corner in ("from", "to"))
        begins, ends = (whole(self._corners[at].get(f"{name}Off", "").strip()) or 0 for at in ("from", "to"))
        if first == last:
            return first + 1, last + 1
        return first + 1 + (begins > _LATE[name]), last + (ends > _EARLY[name])
