"""The units whose total, level or rank is another than it was: what people ask first of two publications.

Here: finding them on two warehouses that are attached, by name, with the figures before and after. Not here: all other
rows (`difference.py`), and how it is told (`commands/diff.py`, `changes.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import duckdb

from .comparing import columns
from .only import ALL, Only
from .quality.words import NOTHING, Words, figure, level_of_column

# Results, and their totals by pillar: of the decision, and of what came before it.
_RESULTS = {"fct_unit_result": "fct_pillar_result", "draft_unit_result": "draft_pillar_result"}
_NEEDED = {
    *("index_code", "year", "tier", "unit_key", "unit_code", "unit_name", "district_code", "result_status"),
    *("level_stated", "level_computed", "rank_stated", "rank_in_province"),
}
_OF_TOTALS = {"index_code", "year", "unit_key", "pillar", "stated", "computed"}

_Known = dict[str, dict[str, dict[str, str]]]  # by side the tables with their columns


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of a unit. name: the total of a pillar, the level or the rank; before and after: as people write them.
    said: by whom, where stated and computed do not go the same way."""

    name: Words
    said: Words
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit with what changed of its result. unit_code tells units of one name apart."""

    year: int
    kind: Words
    unit_code: str
    unit_name: str
    district_name: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """How many units of a year and kind have a result on one side alone. is_new: on the newer."""

    year: int
    kind: Words
    is_new: bool
    units: int


@dataclass(frozen=True, slots=True)
class ChangedUnits:
    """All of it: units of which a total or a level changed come before those of which only the rank did."""

    units: tuple[ChangedUnit, ...]
    rosters: tuple[Roster, ...]

    def __bool__(self) -> bool:
        return bool(self.units or self.rosters)


def changed_units(connection: duckdb.DuckDBPyConnection, only: Only = ALL) -> ChangedUnits:
    """What changed from `old` to `new`, of what was chosen; nothing of tables that one of them has not."""
    known = {side: columns(connection, side) for side in ("old", "new")}
    units: list[ChangedUnit] = []
    rosters: list[Roster] = []
    for results, totals in _RESULTS.items():
        has_both = all(
            known[side].get(results, {}).keys() >= _NEEDED and known[side].get(totals, {}).keys() >= _OF_TOTALS
            for side in ("old", "new")
        )
        if has_both and only.table in (None, results, totals):
            units += _units(connection, known, results, totals, only)
            rosters += _rosters(connection, known, results, only)
    return ChangedUnits(tuple(units), tuple(rosters))


def _units(
    connection: duckdb.DuckDBPyConnection, known: _Known, results: str, totals: str, only: Only
) -> list[ChangedUnit]:
    new_results = _with_kind(known, "new", results)
    found = connection.execute(
        f"""
        WITH old_side AS ({_long(known, "old", results, totals, only)}),
        new_side AS ({_long(known, "new", results, totals, only)}),
        changed AS (
            SELECT after.*, before.stated AS stated_before, before.computed AS computed_before
            FROM new_side AS after
            INNER JOIN old_side AS before USING (index_code, year, kind, unit_key, what, pillar)
            WHERE before.stated IS DISTINCT FROM after.stated OR before.computed IS DISTINCT FROM after.computed
        )
        SELECT
            result.year, result.kind, result.unit_code, result.unit_name, district.unit_name, changed.what,
            changed.pillar, stated_before, computed_before, changed.stated, changed.computed
        FROM changed
        INNER JOIN {new_results} AS result USING (index_code, year, kind, unit_key)
        LEFT JOIN {new_results} AS district
            ON result.index_code = district.index_code AND result.year = district.year
            AND result.kind = district.kind AND result.district_code = district.unit_code
        ORDER BY
            result.year DESC, result.kind, min(what) OVER (PARTITION BY index_code, year, kind, unit_key),
            result.district_code NULLS FIRST, result.unit_code, result.index_code, what, pillar
        """
    ).fetchall()
    kinds, pillars = _kinds(connection, known, results), _pillars(connection, known)
    units = []
    for (year, kind, code, unit, district), rows in groupby(found, key=lambda row: row[:5]):
        changes = [change for row in rows for change in _changes(pillars, *row[5:])]
        units.append(ChangedUnit(year, kinds[kind], code, unit, district, tuple(changes)))
    return units


# In the order in which they are told: a rank moves with the others' totals.
_TOTAL, _LEVEL, _RANK = "1", "2", "3"
_NAMES = {_LEVEL: Words("mức độ", "level"), _RANK: Words("thứ hạng", "rank")}


def _long(known: _Known, side: str, results: str, totals: str, only: Only) -> str:
    """A query: every total, level and rank of a side, stated and computed, as text."""
    at = "index_code, year, kind, unit_key"
    whole = f"FROM {_scored(known, side, results, only)}"
    return f"""
        SELECT {at}, '{_LEVEL}' AS what, '' AS pillar, level_stated AS stated, level_computed AS computed {whole}
        UNION ALL
        SELECT {at}, '{_RANK}', '', cast(rank_stated AS VARCHAR), cast(rank_in_province AS VARCHAR) {whole}
        UNION ALL
        SELECT {at}, '{_TOTAL}', pillar, cast(stated AS VARCHAR), cast(computed AS VARCHAR)
        FROM {_with_kind(known, side, totals)} AS one WHERE {only.condition("one")}
    """


def _scored(known: _Known, side: str, results: str, only: Only) -> str:
    return f"{_with_kind(known, side, results)} AS one WHERE result_status = 'scored' AND {only.condition('one')}"


def _with_kind(known: _Known, side: str, table: str) -> str:
    """A table of results. Before there were drafts it had no column for the kind, and all was published."""
    name = f"{side}.main.{table}"
    return name if "kind" in known[side][table] else f"(SELECT *, 'published' AS kind FROM {name})"


def _changes(pillars: dict[str, Words], what: str, pillar: str, *sides: str | None) -> list[Change]:
    stated_before, computed_before, stated_after, computed_after = (_words(what, one) for one in sides)
    name = _NAMES.get(what) or _total(pillars.get(pillar, Words(pillar, pillar)))
    stated, computed = (stated_before, stated_after), (computed_before, computed_after)
    if stated == computed or stated_before == stated_after == NOTHING:
        return [Change(name, NOTHING, *computed)]
    told = (
        (Words("đã ghi", "stated"), stated),
        (Words("tính lại", "computed"), computed),
    )
    return [Change(name, said, before, after) for said, (before, after) in told if before != after]


def _total(pillar: Words) -> Words:
    return Words(f"tổng số điểm {pillar.vi}", f"total of {pillar.en}")


def _words(what: str, value: str | None) -> Words:
    if value is None:
        return NOTHING
    if what == _TOTAL:
        return figure(Decimal(value))
    return level_of_column(value) if what == _LEVEL else Words(value, value)


def _rosters(connection: duckdb.DuckDBPyConnection, known: _Known, results: str, only: Only) -> list[Roster]:
    old, new = (
        f"SELECT index_code, year, kind, unit_key FROM {_scored(known, side, results, only)}" for side in ("old", "new")
    )
    found = connection.execute(
        f"""
        SELECT year, kind, is_new, count(*) FROM (
            SELECT *, true AS is_new FROM ({new} EXCEPT {old}) UNION ALL SELECT *, false FROM ({old} EXCEPT {new})
        ) GROUP BY ALL ORDER BY year DESC, kind, is_new DESC
        """
    ).fetchall()
    kinds = _kinds(connection, known, results)
    return [Roster(year, kinds[kind], is_new, units) for year, kind, is_new, units in found]


def _kinds(connection: duckdb.DuckDBPyConnection, known: _Known, results: str) -> dict[str, Words]:
    """What the kinds of a table of results are called; those of a draft say that they are one."""
    named = dict[str, tuple[str, str]]()
    if "dim_term" in known["new"]:
        found = connection.execute("SELECT code, name_vi, name_en FROM new.main.dim_term WHERE term = 'kind'")
        named = {code: (vi, en) for code, vi, en in found.fetchall()}
    kinds = connection.execute(f"SELECT DISTINCT kind FROM {_with_kind(known, 'new', results)}").fetchall()
    kinds += connection.execute(f"SELECT DISTINCT kind FROM {_with_kind(known, 'old', results)}").fetchall()
    aside = (" (dự thảo)", " (draft)") if results.startswith("draft_") else ("", "")
    return {
        kind: Words(*(f"{word}{mark}" for word, mark in zip(named.get(kind, (kind, kind)), aside, strict=True)))
        for (kind,) in kinds
    }


def _pillars(connection: duckdb.DuckDBPyConnection, known: _Known) -> dict[str, Words]:
    if "dim_pillar" not in known["new"]:
        return {}
    found = connection.execute("SELECT pillar, min(name_vi), min(name_en) FROM new.main.dim_pillar GROUP BY pillar")
    return {pillar: Words(vi, en) for pillar, vi, en in found.fetchall()}
