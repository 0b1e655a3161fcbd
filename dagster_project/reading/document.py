"""What was read of one file: the records that become the landing tables, one type per table.

A record's fields are the table's columns, in this order and with these types (`warehouse/landing.py` makes the tables
from them), and each stands beside the address that it was read at. Here: shapes and their meaning. Not here: how they
are found (`tables.py`, `summary.py`), and nothing about rules: units, sums and levels are SQL's business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: `annex` as printed ('01', None outside one), the rest as the file itself counts."""

    annex: str | None = None
    page_or_sheet: str | None = None
    table_number: int | None = None
    row_number: int | None = None
    column_number: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """One per file that could be read: what its opening and its titles say of the whole.

    title_year: of 'năm 2020' in a title, never of a date. written_provinces: the names after 'tỉnh' in the titles and
    the head, else those after 'thành phố' or 'TP.', each once, with the type written out, NFC, single spaces.
    written_kind: target of the label of role `kind` that the titles hold. index_code: the index whose labels the
    tables' headers bear; rival_index_code: another that fits as well, so that nobody knows which is meant. index_year:
    the year for which one of several was chosen by its rules, or for which the tables of several years were told apart.
    changed_decision: the number of the decision that the title says this one changes; change: `amended` or `replaced`.
    rows_seen: score rows met, usable or not; of a reply workbook the replies met. other_year: of what a file holds of
    another year than its own, that year; is_restated: it stands in columns beside those of the table's own year.
    figures_seen: cells that hold a figure (`counting.py`), of the whole file but what its other years took; each is
    counted once more, in the `figures` of one record.
    """

    title: str | None
    title_year: int | None
    written_provinces: tuple[str, ...]
    written_kind: str | None
    decision_number: str | None
    decision_date: date | None
    index_code: str | None
    rival_index_code: str | None
    index_year: int | None
    changed_decision: str | None
    change: str | None
    rows_seen: int
    figures_seen: int = 0
    other_year: int | None = None
    is_restated: bool = False


