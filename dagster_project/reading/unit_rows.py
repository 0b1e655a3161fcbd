"""Which rows of a table of scores are units: told from group rows, subtotals, maxima and rows that name nobody.

Here: what each row is, and whose parent a group row ('Huyện Hưng Hà' above its communes) names. Not here: how a row's
cells come to their columns (`rows.py`), and the records made of them (`reader.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from .columns import FIGURES
from .labels import Vocabulary
from .lines import Line
from .numbers import figure, ordinal
from .rows import Piece, TableRow, whole_rows
from .tables import Table
from .texts import NUMBERING, bare_name, key

_LONGEST_NAME = 8


@dataclass(slots=True)
class UnitRows:
    """The rows of a table, told apart. maxima: of the columns whose maximum a row of its own states, by identity.
    struck_out: those whose name is; repeated: hidden ones of a unit that a visible one is about, too. left_out: those
    that are no unit's, by the reasons of `document.LeftOut`."""

    units: list[TableRow] = field(default_factory=list)
    nameless: list[TableRow] = field(default_factory=list)
    struck_out: list[TableRow] = field(default_factory=list)
    repeated: list[TableRow] = field(default_factory=list)
    left_out: list[tuple[str, TableRow]] = field(default_factory=list)
    maxima: dict[tuple[str, str | None, str], Decimal] = field(default_factory=dict)


def unit_rows_of(table: Table, vocabulary: Vocabulary) -> UnitRows:
    """The rows of a table of scores by what they are."""
    found = UnitRows()
    rows = whole_rows(table, vocabulary)
    scored_types = {vocabulary.type_of(row.text("unit")) for row in rows if row.has_figures}
    are_groups_in_titles = _are_all_titles_names(rows)
    parents = {key(row.text("parent")) for row in rows} - {""}
    group: Piece | None = None
    for row in rows:
        group = _group_of_title(row, table.annex, are_groups_in_titles, vocabulary) or group
        if row.is_struck_out:
            found.struck_out.append(row)
        elif _is_maximum(row, vocabulary):
            found.maxima |= _maxima(row, vocabulary)
            found.left_out.append(("maximum", row))
        elif is_subtotal(row, vocabulary, parents):
            found.left_out.append(("subtotal", row))
        elif name := _group_name(row, scored_types, vocabulary):
            group = name
            found.left_out.append(("group", row))
            parents.add(key(name.text))
        elif row.text("unit"):
            is_parent_itself = vocabulary.type_of(row.text("unit")) in vocabulary.parent_types
            found.units.append(replace(row, parent=None if is_parent_itself else group))
        else:
            found.nameless.append(row)
    if table.header.column("parent"):
        found.units = _with_parents_said_once(found.units)
    seen = {_about(row) for row in found.units if not row.line.row.is_hidden}
    found.repeated = [row for row in found.units if row.line.row.is_hidden and _about(row) in seen]
    found.units = [row for row in found.units if row not in found.repeated]
    return found


def _about(row: TableRow) -> tuple[str, str]:
    """The unit of a row and its parent, as two rows about the same unit name them."""
    return key(row.text("unit")), key(row.parent.text) if row.parent else ""


def is_subtotal(row: TableRow, vocabulary: Vocabulary, parents: Collection[str] = ()) -> bool:
    """Whether a row sums up others: 'Tổng cộng', 'Cộng (12 xã)', 'Trung bình huyện …', 'Cộng Hưng Hà' where that is one
    of the table's parents, and has no number. A name that only begins like such a word ('Cộng Hòa') is a unit."""
    if ordinal(row.text("number")) is not None:
        return False
    rests = [vocabulary.opens("subtotal", row.text(role)) for role in ("number", "unit")]
    return any(rest is not None and (rest in parents or _is_of_a_subtotal(rest, vocabulary)) for rest in rests)


