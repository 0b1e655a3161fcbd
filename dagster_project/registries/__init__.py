"""The tables that people keep by hand: read as office programs save them, checked at once, and made ready to be built.

Here: the registries (`dbt_project/seeds/`, a root's `registries/`), and what the ledger needs of the same reading. Not
here: what a registry does to results; that is SQL.
"""

from __future__ import annotations

from .files import ADDED, common_file, own_files, sources
from .in_force import indices_in_force
from .mistakes import Mistake, Mistakes, sentences
from .prepared import prepare, rows

__all__ = [
    "ADDED",
    "Mistake",
    "Mistakes",
    "common_file",
    "indices_in_force",
    "own_files",
    "prepare",
    "rows",
    "sentences",
    "sources",
]
