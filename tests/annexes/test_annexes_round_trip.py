"""The annexes read back: our own readers find the warehouse's cells in them, every one, and nothing to object to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from annex_worlds import FORMATS, World, read_back

# Who stands in a table of scores: in a province with a tier above, those below only with a level.
_SHOWN = """
    SELECT result.*, district.unit_name AS district_name FROM fct_unit_result AS result
    LEFT JOIN dim_unit AS district ON result.district_code = district.unit_code
        AND make_date(result.year, 12, 31) >= coalesce(district.valid_from, DATE '0001-01-01')
        AND make_date(result.year, 12, 31) < coalesce(district.valid_to, DATE '9999-12-31')
    WHERE result.assessment_key = ? AND result.result_status = 'scored'
        AND (result.district_code IS NULL OR coalesce(result.level_computed, 'unranked') <> 'unranked')
"""
CASES = [
    ("of_2020", "2020", 8 + 31),
    ("synthetic", "2021", 8 + 75),
    ("synthetic", "2022", 13),
    ("of_departments", "2021", 18),
]


def key_of(world: World, folder: str) -> str:
    (key,) = world.database.execute(
        "SELECT assessment_key FROM dim_assessment WHERE year = ? AND kind = 'published'", [int(folder)]
    ).fetchone()
    return key


def in_the_warehouse(world: World, key: str) -> dict[tuple[str, str], object]:
    """Every cell that the tables of scores have to show: by unit and field."""
    cells: dict[tuple[str, str], object] = {}
    ranked = world.database.execute(f"SELECT count(rank_stated) FROM ({_SHOWN})", [key]).fetchone()[0]
    for unit, name, parent, level, rank in world.database.execute(
        f"SELECT unit_code, unit_name, district_name, level_computed, rank_in_province FROM ({_SHOWN})", [key]
    ).fetchall():
        cells |= {(unit, "unit"): name, (unit, "parent"): parent, (unit, "level"): level}
        cells[unit, "rank"] = rank if ranked else None
    own = "one.component <> one.pillar"  # a total that is taken as it is stated is the only component of itself
    for table, column, field, where in (
        ("component_score", "score", "component", own),
        ("pillar_result", "computed", "pillar", "true"),
    ):
        found = world.database.execute(
            f"SELECT one.unit_code, one.{field}, one.{column} FROM fct_{table} AS one SEMI JOIN ({_SHOWN}) AS shown "
            f"ON one.unit_key = shown.unit_key WHERE one.assessment_key = ? AND {where}",
            [key, key],
        ).fetchall()
        cells |= {(unit, f"{field} {name}"): value for unit, name, value in found}
    return cells


def in_the_file(report: dict) -> dict[tuple[str, str], object]:
    cells: dict[tuple[str, str], object] = {}
    for row in (row for table in report["tables"] for row in table["rows"]):
        unit, stated = row["unit_code"], dict(row["stated"])
        cells |= {(unit, "unit"): row["written_name"], (unit, "parent"): row["written_parent"]}
        cells |= {(unit, "level"): stated.pop("level"), (unit, "rank"): stated.pop("rank")}
        cells |= {(unit, f"pillar {name}"): Decimal(total) for name, total in stated.items() if total is not None}
        cells |= {
            (unit, f"component {name}"): Decimal(score) for name, score in row["scores"].items() if score is not None
        }
    return cells


@pytest.mark.parametrize("kind", range(len(FORMATS)), ids=FORMATS)
@pytest.mark.parametrize(("world", "folder", "units"), CASES)
def test_every_cell_comes_back_and_nothing_is_found(world, folder, units, kind, request):
    world = request.getfixturevalue(world)
    key = key_of(world, folder)
    report = read_back(world, folder)[kind]
    assert report["findings"] == []
    expected, found = in_the_warehouse(world, key), in_the_file(report)
    assert found == expected and len({unit for unit, _ in found}) == units
    counted = world.database.execute(
        "SELECT parent_code, level, computed FROM agg_levels WHERE assessment_key = ? AND computed > 0 "
        "AND parent_code IN (SELECT district_code FROM fct_unit_result)",
        [key],
    ).fetchall()
    said = {(row["unit_code"], level): n for row in report["summary"] for level, n in row["counts"].items() if n}
    has_summary = bool(report["summary"])
    assert said == ({(parent, level): units for parent, level, units in counted} if has_summary else {})
    assert has_summary == (len(world.annexes[folder].annexes) > 1)


def test_the_summary_lists_the_units_of_each_level(of_2020):
    report = read_back(of_2020, "2020")[0]
    listed = {
        (row["unit_code"], level, name)
        for row in report["summary"]
        for level, names in row["units"].items()
        for name in names
    }
    expected = of_2020.database.execute(
        f"SELECT district_code, level_computed, lower(unit_name[1]) || unit_name[2:] FROM ({_SHOWN}) "
        "WHERE district_code IS NOT NULL",
        ["egov_2392/2020/published/34"],
    ).fetchall()
    assert listed == set(expected) and len(listed) == 31


def test_the_page_before_them_is_that_of_the_decision_and_cites_it(of_2020):
    for report in read_back(of_2020, "2020"):
        submission = report["submission"]
        assert (submission["decision_number"], submission["decision_date"]) == ("05/QĐ-UBND", "2021-04-05")
        assert (submission["year"], submission["province"], submission["kind"]) == (2020, "Tỉnh Thái Bình", "published")
