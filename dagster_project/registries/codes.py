"""Codes of units whose leading zeros a spreadsheet took away: '1' for '01', '342' for '0342'.

Here: giving them back where only one unit of the list can be meant. Where several can, the code stays and is a mistake;
where none can, `checks.py` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .mistakes import Mistake
from .tables import Table

_REFERENCES = {
    "aliases": ("unit_code",),
    "corrections": ("unit_code",),
    "bodies": ("province_code",),
    "decision_texts": ("province_code",),
    "licences": ("province_code",),
    "unit_succession": ("predecessor_code", "successor_code"),
    "units": ("parent_code", "province_code"),
}


def restore_codes(tables: Mapping[str, Table]) -> Iterator[Mistake]:
    """Restores the codes of the registries in place, and tells those that could be several units."""
    units = tables["units"]
    _restore_own(units)
    known = {*units.columns["unit_code"], *tables["bodies"].columns["body_code"]}
    unknown = {
        (name, column): {code for code in tables[name].columns[column] if code.isdecimal()} - known
        for name, columns in _REFERENCES.items()
        for column in columns
    }
    if not any(unknown.values()):
        return
    tiers: dict[str, set[str]] = {}
    for code, tier in zip(units.columns["unit_code"], units.columns["tier"], strict=True):
        tiers.setdefault(code, set()).add(tier)
    alike: dict[str, list[str]] = {}
    for code in tiers:
        alike.setdefault(code.lstrip("0"), []).append(code)
    of_indices = _tiers_of_indices(tables["pillars"])
    for (name, column), codes in unknown.items():
        yield from _restore(tables[name], column, codes, alike, tiers, of_indices)


def _restore_own(units: Table) -> None:
    """A unit's own code, where its key still has it."""
    codes = units.columns["unit_code"]
    for at, (code, key) in enumerate(zip(codes, units.columns["unit_key"], strict=True)):
        of_key = key.partition("@")[0]
        if of_key and of_key != code and code.isdecimal() and of_key.lstrip("0") == code.lstrip("0"):
            codes[at] = of_key
            units.is_plain = False


def _tiers_of_indices(pillars: Table) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for index, tier in zip(pillars.columns["index_code"], pillars.columns["tier"], strict=True):
        found.setdefault(index, set()).add(tier)
    return found


def _restore(
    table: Table,
    column: str,
    unknown: set[str],
    alike: Mapping[str, list[str]],
    tiers: Mapping[str, set[str]],
    of_indices: Mapping[str, set[str]],
) -> Iterator[Mistake]:
    indices = table.columns.get("index_code", [""] * len(table.lines))
    for at, code in enumerate(table.columns[column]):
        if code not in unknown:
            continue
        may_be = alike.get(code.lstrip("0"), [])
        wanted = {"province"} if column == "province_code" else of_indices.get(indices[at], set())
        may_be = [one for one in may_be if tiers[one] & wanted] or may_be
        if len(may_be) == 1:
            table.columns[column][at] = may_be[0]
            table.is_plain = False
        elif may_be:
            choice = ", ".join(sorted(may_be))
            yield Mistake(
                table.file,
                (table.lines[at],),
                column,
                f"mã {code} đã mất số 0 ở đầu và có thể là: {choice}. Hãy ghi mã đầy đủ (định dạng cột là Text).",
                f"the code {code} has lost its leading zeros and may be: {choice}. Write it out (format the column as "
                "text).",
            )
