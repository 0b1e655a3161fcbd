"""Tables of a PDF page that are set without lines: what stands below each other is a column.

Here: where such a table is among the lines of a page, and its rows. Not here: its header, which takes an eye for what
reaches over several columns (`pdf_headers.py`), and tables with lines (`pdf_tables.py`).

Lines of several phrases with figures are the rows of such a table, its anchors. The gaps that nearly all of them leave
open part the columns. Rows part where the lines are the farthest apart; what stands above the first one is the header.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from ..grids import Cell, Row
from .pdf_headers import TIGHT, Span, header_rows
from .pdf_text import Line, Word

_MIN_ROWS, _MIN_COLUMNS = 3, 3
_FIGURES = 1 / 3  # of the phrases of an anchor have a digit, at the least
_FULL = 0.6  # of the usual number of phrases, at the least
_BLOCKED = 0.15  # of the anchors may have a phrase that reaches into the gap between two columns
_WIDE_GAP = 0.8  # of the widest gap between the lines of two rows: rows part where it is wider
_SAME_TABLE = 2.5  # usual distances between two rows of one table, at the most
_MAX_HEADER_LINES = 8


class ColumnReader:
    """Finds the tables without lines on page after page. It remembers the last one's columns: a page that holds only
    the last rows of a table would not show them."""

    def __init__(self) -> None:
        self._columns: list[Span] = []
        self._gap = 0.0

    def split(self, lines: list[Line]) -> Iterator[list[str] | tuple[Row, ...]]:
        """Lines as texts that follow each other and rows of tables, in their order from the top."""
        done = 0
        for anchors in _runs(lines):
            if self._look(lines, anchors):
                first = _header_start(lines, anchors[0], done)
                start, end = _body(lines, anchors, first, self._gap)
                if first > done:
                    yield [line.text for line in lines[done:first]]
                rows = header_rows(lines[first:start], self._columns)
                rows += [_cells(group, self._columns) for group in _groups(lines, start, anchors, end)]
                yield tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))
                done = end
        if done < len(lines):
            yield [line.text for line in lines[done:]]

    def _look(self, lines: list[Line], anchors: list[int]) -> bool:
        """Whether anchors are a table: by their own columns where there are enough of them, else by those that are
        remembered, if the anchors fill these."""
        if len(anchors) >= _MIN_ROWS:
            self._columns = _columns([lines[at] for at in anchors])
            self._gap = median(max(_gaps(lines, above, below)) for above, below in pairwise(anchors))
            return len(self._columns) >= _MIN_COLUMNS
        return bool(self._columns) and all(
            _FULL * len(self._columns) <= len(lines[at].phrases()) <= len(self._columns) for at in anchors
        )


def _runs(lines: list[Line]) -> list[list[int]]:
    """The lines that may be anchors, by their places among all, a list for each stretch without a large gap."""
    phrases = [line.phrases() for line in lines]
    wide = [
        at
        for at, parts in enumerate(phrases)
        if len(parts) >= _MIN_COLUMNS
        and sum(any(letter.isdigit() for letter in part.text) for part in parts) >= _FIGURES * len(parts)
    ]
    runs: list[list[int]] = [[at] for at in wide[:1]]
    reach = _SAME_TABLE * median([lines[below].middle - lines[above].middle for above, below in pairwise(wide)] or [0])
    for above, below in pairwise(wide):
        if lines[below].middle - lines[above].middle > reach:
            runs.append([])
        runs[-1].append(below)
    usual = [Counter(len(phrases[at]) for at in run).most_common(1)[0][0] for run in runs]
    return [[at for at in run if len(phrases[at]) >= _FULL * many] for run, many in zip(runs, usual, strict=True)]


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


def _body(lines: list[Line], anchors: list[int], first: int, gap: float) -> tuple[int, int]:
    """The first line of the first row, and the line after the last row: with lines that stand closer to those of an
    anchor than rows to each other (gap). Where rows stand as close as the lines of a cell, none is told to belong."""
    start, end = anchors[0], anchors[-1] + 1
    if gap > TIGHT * lines[anchors[0]].size:
        while start > first and lines[start].middle - lines[start - 1].middle < _WIDE_GAP * gap:
            start -= 1
        while end < len(lines) and lines[end].middle - lines[end - 1].middle < _WIDE_GAP * gap:
            end += 1
    return start, end


def _groups(lines: list[Line], start: int, anchors: list[int], end: int) -> list[list[Line]]:
    """The lines of each row. Between two anchors rows part where the lines are the farthest from each other; what has
    such a gap on both sides is a row of its own."""
    groups = [lines[start : anchors[0] + 1]]
    for above, below in pairwise(anchors):
        gaps = _gaps(lines, above, below)
        for at, gap in enumerate(gaps, start=above + 1):
            if gap > _WIDE_GAP * max(gaps):
                groups.append([])
            groups[-1].append(lines[at])
    groups[-1] += lines[anchors[-1] + 1 : end]
    return groups


def _gaps(lines: list[Line], first: int, last: int) -> list[float]:
    return [below.middle - above.middle for above, below in pairwise(lines[first : last + 1])]


def _cells(group: list[Line], columns: list[Span]) -> tuple[Cell, ...]:
    """Each word goes to the column that its middle is in or next to; a single phrase, such as the name of the district
    above its communes, is one cell over all that it reaches."""
    borders = [(left.x1 + right.x0) / 2 for left, right in pairwise(columns)]
    if len(group) == 1 and len(group[0].phrases()) == 1:
        first, last = bisect_right(borders, group[0].x0) + 1, bisect_right(borders, group[0].x1) + 1
        return (Cell(first, group[0].text, across=last - first + 1),)
    found: dict[int, list[str]] = defaultdict(list)
    for line in group:
        words: dict[int, list[Word]] = defaultdict(list)
        for word in line.words:
            words[bisect_right(borders, (word.x0 + word.x1) / 2) + 1].append(word)
        for column, parts in words.items():
            found[column].append(Line(parts).text)
    return tuple(Cell(column, "\n".join(texts)) for column, texts in sorted(found.items()))
