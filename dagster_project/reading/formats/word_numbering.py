"""Numbers that Word puts before paragraphs by itself and stores nowhere: '1.' in a column 'TT', 'Điều 2.'.

Here: the lists of a document and their counters. Not here: the text of paragraphs (`word.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .values import whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN += ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MAX_STYLES = 20  # how long a chain of styles based on each other may be


@dataclass(slots=True)
class _Level:
    """How one level of a list is counted: pattern '%1.%2', kind 'decimal', first number."""

    pattern: str = ""
    kind: str = "decimal"
    start: int = 1


@dataclass(slots=True)
class _List:
    """One list; several references to it count on together. counts: by level, how far it has come."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. numbering, styles: the roots of the parts of these names, None where there is none."""

    def __init__(self, numbering, styles) -> None:
        abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        for definition in () if numbering is None else numbering.iterchildren(f"{_W}abstractNum"):
            abstract[definition.get(f"{_W}abstractNumId", "")] = _List(dict(map(_level, definition.iter(f"{_W}lvl"))))
        for use in () if numbering is None else numbering.iterchildren(f"{_W}num"):
            name = use.get(f"{_W}numId", "")
            self._lists[name] = abstract.get(_value(use, "abstractNumId"), _List())
            for change in use.iterchildren(f"{_W}lvlOverride"):
                if (start := whole(_value(change, "startOverride"))) is not None:
                    self._restarts[name][whole(change.get(f"{_W}ilvl", "")) or 0] = start
        self._of_style = {} if styles is None else {style: _of_properties(at) for style, at in _styles(styles).items()}

    def label(self, paragraph) -> str:
        """The number before a paragraph, '' where there is none; counts on, so ask once for each, in their order."""
        properties = paragraph.find(f"{_W}pPr")
        name, level = _of_properties(properties) or self._of_style.get(_value(properties, "pStyle")) or ("0", 0)
        numbered = self._lists.get(name)
        if numbered is None or level not in numbered.levels:
            return ""
        self._count(name, numbered, level)
        shown = numbered.levels[level]
        if shown.kind == "bullet":
            return ""
        return _LEVEL.sub(lambda found: _shown(numbered, int(found[1]) - 1), shown.pattern)

    def _count(self, name: str, numbered: _List, level: int) -> None:
        restart = self._restarts[name].pop(level, None)
        if restart is not None:
            numbered.counts[level] = restart
        else:
            numbered.counts[level] = numbered.counts.get(level, numbered.levels[level].start - 1) + 1
        for deeper in [other for other in numbered.counts if other > level]:
            del numbered.counts[deeper]


def _level(element) -> tuple[int, _Level]:
    start = whole(_value(element, "start"))
    pattern, kind = _value(element, "lvlText"), _value(element, "numFmt") or "decimal"
    return whole(element.get(f"{_W}ilvl", "")) or 0, _Level(pattern, kind, 1 if start is None else start)


def _shown(numbered: _List, level: int) -> str:
    how = numbered.levels.get(level, _Level())
    number = numbered.counts.get(level, how.start)
    if how.kind in ("upperRoman", "lowerRoman"):
        text = _roman(number)
        return text if how.kind == "upperRoman" else text.lower()
    if how.kind in ("upperLetter", "lowerLetter") and number > 0:
        text = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text if how.kind == "upperLetter" else text.lower()
    return f"{number:02d}" if how.kind == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _value(parent, name: str) -> str:
    """The value of a child of this name, '' where there is none."""
    child = None if parent is None else parent.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def _of_properties(properties) -> tuple[str, int] | None:
    """The list and level that properties of a paragraph or style name."""
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    if numbered is None or not _value(numbered, "numId"):
        return None
    return _value(numbered, "numId"), whole(_value(numbered, "ilvl")) or 0


def _styles(styles) -> dict:
    """By style, the paragraph properties that say its list: its own, or those of a style that it is based on."""
    by_name = {style.get(f"{_W}styleId", ""): style for style in styles.iterchildren(f"{_W}style")}
    found = {}
    for name, style in by_name.items():
        for _ in range(_MAX_STYLES):
            properties = style.find(f"{_W}pPr")
            if _of_properties(properties) is not None:
                found[name] = properties
                break
            style = by_name.get(_value(style, "basedOn"))
            if style is None:
                break
    return found