# Of a file of which nothing is known.
NO_HEAD = Head(None, None, (), None, None, None, None, None, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one score table, by its header. role and target: of the label (see seeds/labels.csv); role
    `unknown` where no label fits. table_order: 1-based count of score tables that a header opened in the file (a
    header repeated on the next page continues its table). stated_max: of a header such as 'Hạ tầng (tối đa 30)'."""

    place: Place
    table_order: int
    header: str
    role: str
    target: str | None
    stated_max: Decimal | None


@dataclass(frozen=True, slots=True)
class Title:
    """The words above a score table, one row per table: tier words ('cấp xã') stand in them."""

    place: Place
    table_order: int
    title: str


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One cell of a unit row. Also for an empty cell under a known header, so that absence is a row too.

    position: counts the unit rows of an annex from 1 through all its pages. row_order: counts the unit rows of the
    file. raw_text: as it stood. number: the exact decimal, for roles component, total, number and rank; None where the
    cell is empty or flawed. meaning: the label's target for role `level` (`II`), else None.
    flaw: None, `not_a_number`, `cell_damaged`, or a doubt about what is read: `struck_out`, `cell_unclear`;
    flaw_reason: `date`, `error_value`, `formula_without_value`, `text`, or a word of `grids.UNCLEAR`. doubt: the code
    of a doubt under which the number is given all the same (`shown_rounded`, `scanned_text`, `header_differs`), so that
    nobody is told of a sum that it may spoil; else None. Group rows ('Huyện Hưng Hà' above its communes) give their
    followers a cell of role `parent`, placed at the group row. figures: how many cells of the file that hold a figure
    it is made of; 0 for a cell that is merged over several rows in all but the first."""

    place: Place
    table_order: int
    row_order: int
    position: int
    role: str
    target: str | None
    header: str
    raw_text: str
    number: Decimal | None
    meaning: str | None
    flaw: str | None
    flaw_reason: str | None
    doubt: str | None
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person sees and we cannot take for certain, or see otherwise than the file stores it, at its place.

    code: `struck_out` (a cell or a row), `cell_unclear`, `shown_rounded`, `hidden_repeated` (a hidden column or row
    that repeats a visible one), `header_differs` (the columns of a page in another order), `annex_missing` (a title
    without a table), `scanned_text` (of a page). row_order: of the unit row, None where none is meant. field: of the
    cell as the findings name it, else `row`, `column` or `file`. reason: why, in a word of reasons.csv. stored: what
    the file holds; shown: what a person sees, None where that is not known. header: of the column, where one is meant.
    """

    place: Place
    row_order: int | None
    field: str
    code: str
    reason: str
    stored: str
    shown: str | None
    header: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the summary annex: '04/19 xã, phường đạt mức độ IV (…)'. position counts its rows from 1,
    statement_order the statements of a row. written_unit: the cell of the unit that the row is about.
    out_of: the denominator, None where not printed. printed_number: of the row, with its column and cell. figures: as
    in `ScoreCell`, of the whole row in its first statement."""

    place: Place
    position: int
    statement_order: int
    written_unit: str
    level: str
    units: int
    out_of: int | None
    raw_text: str
    printed_number: Decimal | None
    number_column: int | None
    number_cell: str | None
    figures: int = 0


@dataclass(frozen=True, slots=True)
class StatementName:
    """One name that a statement lists, without 'Ủy ban nhân dân', in its order from 1."""

    place: Place
    position: int
    statement_order: int
    name_order: int
    written_name: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold of the notes under a table: 'Mức II: Mức độ đạt được ≥ 84,25'. table_order: of the table above."""

    place: Place
    table_order: int
    level: str
    pillar: str
    min_total: Decimal
    raw_text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The decision's number ('05/QĐ-UBND') and date as its own head (is_own) or the title of a table cites it."""

    place: Place
    number: str | None
    cited_date: date | None
    raw_text: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class UnusableRow:
    """A row that cannot be used. cells: its texts. reason: `struck_out`, `hidden_repeated` (see Doubt), `no_unit_name`
    (figures or a statement of nobody), `unreadable_statement` (of a summary), `no_scores` (of a table that only says
    levels), `outside_tables` (a name and figures below no header that the registry of labels knows), `no_column`
    (figures of a row that stand under none of its columns). table_order: as in `Column`; None outside tables. figures:
    how many of its cells hold one."""

    place: Place
    table_order: int | None
    reason: str
    cells: tuple[str, ...]
    figures: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Figures that are no unit's, or that nobody sees, and are left out on purpose: one record per reason, sheet or
    page, table and annex, placed at the first of its rows.

    reason: `subtotal` (rows that sum up others), `maximum` (a row of the highest scores), `group` (a row that names the
    parent of those below it), `header` (in headers, and the numbers of columns), `ignored_column` (that the registry of
    labels leaves out, or that is hidden and repeats another), `other_column` (of a summary), `hidden` (in sheets that
    are, and under merged cells), `beside_replies` (of a workbook of replies), `text` (above, between and below tables).
    rows, figures: how many."""

    place: Place
    reason: str
    rows: int
    figures: int


@dataclass(frozen=True, slots=True)
class Reply:
    """One row of a reply workbook in which somebody answered a finding. reply_order: counts them from 1. finding_id: as
    written, '' where it was lost. written_kind: the word for the kind of reply, as it stands; reply: the target of its
    label (`agree`, `correct`, `explain`), None where no label fits. proposed: a figure in plain decimals, else as
    written. replied_on: the day that written_day says, None where it says none. figures: how many cells of its row hold
    one."""

    place: Place
    reply_order: int
    finding_id: str
    written_kind: str
    reply: str | None
    text: str | None
    proposed: str | None
    replied_by: str | None
    written_day: str | None
    replied_on: date | None
    figures: int = 0


@dataclass(slots=True)
class Document:
    """All that was read of one file; what is of other years than the file's own is in documents of their own
    (`of_other_years`), as its head says."""

    head: Head
    titles: list[Title] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    cells: list[ScoreCell] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    statement_names: list[StatementName] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    unusable_rows: list[UnusableRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    of_other_years: list[Document] = field(default_factory=list)


class Unreadable(Exception):
    """A file that cannot be read as a submission. reason: a word of CONTRACT's list (`password_protected`, …);
    str(error): one English sentence that a clerk understands; vietnamese: the same in Vietnamese."""

    def __init__(self, reason: str, english: str, vietnamese: str) -> None:
        super().__init__(english)
        self.reason = reason
        self.vietnamese = vietnamese
