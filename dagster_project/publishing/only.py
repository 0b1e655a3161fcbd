"""What of two warehouses is compared: all of it, or one year, one table, one unit.

Here: that choice as SQL conditions, and finding the unit that a person named. Not here: comparing (`difference.py`,
`changed_units.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import duckdb

from ..errors import UserError
from .comparing import columns, name, tables, text


@dataclass(frozen=True, slots=True)
class Only:
    """A choice; None: all. units: the keys of the units that are meant."""

    year: int | None = None
    table: str | None = None
    units: frozenset[str] | None = None

    def takes(self, table: str, has: Collection[str]) -> bool:
        """Whether a table with these columns can hold anything of what was chosen."""
        return (
            self.table in (None, table)
            and (self.year is None or "year" in has)
            and (self.units is None or "unit_key" in has)
        )

    def condition(self, row: str) -> str:
        """The SQL condition on a row, called by its alias, of a table that is taken."""
        parts = [f"{row}.year = {int(self.year)}"] if self.year is not None else []
        if self.units is not None:
            parts.append(f"{row}.unit_key IN ({', '.join(map(text, sorted(self.units)))})")
        return " AND ".join(parts) or "true"


ALL = Only()


def chosen(connection: duckdb.DuckDBPyConnection, year: int | None, table: str | None, unit: str | None) -> Only:
    """The choice of a person, on warehouses that are attached as `old` and `new`. unit: a code, or a name or part of
    one, with or without its marks. Raises UserError where there is no such table or unit."""
    known = sorted({*tables(connection, "old"), *tables(connection, "new")})
    if table is not None and table not in known:
        raise UserError(
            f"There is no table {table}. The tables: {', '.join(known)}.",
            f"Không có bảng {table}. Các bảng: {', '.join(known)}.",
        )
    return Only(year, table, None if unit is None else units_called(connection, unit, ("old", "new")))


def units_called(connection: duckdb.DuckDBPyConnection, called: str, databases: Iterable[str]) -> frozenset[str]:
    """The keys of the units, in any of these attached warehouses, that a person means. called: a code, or a name or
    part of one, with or without its marks. Raises UserError where there is none."""
    found = set()
    folded = "replace(lower(strip_accents(nfc_normalize({0}))), 'đ', 'd')"
    for side in databases:
        if {"unit_key", "unit_code", "unit_name"} <= columns(connection, side).get("dim_unit", {}).keys():
            found |= set(
                connection.execute(
                    f"SELECT unit_key FROM {name(side)}.main.{name('dim_unit')} "
                    f"WHERE unit_code = $1 OR contains({folded.format('unit_name')}, {folded.format('trim($1)')})",
                    [called],
                ).fetchall()
            )
    if not found:
        raise UserError(
            f"No unit is called '{called}' or has that code. Give its code or its name: --unit 'Tiền Hải'.",
            f"Không có đơn vị nào tên hoặc mã là '{called}'. Hãy ghi mã hoặc tên: --unit 'Tiền Hải'.",
        )
    return frozenset(key for (key,) in found)
