"""Where each figure of a file ends: every cell that holds one is taken by exactly one record.

Here: which cells hold a figure, and the account of those that nothing was made of yet. Not here: which record takes a
cell (`reader.py`), and what becomes of the records (SQL, which holds the same account to the end).
"""

from __future__ import annotations

from collections.abc import Iterable

from .grids import UNCLEAR, Cell
from .lines import Line


def holds_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure: its text has a digit and no letter ('27,31', '(1)', '12/08'), or it
    is spoiled, so that nobody knows which figure it had."""
    if cell.flaw and cell.flaw not in UNCLEAR:
        return True
    text = cell.text or cell.raw or ""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


class Account:
    """The figures of a file. Those that no record took are still open."""

    def __init__(self, lines: Iterable[Line]) -> None:
        # By identity: a reader hands the same cells on from grid to line to piece, and equal cells are not one.
        self._open = {id(cell) for line in lines for cell in line.cells if holds_figure(cell)}

    @property
    def open(self) -> int:
        """How many figures no record has taken; before the first record all that the file holds."""
        return len(self._open)

    def has(self, cells: Iterable[Cell]) -> bool:
        """Whether one of these cells holds a figure that no record has taken."""
        return not self._open.isdisjoint(map(id, cells))

    def take(self, cells: Iterable[Cell]) -> int:
        """How many of these cells hold a figure that no record has taken; from now on one has."""
        taken = self._open.intersection(map(id, cells))
        self._open -= taken
        return len(taken)
