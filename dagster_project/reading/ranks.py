"""How ranks are printed: alone ('Hạng 3'), out of how many ('3/8'), shared ('17-18', '17 ='), or in one cell with the
total ('01 (0,727)').

Here: the forms, and whether a whole column bears out the reading of one cell. Not here: whether a rank is right; that
is judged in SQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from .columns import FIGURES, UNKNOWN, HeaderColumn
from .labels import Vocabulary
from .numbers import Figure, decimal_of, figure
from .texts import one_line

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ALONE = re.compile(r"(?:=\s*)?([0-9]{1,6})(?:\s*=)?")
_OF_TWO = re.compile(r"([0-9]{1,6})\s*([/-])\s*([0-9]{1,6})")
_IN_BRACKETS = re.compile(r"([^()]*[^()\s])\s*\(\s*([^()]*[^()\s])\s*\)")


def figure_of(column: HeaderColumn, text: str, flaw: str | None, vocabulary: Vocabulary) -> Figure:
    """The figure that a column takes from a cell with this text and this flaw."""
    if column.part is not None and flaw is None:
        parts = _parts(text)
        if not parts and figure(text, flaw, vocabulary.missing).number is not None:
            return Figure(flaw="not_a_number", flaw_reason="text")  # one figure alone: nobody can tell which
        text = parts[column.part] if parts else text
    found = figure(text, flaw, vocabulary.missing, column.is_percentage)
    if column.role != "rank" or found.flaw != "not_a_number":
        return found
    rank = _rank(text, vocabulary, column.has_two_numbers)
    return found if rank is None else Figure(rank)


def borne_out(columns: list[HeaderColumn], texts: Iterable[str], vocabulary: Vocabulary) -> list[HeaderColumn]:
    """The columns that a header makes of one column of a file, in view of all texts in it.

    Where a header promises a rank and a total in one cell: both, if every cell that holds two figures has a rank where
    the header says; the one outside of the brackets, if no cell holds two; else none, since nobody can tell which is
    which. '3/8' and '17-18' are ranks where each such text of the column can be one; '15/8' among them makes all of
    them days.
    """
    texts = list(texts)
    pairs = [parts for text in texts if (parts := _parts(text))]
    place = next((column.part for column in columns if column.role == "rank"), None)
    if columns[0].part is not None and not pairs:
        columns = [replace(column, part=None) for column in columns if column.part == 0]
    elif place is not None:
        texts = [parts[place] for parts in pairs]
        if not all(_rank(text, vocabulary, True) is not None for text in texts):
            return [replace(columns[0], role=UNKNOWN, target=None, part=None)]
    two = [bare for text in texts if _OF_TWO.fullmatch(bare := _bare(text, vocabulary))]
    has_two = all(_rank(text, vocabulary, True) is not None for text in two)
    return [replace(column, has_two_numbers=has_two) if column.role == "rank" else column for column in columns]


def is_figure(column: HeaderColumn, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text below a header is a figure of this column, before anything is known of the rest of it."""
    if column.role not in FIGURES:
        return False
    if column.part is not None and (parts := _parts(text)):
        text = parts[column.part]
    return decimal_of(text) is not None or (column.role == "rank" and _rank(text, vocabulary, True) is not None)


def _rank(text: str, vocabulary: Vocabulary, has_two_numbers: bool) -> Decimal | None:
    """The rank that a text is: of '17-18', the places that several share, and of '3/8' the first."""
    bare = _bare(text, vocabulary)
    if found := _ALONE.fullmatch(bare):
        return Decimal(found[1])
    found = _OF_TWO.fullmatch(bare) if has_two_numbers else None
    if not found:
        return None
    first, last = int(found[1]), int(found[3])
    return Decimal(first) if first < last or (first == last and found[2] == "/") else None


def _bare(text: str, vocabulary: Vocabulary) -> str:
    """The text on one line without a word such as 'Hạng' before it."""
    text = one_line(text).translate(_DASHES)
    rest = vocabulary.opens("rank", text)
    return rest if rest and text.endswith(rest) else text


def _parts(text: str) -> tuple[str, str] | None:
    """The two figures of '01 (0,727)': what stands before the brackets and what in them."""
    found = _IN_BRACKETS.fullmatch(one_line(text))
    return (found[1], found[2]) if found else None
