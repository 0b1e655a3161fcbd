"""From grids to a Document: the reader of a whole file.

Here: the records, put together of what the other modules found. Not here: any finding of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from . import head
from .beside import apart
from .choosing import Choice, choose_index
from .columns import FIGURES, UNKNOWN, HeaderColumn
from .counting import Account
from .document import (
    NO_HEAD,
    Citation,
    Column,
    Document,
    Head,
    LeftOut,
    Place,
    ScoreCell,
    Statement,
    StatementName,
    Threshold,
    Title,
    UnusableRow,
)
from .doubts import doubt_about, doubt_of_row, doubts_of, doubts_of_cell
from .grids import UNCLEAR, Cell, Grid
from .headers import is_column_numbers
from .labels import Labels
from .lines import Line, lines_of
from .notes import minima_of
from .numbers import flawed, ordinal
from .parting import Parting, part
from .ranks import figure_of
from .refusals import no_score_table, not_filled_in
from .rows import Piece, TableRow, whole_rows
from .summary import statements_of_row
from .tables import Layout, Table
from .unit_rows import UnitRows, is_subtotal, unit_rows_of

# What stands outside of all tables is told with the file's own year.
_NO_REST: dict[str, Any] = {"strays": [], "missing": []}


def read_document(grids: list[Grid], labels: Labels, year: int | None = None) -> Document:
    """All that the grids of a file hold. year: that the scores are of; by default the year of its title. Raises
    Unreadable (`no_score_table`) where it is no scores and no summary."""
    lines = lines_of(apart((grid for grid in grids if not grid.is_hidden), labels.heads_units))
    hidden = lines_of(grid for grid in grids if grid.is_hidden)
    choice = choose_index(lines, labels, year)
    if choice is None:
        raise no_score_table(lines, None)
    layout, vocabulary = choice.layout, choice.vocabulary
    parting = part(layout, vocabulary, year)
    account = Account([*lines, *hidden])
    of_other_years = [
        _Reading(choice, parting, account, earlier).restating(layout, tables)
        for earlier, tables in parting.restated.items()
    ]
    of_other_years += [
        _Reading(choice, parting, account, other).of(replace(layout, tables=tables, **_NO_REST))
        for other, tables in parting.others.items()
    ]
    # The file's own year comes last: it answers for all figures that no other year has taken.
    document = _Reading(choice, parting, account).of(replace(layout, tables=parting.own), lines, hidden)
    document.of_other_years += of_other_years
    if not layout.tables:
        raise no_score_table(lines, vocabulary)
    if not any(map(_holds_rows, (document, *of_other_years))):
        raise not_filled_in()
    return document


def _holds_rows(document: Document) -> bool:
    return bool(document.cells or document.statements or document.unusable_rows)


class _Reading:
    """The records of one file, as far as they are of one year, and the counts that run through them. account: of the
    whole file; what another year has taken of it before counts there. other_year: where that is not the file's own."""

    def __init__(self, choice: Choice, parting: Parting, account: Account, other_year: int | None = None) -> None:
        self.account = account
        self.open_before = account.open
        self.left_out: dict[tuple[str, str | None, str | None, int | None], LeftOut] = {}
        self.choice = choice
        self.parting = parting
        self.other_year = other_year
        self.vocabulary = choice.vocabulary
        self.row_order = 0
        self.positions: dict[tuple[str | int, bool], int] = defaultdict(int)
        self.document = Document(NO_HEAD)

    def of(self, layout: Layout, lines: Iterable[Line] = (), hidden: Iterable[Line] = ()) -> Document:
        """lines and hidden: all of the file, of which what no record has taken is text, or hidden."""
        order = 0
        for table in layout.tables:
            if table.is_summary:
                self._add_summary(table)
            else:
                self._add_scores(table)
            order = max(order, table.order)
            self._add_citation(table)
            self._add_thresholds(table, order)
            self._add_rest(table)
        for line in layout.strays:
            self._add_unusable(line, None, None, "outside_tables")
        self.document.doubts += doubts_of(layout)
        for reason, rest in (("hidden", hidden), ("text", lines)):
            for line in rest:
                self._leave_out(reason, line.place(), line.cells)
        self.document.left_out = list(self.left_out.values())
        self._add_head(layout)
        return self.document

    def restating(self, layout: Layout, tables: list[Table]) -> Document:
        """What the tables of later years say of this one: the names of the units, and its columns."""
        for table in tables:
            self._add_title(table)
            columns = [column for column in table.header.earlier if column.year == self.other_year]
            self._add_restated_columns(table, columns)
            for row in unit_rows_of(table, self.vocabulary).units:
                self.row_order += 1
                self.document.cells += self._restated_cells(table, row, self._next_position(table))
        self._add_head(replace(layout, tables=tables))
        self.document.head = replace(self.document.head, is_restated=True)
        self.document.citations.clear()
        return self.document

    def _add_scores(self, table: Table) -> None:
        rows = unit_rows_of(table, self.vocabulary)
        self._add_title(table)
        self._add_columns(table, rows)
        for row in rows.units:
            self.row_order += 1
            self.document.cells += self._score_cells(table, row, self._next_position(table))
            ignored = [piece for column, piece in row.pieces.items() if column.role == "ignored"]
            self._leave_out("ignored_column", row.line.place(annex=table.annex), _cells_of(ignored))
        for row in rows.nameless:
            self._add_unusable_row(row, table, "no_unit_name", row.piece("unit"))
        for reason, told in (("struck_out", rows.struck_out), ("hidden_repeated", rows.repeated)):
            for row in told:
                self._add_unusable_row(row, table, reason)
                self.document.doubts.append(doubt_of_row(row, table.annex, reason))
        for reason, row in rows.left_out:
            self._leave_out(reason, row.line.place(annex=table.annex), row.cells)

    def _add_title(self, table: Table) -> None:
        title = [line for line in table.title if line.cells]
        if title:
            place = title[0].place_of(title[0].cells[0], table.annex)
            self.document.titles.append(Title(place, table.order, " ".join(line.text for line in title)))

    def _add_restated_columns(self, table: Table, columns: list[HeaderColumn]) -> None:
        for column in columns:
            place = table.header.line_of(column).place(column.column, table.annex)
            self.document.columns.append(
                Column(place, table.order, column.header, column.role, column.target, column.stated_max)
            )

    def _restated_cells(self, table: Table, row: TableRow, position: int) -> Iterator[ScoreCell]:
        for column, piece in row.pieces.items():
            if column.role in ("unit", "parent") or (column in row.header.earlier and column.year == self.other_year):
                shown = row.parent if column.role == "parent" and row.parent else piece
                yield self._score_cell(table, column, shown, position, doubt_about(row, column, shown))
        if row.parent and not row.header.column("parent"):
            yield self._score_cell(table, HeaderColumn(0, "", "parent"), row.parent, position, None)

    def _add_columns(self, table: Table, rows: UnitRows) -> None:
        for header, column in table.columns:
            place = header.line_of(column).place(column.column, table.annex)
            stated_max = column.stated_max if column.stated_max is not None else rows.maxima.get(column.identity)
            self.document.columns.append(
                Column(place, table.order, column.header, column.role, column.target, stated_max)
            )

    def _score_cells(self, table: Table, row: TableRow, position: int) -> Iterator[ScoreCell]:
        pieces = [(column, piece) for column, piece in row.pieces.items() if column not in row.header.earlier]
        if row.parent and not row.header.column("parent"):
            pieces.append((HeaderColumn(0, "", "parent"), row.parent))
        for column, piece in pieces:
            if column.role == "ignored" or (column.role == UNKNOWN and piece.is_empty):
                continue
            piece = row.parent if column.role == "parent" and row.parent else piece
            cell = self._score_cell(table, column, piece, position, doubt_about(row, column, piece))
            self.document.doubts += doubts_of_cell(cell, piece)
            yield cell

    def _score_cell(
        self, table: Table, column: HeaderColumn, piece: Piece, position: int, doubt: str | None
    ) -> ScoreCell:
        role = column.role
        found = None
        if role in FIGURES:
            found = figure_of(column, piece.text, piece.flaw, self.vocabulary)
        elif piece.flaw in UNCLEAR:
            found = flawed(piece.flaw)
        # A name or a level is what is seen of it; of a figure all that is stored is kept.
        raw = piece.raw if role in FIGURES or not piece.text else None
        return ScoreCell(
            place=piece.place,
            table_order=table.order,
            row_order=self.row_order,
            position=position,
            role=role,
            target=column.target,
            header=column.header,
            raw_text=piece.text if raw is None else raw,
            number=found.number if found else ordinal(piece.text) if role == "number" else None,
            meaning=self.vocabulary.level(piece.text) if role == "level" and not found else None,
            flaw=found.flaw if found else None,
            flaw_reason=found.flaw_reason if found else None,
            doubt=doubt,
            figures=self.account.take(piece.cells),
        )

    def _add_summary(self, table: Table) -> None:
        for row in whole_rows(table, self.vocabulary):
            place = row.line.place(annex=table.annex)
            if is_subtotal(row, self.vocabulary):
                self._leave_out("subtotal", place, row.cells)
                continue
            said = statements_of_row(row, self.vocabulary)
            if not row.text("unit") or not isinstance(said, list):
                reason = said if isinstance(said, str) else "no_unit_name"
                lacking = row.piece("unit") if reason == "no_unit_name" else None
                self._add_unusable_row(row, table, reason, lacking)
                continue
            others = [piece for column, piece in row.pieces.items() if column.role in (UNKNOWN, "ignored")]
            self._leave_out("other_column", place, _cells_of(others))
            position = self._next_position(table)
            number = row.piece("number")
            figures = self.account.take(_cells_of(row.pieces.values()))
            for order, (place, each) in enumerate(said, 1):
                self.document.statements.append(
                    Statement(
                        place=place,
                        position=position,
                        statement_order=order,
                        written_unit=row.text("unit"),
                        level=each.level,
                        units=each.units,
                        out_of=each.out_of,
                        raw_text=each.text,
                        printed_number=ordinal(number.text) if number else None,
                        number_column=number.place.column_number if number else None,
                        number_cell=number.place.cell if number else None,
                        figures=figures if order == 1 else 0,
                    )
                )
                self.document.statement_names += [
                    StatementName(place, position, order, name_order, name)
                    for name_order, name in enumerate(each.names, 1)
                ]

    def _next_position(self, table: Table) -> int:
        counted = (table.annex, table.is_summary) if table.annex else (id(table), table.is_summary)
        self.positions[counted] += 1
        return self.positions[counted]

    def _add_citation(self, table: Table) -> None:
        cited = head.title_citation(table.title, self.vocabulary)
        if cited:
            place = cited.line.place(cited.column, table.annex)
            self.document.citations.append(Citation(place, cited.number, cited.cited_date, cited.text))

    def _add_thresholds(self, table: Table, order: int) -> None:
        for found in minima_of([*table.title, *table.notes], self.vocabulary):
            place = found.line.place(found.column, table.annex)
            self.document.thresholds.append(
                Threshold(place, order, found.level, found.pillar, found.min_total, found.text)
            )

    def _add_rest(self, table: Table) -> None:
        """What is left of the lines of a table: its headers, and figures that stand under none of its columns."""
        for page in table.parts:
            assert page.header is not None
            for line in page.header.lines:
                self._leave_out("header", line.place(annex=table.annex), line.cells)
            for line in page.lines:
                if page.header.repeats(line) or is_column_numbers(line, page.header):
                    self._leave_out("header", line.place(annex=table.annex), line.cells)
                elif self.account.has(line.cells):
                    self._add_unusable(line, table.annex, table.order, "no_column")

    def _add_unusable_row(self, row: TableRow, table: Table, reason: str, lacking: Piece | None = None) -> None:
        self._add_unusable(row.line, table.annex, table.order, reason, lacking, row.cells)

    def _add_unusable(
        self,
        line: Line,
        annex: str | None,
        table_order: int | None,
        reason: str,
        lacking: Piece | None = None,
        cells: Iterable[Cell] = (),
    ) -> None:
        """lacking: the piece that makes it so; by default the row as a whole does. cells: by default the line's."""
        place = lacking.place if lacking else line.place(annex=annex)
        cells = list(cells) or line.cells
        texts = tuple(cell.text for cell in cells)
        self.document.unusable_rows.append(
            UnusableRow(place, table_order, reason, texts, figures=self.account.take(cells))
        )

    def _leave_out(self, reason: str, place: Place, cells: Iterable[Cell]) -> None:
        figures = self.account.take(cells)
        if figures:
            key = reason, place.annex, place.page_or_sheet, place.table_number
            known = self.left_out.get(key) or LeftOut(place, reason, 0, 0)
            self.left_out[key] = replace(known, rows=known.rows + 1, figures=known.figures + figures)

    def _add_head(self, layout: Layout) -> None:
        titles = [table.title for table in layout.tables]
        own = head.own_citation(layout.opening, self.vocabulary)
        if own:
            citation = Citation(own.line.place(own.column), own.number, own.cited_date, own.text, is_own=True)
            self.document.citations.insert(0, citation)
        about = layout.opening, titles, self.vocabulary
        title = head.title_of(*about)
        changed_decision, change = head.change_of(title, self.vocabulary)
        several = self.parting.has_several
        self.document.head = Head(
            title=title,
            title_year=self.other_year or self.parting.title_year,
            written_provinces=head.provinces_of(*about),
            written_kind=head.kind_of(*about),
            decision_number=own.number if own else None,
            decision_date=own.cited_date if own else None,
            index_code=self.vocabulary.index_code if layout.tables else None,
            rival_index_code=self.choice.rival,
            index_year=self.parting.year if several else self.choice.year,
            changed_decision=changed_decision,
            change=change,
            rows_seen=self.row_order + len(self.document.unusable_rows),
            figures_seen=self.open_before - (self.account.open if self.other_year else 0),
            other_year=self.other_year,
        )


def _cells_of(pieces: Iterable[Piece]) -> list[Cell]:
    return [cell for piece in pieces for cell in piece.cells]