def _is_of_a_subtotal(rest: str, vocabulary: Vocabulary) -> bool:
    """Whether what follows the word makes it no name: nothing, a number or mark, a type of unit, another such word."""
    if not rest or not rest[0].isalpha() or vocabulary.type_of(rest):
        return True
    return vocabulary.opens("subtotal", rest) is not None


def _is_maximum(row: TableRow, vocabulary: Vocabulary) -> bool:
    rests = [vocabulary.opens("maximum", row.text(role)) for role in ("number", "unit")]
    return any(rest is not None and not rest[:1].isalpha() for rest in rests)


def _maxima(row: TableRow, vocabulary: Vocabulary) -> dict[tuple[str, str | None, str], Decimal]:
    found = {column: figure(piece.text, piece.flaw, vocabulary.missing).number for column, piece in row.pieces.items()}
    return {
        column.identity: number for column, number in found.items() if column.role in FIGURES and number is not None
    }


def _group_name(row: TableRow, scored_types: set[str | None], vocabulary: Vocabulary) -> Piece | None:
    """The name of a group row, without its numbering; None for any other row."""
    if row.has_figures or row.text("level"):
        return None
    unit, number = row.piece("unit"), row.piece("number")
    piece = unit if unit and not unit.is_empty else number
    if piece is None or piece.is_empty:
        return None
    is_numbered = ordinal(row.text("number")) is not None
    kind = vocabulary.type_of(bare_name(piece.text))
    is_above = kind in vocabulary.parent_types and not scored_types & vocabulary.parent_types
    is_told_apart = row.header.column("number") is not None or bool(scored_types - {None})
    is_bare = kind is None and is_told_apart and len(row.line.cells) == 1 and not is_numbered
    is_lettered = bool(row.text("number")) and not is_numbered and len(row.line.cells) == 2
    if not (row.is_merged or is_bare or is_lettered or (is_above and (not is_numbered or scored_types - {None}))):
        return None
    return replace(piece, text=bare_name(piece.text), raw=None)


def _group_of_title(row: TableRow, annex: str | None, is_bare: bool, vocabulary: Vocabulary) -> Piece | None:
    """The parent that the last line above the header of a row names, and nothing else: '2. Huyện Quỳnh Phụ'; without
    its type only where all titles of the table are such names."""
    last = _last_line(row)
    if last is None or not _is_name(last):
        return None
    name = bare_name(last.text)
    if not is_bare and vocabulary.type_of(name) not in vocabulary.parent_types:
        return None
    return Piece(name, last.place_of(last.cells[0], annex))


def _are_all_titles_names(rows: list[TableRow]) -> bool:
    """Whether a table has several parts, each under a numbered name: '1. Hưng Hà'."""
    lines = [line for row in rows if (line := _last_line(row))]
    return len(lines) > 1 and all(_is_name(line) and NUMBERING.match(line.text) for line in lines)


def _last_line(row: TableRow) -> Line | None:
    """The last line of the title above a row that is the first below a header."""
    return next((line for line in reversed(row.title) if line.cells), None)


def _is_name(line: Line) -> bool:
    """Whether a line of a title may be a name and nothing else: few words, no figure."""
    name = bare_name(line.text)
    return len(line.cells) == 1 and len(name.split()) <= _LONGEST_NAME and not any(map(str.isdigit, name))


def _with_parents_said_once(units: list[TableRow]) -> list[TableRow]:
    """For rows under a column of parents: where it names each parent once, at the first of its units, the name holds
    for the empty cells below it. A column that repeats a name has no such cells, and an empty one stays empty."""
    pieces = [row.piece("parent") for row in units]
    said = [(piece.place, key(piece.text)) for piece in pieces if piece and not piece.is_empty]
    repeats = any(one[0] != next_one[0] and one[1] == next_one[1] for one, next_one in pairwise(said))
    found: list[TableRow] = []
    for row, piece in zip(units, pieces, strict=True):
        is_above = piece is not None and piece.is_empty and not repeats and bool(found)
        found.append(replace(row, parent=found[-1].parent if is_above else piece))
    return found
