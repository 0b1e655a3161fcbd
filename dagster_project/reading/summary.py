"""The summary annex: statements in words ('04/19 xã, phường đạt mức độ IV (…)') taken apart.

Here: one text to its statements. Not here: whether they agree with the detailed annex; that is judged in SQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .columns import HeaderColumn
from .document import Place
from .labels import Vocabulary
from .numbers import ordinal
from .rows import Piece, TableRow
from .texts import key, one_line

_COUNT = r"(?<![\w/.,])([0-9]{1,4})(?:\s*/\s*([0-9]{1,4}))?\s+"
_COUNT_ALONE = re.compile(r"([0-9]{1,4})(?:\s*/\s*([0-9]{1,4}))?\s*(?:\(([^()]*)\)?)?")
_SHARE = re.compile(r"\([^()%]*%[^()]*\)")
_BETWEEN_NAMES = re.compile(r"[,;\n]| và ")
_LOOSE_ENDS = " \t.;,:-–+*"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement. names: as listed, without 'Ủy ban nhân dân'. text: the statement as it stood."""

    level: str
    units: int
    out_of: int | None
    names: tuple[str, ...]
    text: str


def statements_of_row(row: TableRow, vocabulary: Vocabulary) -> list[tuple[Place, Said]] | str:
    """What a row of a summary says of its unit, each statement with its place; or the reason why it cannot be used.

    Statements stand in words in one column, whose header may be one that elsewhere heads levels, or as counts in a
    column per level.
    """
    counts = {column: piece for column, piece in row.pieces.items() if column.role == "level_count"}
    if counts:
        return _counts(counts, row.text("count"), vocabulary)
    column = row.header.column("summary") or row.header.column("level")
    text = row.text(column.role) if column else ""
    if column is None or (column.role == "level" and not _start(vocabulary).search(text)):
        return "no_scores"
    said = statements_of(text, vocabulary)
    place = row.pieces[column].place
    return "unreadable_statement" if said is None else [(place, each) for each in said]


def _counts(counts: dict[HeaderColumn, Piece], communes: str, vocabulary: Vocabulary) -> list[tuple[Place, Said]] | str:
    total = ordinal(communes)
    found: list[tuple[Place, Said]] = []
    for column, piece in counts.items():
        if piece.is_empty or one_line(piece.text).casefold() in vocabulary.missing:
            continue
        said = count_of(piece.text, str(column.target), int(total) if total is not None else None, vocabulary)
        if said is None:
            return "unreadable_statement"
        found.append((piece.place, said))
    return found or "unreadable_statement"


def statements_of(text: str, vocabulary: Vocabulary) -> list[Said] | None:
    """The statements of a text in their order; None where some of it cannot be taken apart."""
    text = one_line(text)
    starts = list(_start(vocabulary).finditer(text))
    if not starts or any(letter.isdigit() for letter in text[: starts[0].start()]):
        return None
    ends = [start.start() for start in starts[1:]] + [len(text)]
    said = [
        _statement(start, text[start.end() : end], text[start.start() : end], vocabulary)
        for start, end in zip(starts, ends, strict=True)
    ]
    return None if any(each is None for each in said) else [each for each in said if each]


def count_of(text: str, level: str, out_of: int | None, vocabulary: Vocabulary) -> Said | None:
    """What the cell of a table of counts says of a level: '4', '04/19', '04 (xã A, …)'; None where it is no count."""
    text = one_line(text)
    found = _COUNT_ALONE.fullmatch(text)
    if not found:
        return None
    return Said(level, int(found[1]), int(found[2]) if found[2] else out_of, _names(found[3] or "", vocabulary), text)


def _start(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Where a statement begins: a number, maybe out of another, of units of some type."""
    words = sorted({*vocabulary.unit_types, *vocabulary.keys("unit")}, key=len, reverse=True)
    return re.compile(rf"{_COUNT}(?=(?:{'|'.join(map(re.escape, words))})(?!\w))", re.IGNORECASE)


def _statement(start: re.Match[str], rest: str, text: str, vocabulary: Vocabulary) -> Said | None:
    words, _, listed = _SHARE.sub(" ", rest).partition("(")
    level = vocabulary.level(words)
    if level is None:
        return None
    out_of = int(start[2]) if start[2] else None
    names = _names(listed.rpartition(")")[0] or listed, vocabulary)
    return Said(level, int(start[1]), out_of, names, text.strip(" -;"))


def _names(listed: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = [_name(name, vocabulary) for name in _BETWEEN_NAMES.split(listed)]
    return tuple(name for name in names if name)


def _name(text: str, vocabulary: Vocabulary) -> str:
    """A listed name without what stands before every one: 'xã An Khê' of 'Ủy ban nhân dân xã An Khê'."""
    text = one_line(text).strip(_LOOSE_ENDS)
    for prefix in vocabulary.find("unit_prefix", text)[:1]:
        words = len(prefix[0].split())
        if prefix.start() == 0 and key(" ".join(text.split()[:words])) == prefix[0]:
            return " ".join(text.split()[words:])
    return text
