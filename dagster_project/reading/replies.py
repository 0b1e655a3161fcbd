"""Replies to findings: the workbook of a quality report that comes back filled in.

Here: its table by its header, wherever its columns stand, and a record per row that somebody answered. Not here:
whether there is such a finding, and what becomes of it (SQL). The words of its header and of its answers are labels:
role `reply` (target: `finding`, `kind`, `text`, `proposed`, `replied_by`, `replied_on`) and role `reply_kind`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..days import day_at_start
from . import head
from .counting import Account
from .document import NO_HEAD, Document, Head, LeftOut, Reply
from .grids import Grid
from .labels import Labels, Vocabulary
from .lines import Line, lines_of
from .numbers import decimal_of
from .texts import key

KIND = "reply"

_NEEDED = frozenset({"finding", "kind"})
_ANSWERED = ("kind", "text", "proposed", "replied_by", "replied_on")
_MOST_LINES_ABOVE = 50  # of the header; so that a long table of scores is not searched to its end


def read_replies(grids: list[Grid], labels: Labels) -> Document | None:
    """The replies in the grids of a file, under the year and province of its titles; None where no grid has a table of
    replies. A file that has one holds replies and nothing else: scores that are sent again are a file of their own."""
    if not any(_has_table(grid, labels.common) for grid in grids):
        return None  # nearly every file
    found: list[Reply] = []
    above: list[list[Line]] = []
    lines_by_grid = [(grid, lines_of([grid])) for grid in grids]
    account = Account(line for _, lines in lines_by_grid for line in lines)
    seen = account.open
    for grid, lines in lines_by_grid:
        if grid.is_hidden:
            continue
        for at, line in enumerate(lines[:_MOST_LINES_ABOVE]):
            if columns := _columns(line, labels.common):
                above.append(lines[:at])
                found += _replies(lines[at + 1 :], columns, labels.common, len(found), account)
                break
    document = Document(_head(above, len(found), labels.common, seen), replies=found)
    document.left_out = [
        LeftOut(lines[0].place(), "hidden" if grid.is_hidden else "beside_replies", len(lines), figures)
        for grid, lines in lines_by_grid
        if (figures := account.take(cell for line in lines for cell in line.cells))
    ]
    return document


def _has_table(grid: Grid, vocabulary: Vocabulary) -> bool:
    first = lines_of([replace(grid, rows=grid.rows[:_MOST_LINES_ABOVE])])
    return not grid.is_hidden and any(_columns(line, vocabulary) for line in first)


def _columns(line: Line, vocabulary: Vocabulary) -> dict[str, int] | None:
    """The columns of a table of replies by what they hold; None where the line is not its header. A header may name a
    column in two languages, on a line each."""
    columns: dict[str, int] = {}
    for cell, text in line.pieces():
        target = vocabulary.keys("reply").get(key(text))
        if target:
            columns.setdefault(target, cell.column)
    return columns if columns.keys() >= _NEEDED else None


def _replies(
    lines: list[Line], columns: dict[str, int], vocabulary: Vocabulary, before: int, account: Account
) -> Iterator[Reply]:
    for line in lines:
        said = {target: _text(line, column) for target, column in columns.items()}
        if any(said.get(target) for target in _ANSWERED):
            before += 1
            yield replace(_reply(line, columns, said, vocabulary, before), figures=account.take(line.cells))


def _reply(line: Line, columns: dict[str, int], said: dict[str, str], vocabulary: Vocabulary, order: int) -> Reply:
    proposed = said.get("proposed", "")
    figure = decimal_of(proposed)
    return Reply(
        place=line.place(columns["kind"]),
        reply_order=order,
        finding_id=said["finding"].casefold(),
        written_kind=said["kind"],
        reply=vocabulary.keys("reply_kind").get(key(said["kind"])),
        text=said.get("text") or None,
        proposed=(proposed or None) if figure is None else _plain(f"{figure:f}"),
        replied_by=said.get("replied_by") or None,
        written_day=said.get("replied_on") or None,
        replied_on=day_at_start(said.get("replied_on", "")),
    )


def _text(line: Line, column: int) -> str:
    cell = line.cell(column)
    return (cell.text or cell.raw or "").strip() if cell else ""


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _head(above: list[list[Line]], replies: int, vocabulary: Vocabulary, figures: int) -> Head:
    return replace(
        NO_HEAD,
        title=head.title_of([], above, vocabulary),
        title_year=head.year_of([], above, vocabulary),
        written_provinces=head.provinces_of([], above, vocabulary),
        written_kind=KIND,
        rows_seen=replies,
        figures_seen=figures,
    )
