"""What a piece of a publication is made of, as a mark: a hash of its rows, of the rows that all pieces are made of, and
of the program that makes it. Where it is that of the publication before, so is the piece, and it is not made again.

Here: marks of pieces that are told by a column, such as a year or an assessment. Not here: taking over (`before.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from .comparing import columns, name

# The libraries that write what is published; duckdb's hash of a row is another in another release, too.
_LIBRARIES = ("duckdb", "jinja2", "python-docx", "typst", "vl-convert-python", "XlsxWriter")
_SOURCES = ("*.py", "*.html", "*.typ", "*.ttf", "*.css", "*.js")


class MadeOf:
    """The marks of all pieces of a part.

    tables: those that the part asks. by: the column that tells which piece a row is of. Where a table has none, a row
    of a finding is of the piece that the finding is of, and any other is of all pieces.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, tables: Sequence[str], by: str) -> None:
        known = columns(connection, _database(connection))
        of_all: list[Any] = [program()]
        self._of_pieces: dict[Any, list[Any]] = {}
        for table in tables:
            of_all.append((table, known[table]))
            for piece, *found in _hashes(connection, table, known[table], by):
                (of_all if piece is None else self._of_pieces.setdefault(piece, [])).append((table, *found))
        self._of_all = hash_of(of_all)

    def mark(self, piece: Any, *besides: Any) -> str:
        """The mark of a piece. besides: what else it is made of."""
        return hash_of([self._of_all, *self._of_pieces.get(piece, ()), *besides])


def hash_of(parts: Iterable[Any]) -> str:
    """A hash of what these print as."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{part!r}\n".encode())
    return digest.hexdigest()[:32]


@cache
def program() -> str:
    """How anything is written: all that publishes, and the libraries that it writes with."""
    digest = hashlib.sha256("".join(f"{one} {version(one)}\n" for one in _LIBRARIES).encode())
    here = Path(__file__).parent
    for path in sorted(path for kind in _SOURCES for path in here.rglob(kind)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _hashes(connection: duckdb.DuckDBPyConnection, table: str, known: Iterable[str], by: str) -> list[tuple]:
    """Of each piece, and of what is of none: how many rows, and the sum of their hashes. In a fixed order."""
    source, key = f"{name(table)} AS one", "NULL"
    if by in known:
        key = f"one.{name(by)}"
    elif "finding_id" in known:
        key = f"finding.{name(by)}"
        source += " LEFT JOIN fct_finding AS finding USING (finding_id)"
    hashed = ", ".join(f"one.{name(column)}" for column in known)
    return connection.execute(
        f"SELECT {key} AS piece, count(*), sum(hash({hashed})) FROM {source} GROUP BY piece ORDER BY piece"
    ).fetchall()


def _database(connection: duckdb.DuckDBPyConnection) -> str:
    (found,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    return found
