"""What changed from one published warehouse to another: per table the rows added, removed or changed, by key.

Here: finding them, in SQL, on both files at once. Not here: the units whose results changed (`changed_units.py`), which
two files those are, and how it is told (`commands/diff.py`, `changes.py`).

A row is told from others by the key that the newer warehouse publishes for its table (`table_key`), else the older. A
table without one, or with one that does not hold on both sides, has rows added and removed, and none changed. Where a
fact is the same and only what it was read from, where and when is another, its row is `traced`: no change of a result.
Tables, and rows of a table, whose figures differ come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ..errors import UserError
from .changed_units import ChangedUnits, changed_units
from .comparing import attach, columns, is_described_alike, is_same_table, name, tables
from .only import ALL, Only, chosen

CHANGED, ADDED, GONE, TRACED = "changed", "added", "gone", "traced"

# Of facts: what their rows were read from, where it stood there, and on which days it counted.
_TRACES = {
    *("submission_id", "sha256", "supersedes", "first_seen_in", "resolved_in", "short_id"),
    *("page_or_sheet", "table_number", "row_number", "column_number", "cell", "raw_text"),
    *("received_on", "valid_from", "valid_to", "known_from", "known_to"),
}
_OF_FACTS = ("fct_", "draft_", "run_manifest")
_FIGURE_WORDS = frozenset({"level", "rank"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row that differs. key: its values by their columns, none where the table has no key. unit: the name of
    the unit that the key names, where there is one. before and after: the whole row; of a changed or traced one only
    the columns that make it so; None on the side where it is not."""

    key: dict[str, Any]
    unit: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that both sides have, and in which they differ. counts: rows added, gone, changed and traced. figures:
    rows changed in a score, total, level or rank. columns_added and columns_gone: those of one side alone, also where
    only their type is another."""

    name: str
    key: tuple[str, ...]
    columns_added: tuple[str, ...]
    columns_gone: tuple[str, ...]
    counts: dict[str, int]
    figures: int


class Difference:
    """The difference of two warehouses, `old` and `new` on the connection, in what was chosen of them. units: whose
    total, level or rank is another. tables_added and tables_gone: those of one side alone. is_described_alike: whether
    comments and views are the same as well."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, only: Only = ALL) -> None:
        self.connection, self._only = connection, only
        self._tables = {side: columns(connection, side) for side in ("old", "new")}
        old, new = tables(connection, "old"), tables(connection, "new")
        self.units: ChangedUnits = changed_units(connection, only)
        self.tables_added = [table for table in new if table not in old and self._takes(table, "new")]
        self.tables_gone = [table for table in old if table not in new and self._takes(table, "old")]
        self.is_described_alike = is_described_alike(connection, "new", "old")
        self._units = self._unit_names()
        differing = [found for table in new if table in old and (found := self._compared(table)) is not None]
        self.tables = sorted(differing, key=lambda table: (not table.figures, not table.name.startswith("fct_")))

    def __bool__(self) -> bool:
        return bool(self.tables_added or self.tables_gone or self.tables)

    def rows(self, table: Table, what: str, at_most: int | None = None) -> Iterator[Row]:
        """The rows of a table that were `changed` (those with other figures first), `added`, `gone` or `traced`, in the
        order of their keys."""
        limit = "" if at_most is None else f"LIMIT {at_most}"
        order = (
            ", ".join(f"coalesce(after, before).{name(column)}" for column in table.key) or "coalesce(after, before)"
        )
        found = self.connection.cursor().execute(
            f"SELECT before, after FROM {_kept(table.name)} WHERE what = ? ORDER BY is_figure DESC, {order} {limit}",
            [what],
        )
        while batch := found.fetchmany(10_000):
            for before, after in batch:
                yield self._row(table, what, before, after)

    def _row(self, table: Table, what: str, before: dict[str, Any], after: dict[str, Any]) -> Row:
        whole = after if what == ADDED else before
        key = {column: whole[column] for column in table.key}
        unit = whole.get("unit_name") or self._units.get(whole.get("unit_key"))
        if what == ADDED:
            return Row(key, unit, None, after)
        if what == GONE:
            return Row(key, unit, before, None)
        one_sided = {*table.columns_added, *table.columns_gone}
        differing = [
            one
            for one in after
            if one not in one_sided and after[one] != before[one] and (what == TRACED or not _is_trace(table.name, one))
        ]
        return Row(key, unit, {one: before[one] for one in differing}, {one: after[one] for one in differing})

    def _compared(self, table: str) -> Table | None:
        old, new = self._columns("old", table), self._columns("new", table)
        if not (self._takes(table, "old") and self._takes(table, "new")):
            return None
        if old == new and list(old) == list(new) and is_same_table(self.connection, table, "new", "old", new):
            return None
        common = [column for column in new if old.get(column) == new[column]]
        key = self._key(table, common)
        self._keep_rows(table, key, {column: new[column] for column in common})
        counted = self.connection.execute(f"SELECT what, count(*) FROM {_kept(table)} GROUP BY what").fetchall()
        if not counted and self._only != ALL and old == new:
            return None
        figures = self.connection.execute(f"SELECT count(*) FROM {_kept(table)} WHERE is_figure").fetchone() or (0,)
        return Table(
            table,
            key,
            tuple(column for column in new if column not in common),
            tuple(column for column in old if column not in common),
            {ADDED: 0, GONE: 0, CHANGED: 0, TRACED: 0, **dict(counted)},
            figures[0],
        )

    def _keep_rows(self, table: str, key: Sequence[str], common: dict[str, str]) -> None:
        """The rows that differ, in a table of their own, in memory. common: the columns of both sides, with types."""
        old, new = f"old.main.{name(table)}", f"new.main.{name(table)}"
        if key:
            is_same_key = " AND ".join(f"o.{name(one)} IS NOT DISTINCT FROM n.{name(one)}" for one in key)
            told = [one for one in common if not _is_trace(table, one)]
            figures = [one for one in told if one not in key and _is_figure(one, common[one])]
            select = f"""
                SELECT
                    CASE
                        WHEN o.rowid IS NULL THEN '{ADDED}' WHEN n.rowid IS NULL THEN '{GONE}'
                        WHEN {_differs(told)} THEN '{CHANGED}' ELSE '{TRACED}'
                    END AS what,
                    what = '{CHANGED}' AND ({_differs(figures)}) AS is_figure,
                    CASE WHEN o.rowid IS NOT NULL THEN o END AS before,
                    CASE WHEN n.rowid IS NOT NULL THEN n END AS after
                FROM {old} AS o FULL JOIN {new} AS n ON {is_same_key}
                WHERE (o.rowid IS NULL OR n.rowid IS NULL OR {_differs(common)})
                    AND CASE WHEN n.rowid IS NULL THEN {self._only.condition("o")} ELSE {self._only.condition("n")} END
            """
        else:
            listed = ", ".join(map(name, common))
            select = f"""
                WITH counted AS (
                    SELECT {listed}, sum(side) AS more FROM (
                        SELECT {listed}, 1 AS side FROM {new} AS n WHERE {self._only.condition("n")}
                        UNION ALL SELECT {listed}, -1 FROM {old} AS o WHERE {self._only.condition("o")}
                    ) GROUP BY {listed} HAVING sum(side) <> 0
                ),
                packed AS (
                    SELECT more, {{ {_fields(common)} }} AS each FROM counted, range(abs(more)::BIGINT)
                )
                SELECT
                    CASE WHEN more > 0 THEN '{ADDED}' ELSE '{GONE}' END AS what,
                    false AS is_figure,
                    CASE WHEN more < 0 THEN each END AS before,
                    CASE WHEN more > 0 THEN each END AS after
                FROM packed
            """
        self.connection.execute(f"CREATE TABLE {_kept(table)} AS {select}")

    def _key(self, table: str, common: Sequence[str]) -> tuple[str, ...]:
        """The columns of a table's key; none where no key is known, or it does not hold on both sides."""
        for side in ("new", "old"):
            if self._columns(side, "table_key"):
                found = self.connection.execute(
                    f"SELECT column_name FROM {side}.main.table_key WHERE table_name = ? ORDER BY position", [table]
                )
                key = tuple(column for (column,) in found.fetchall())
                if key:
                    holds = set(key) <= set(common) and self._is_unique("old", table, key)
                    return key if holds and self._is_unique("new", table, key) else ()
        return ()

    def _is_unique(self, side: str, table: str, key: Sequence[str]) -> bool:
        listed = ", ".join(map(name, key))
        twice = f"SELECT 1 FROM {side}.main.{name(table)} GROUP BY {listed} HAVING count(*) > 1 LIMIT 1"
        return self.connection.execute(twice).fetchone() is None

    def _takes(self, table: str, side: str) -> bool:
        return self._only.takes(table, self._columns(side, table))

    def _columns(self, side: str, table: str) -> dict[str, str]:
        return self._tables[side].get(table, {})

    def _unit_names(self) -> dict[str, str]:
        """The names of units by their keys, as the newer side has them."""
        names: dict[str, str] = {}
        for side in ("old", "new"):
            if {"unit_key", "unit_name"} <= self._columns(side, "dim_unit").keys():
                names |= self.connection.execute(f"SELECT unit_key, unit_name FROM {side}.main.dim_unit").fetchall()
        return names


