"""Tables of a PDF page that are set without lines: what stands below each other is a column.

Here: where such a table is among the lines of a page, and its rows. Not here: its header, which takes an eye for what
reaches over several columns (`pdf_headers.py`), and tables with lines (`pdf_tables.py`).

Lines of several phrases with figures are the rows of such a table, its anchors. The gaps that nearly all of them leave
open part the columns. What stands close to an anchor belongs to its row; what stands above the first one is the header.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from ..grids import Cell, Row
from .pdf_headers import TIGHT, Span, header_rows
from .pdf_text import Line

_MIN_ROWS, _MIN_COLUMNS = 3, 3
_FIGURES = 1 / 3  # of the phrases of an anchor have a digit, at the least
_FULL = 0.6  # of the usual number of phrases, at the least
_BLOCKED = 0.15  # of the anchors may have a phrase that reaches into the gap between two columns
_NEAR = 0.75  # of the usual distance between two rows: closer is the same row
_SAME_TABLE = 2.5  # usual distances between two rows of one table, at the most
_MAX_HEADER_LINES = 8


def split(lines: list[Line]) -> Iterator[list[str] | tuple[Row, ...]]:
    """Lines as texts that follow each other and rows of tables, in their order from the top."""
    done = 0
    for anchors in _runs(lines):
        columns = _columns([lines[at] for at in anchors])
        if len(columns) >= _MIN_COLUMNS:
            first = _header_start(lines, anchors[0], done)
            last = _end(lines, anchors)
            if first > done:
                yield [line.text for line in lines[done:first]]
            yield _rows(lines, first, anchors, last, columns)
            done = last
    if done < len(lines):
        yield [line.text for line in lines[done:]]


def _runs(lines: list[Line]) -> list[list[int]]:
    """The anchors of each table, by their places among the lines."""
    phrases = [line.phrases() for line in lines]
    wide = [
        at
        for at, parts in enumerate(phrases)
        if len(parts) >= _MIN_COLUMNS
        and sum(any(letter.isdigit() for letter in part.text) for part in parts) >= _FIGURES * len(parts)
    ]
    if len(wide) < _MIN_ROWS:
        return []
    reach = _SAME_TABLE * _distance(lines, wide)
    runs = [[wide[0]]]
    for above, below in pairwise(wide):
        if lines[below].middle - lines[above].middle > reach:
            runs.append([])
        runs[-1].append(below)
    usual = [Counter(len(phrases[at]) for at in run).most_common(1)[0][0] for run in runs]
    full = [[at for at in run if len(phrases[at]) >= _FULL * many] for run, many in zip(runs, usual, strict=True)]
    return [run for run in full if len(run) >= _MIN_ROWS]


def _distance(lines: list[Line], anchors: list[int]) -> float:
    return median(lines[below].middle - lines[above].middle for above, below in pairwise(anchors))


def _columns(anchors: list[Line]) -> list[Span]:
    """From where to where the letters of each column reach."""
    spans = [(phrase.x0, phrase.x1) for line in anchors for phrase in line.phrases()]
    steps = sorted([(x0, 1) for x0, _ in spans] + [(x1, -1) for _, x1 in spans])
    columns: list[Span] = []
    inside, start = 0, None
    for x, step in steps:
        inside += step
        if start is None and inside > _BLOCKED * len(anchors):
            start = x
        elif start is not None and inside <= _BLOCKED * len(anchors):
            columns.append(Span(start, x))
            start = None
    return columns


def _header_start(lines: list[Line], anchor: int, done: int) -> int:
    """Upwards from the first anchor: lines of several phrases, and single ones that continue a cell above them."""
    start = at = anchor
    while at > max(done, anchor - _MAX_HEADER_LINES):
        gap = lines[at].middle - lines[at - 1].middle
        is_several = len(lines[at - 1].phrases()) > 1
        if gap > (_SAME_TABLE if is_several else TIGHT) * 2 * lines[at].size:
            break
        at -= 1
        start = at if is_several else start
    return start


def _end(lines: list[Line], anchors: list[int]) -> int:
    """The line after the last that belongs to the last anchor."""
    distance = _distance(lines, anchors)
    end = anchors[-1] + 1
    while end < len(lines) and _belongs(lines[end], lines[anchors[-1]], distance):
        end += 1
    return end


def _belongs(line: Line, anchor: Line, distance: float) -> bool:
    """Whether a line is part of the anchor's row. Where rows stand as close as the lines of one cell, none can be told
    to be, and each is a row of its own."""
    return distance > TIGHT * anchor.size and abs(line.middle - anchor.middle) < _NEAR * distance


def _rows(lines: list[Line], first: int, anchors: list[int], last: int, columns: list[Span]) -> tuple[Row, ...]:
    body_start = next(
        at
        for at in range(first, anchors[0] + 1)
        if at == anchors[0] or _belongs(lines[at], lines[anchors[0]], _distance(lines, anchors))
    )
    rows = header_rows(lines[first:body_start], columns)
    for group in _groups(lines, body_start, anchors, last):
        rows.append(_cells(group, columns))
    return tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))


def _groups(lines: list[Line], start: int, anchors: list[int], last: int) -> list[list[Line]]:
    """The lines of each row: an anchor with what is near it, and each line that is near none."""
    distance = _distance(lines, anchors)
    groups: dict[int, list[Line]] = {}
    for at in range(start, last):
        nearest = min(anchors, key=lambda anchor: abs(lines[anchor].middle - lines[at].middle))
        key = nearest if at == nearest or _belongs(lines[at], lines[nearest], distance) else at
        groups.setdefault(key, []).append(lines[at])
    return [groups[key] for key in sorted(groups)]


def _cells(group: list[Line], columns: list[Span]) -> tuple[Cell, ...]:
    """Each word goes to the column that its middle is in or next to."""
    borders = [(left.x1 + right.x0) / 2 for left, right in pairwise(columns)]
    found: dict[int, list[str]] = {}
    for line in group:
        words: dict[int, list] = {}
        for word in line.words:
            words.setdefault(bisect_right(borders, (word.x0 + word.x1) / 2) + 1, []).append(word)
        for column, parts in words.items():
            found.setdefault(column, []).append(Line(parts).text)
    return tuple(Cell(column, "\n".join(texts)) for column, texts in sorted(found.items()))