@contextmanager
def difference(
    old: Path, new: Path, year: int | None = None, table: str | None = None, unit: str | None = None
) -> Iterator[Difference]:
    """The difference of two published warehouses, as long as the block lasts; of one year, table or unit where it is
    given. Raises UserError where one of them cannot be opened or read, and where there is no such table or unit."""
    with duckdb.connect(":memory:") as connection:
        for path, side in ((old, "old"), (new, "new")):
            try:
                attach(connection, path, side)
            except duckdb.Error as error:
                raise UserError(
                    f"{path} cannot be opened as a warehouse: {str(error).splitlines()[0]}",
                    f"Không mở được {path} như một kho dữ liệu.",
                ) from error
        yield Difference(connection, chosen(connection, year, table, unit))


def _kept(table: str) -> str:
    return f"memory.main.{name(table)}"


def _is_trace(table: str, column: str) -> bool:
    return table.startswith(_OF_FACTS) and column in _TRACES


def _is_figure(column: str, kind: str) -> bool:
    return kind.startswith("DECIMAL") or not _FIGURE_WORDS.isdisjoint(column.split("_"))


def _differs(columns: Iterable[str]) -> str:
    """Whether a row of the old side, `o`, and one of the new, `n`, differ in one of these columns."""
    return " OR ".join(f"o.{name(one)} IS DISTINCT FROM n.{name(one)}" for one in columns) or "false"


def _fields(columns: Iterable[str]) -> str:
    return ", ".join(f"{name(column)}: {name(column)}" for column in columns)
