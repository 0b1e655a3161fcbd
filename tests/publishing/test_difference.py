"""What changed between two published warehouses: each row added, removed or changed, by its key, and no other."""

from decimal import Decimal

import duckdb
import pytest

from dagster_project.errors import UserError
from dagster_project.publishing.difference import difference

# SYNTHETIC: a warehouse as it is published, small.
MADE = """
    create table fct_score (index_code varchar, year integer, unit_key varchar, score decimal(18, 9), note varchar);
    insert into fct_score values
        ('a', 2020, '1@start', 44.93, null), ('a', 2020, '2@start', 3, 'x'), ('a', 2020, null, 1, ''),
        ('a', 2021, '1@start', 5, null);
    create table dim_unit (unit_key varchar, unit_name varchar);
    insert into dim_unit values ('1@start', 'Xã Đông Quý'), ('2@start', 'Xã An Khê'), ('3@start', 'Xã Mới');
    create table fct_quarantine (cells varchar);
    insert into fct_quarantine values ('1 | 2'), ('1 | 2'), ('3 | 4');
    create table table_key (table_name varchar, position integer, column_name varchar);
    insert into table_key values
        ('fct_score', 2, 'year'), ('fct_score', 1, 'index_code'), ('fct_score', 3, 'unit_key'),
        ('dim_unit', 1, 'unit_key');
"""


@pytest.fixture
def old(tmp_path):
    return made(tmp_path / "old.duckdb")


@pytest.fixture
def new(tmp_path):
    return made(tmp_path / "new.duckdb")


def made(path):
    change(path, MADE)
    return path


def change(path, statements):
    with duckdb.connect(str(path)) as connection:
        connection.execute(statements)


def told(old, new):
    """All that differs: per table its counts, and per kind of difference its rows."""
    with difference(old, new) as found:
        return {
            table.name: (
                tuple(table.counts.values()),
                *(
                    [(one.key, one.unit, one.before, one.after) for one in found.rows(table, what)]
                    for what in table.counts
                ),
            )
            for table in found.tables
        }


def test_equal_content_in_other_bytes_is_no_difference(old, new):
    change(new, "create table other as from fct_score order by score; delete from fct_score")
    change(new, "insert into fct_score from other; drop table other")
    with difference(old, new) as found:
        assert not found
        assert found.is_described_alike


def test_rows_that_came_went_and_changed_with_their_keys_and_figures(old, new):
    change(new, "update fct_score set score = 45.13, note = 'corrected' where year = 2020 and unit_key = '1@start'")
    change(new, "delete from fct_score where unit_key = '2@start'")
    change(new, "update fct_score set note = null where unit_key is null")
    change(new, "insert into fct_score values ('a', 2021, '3@start', 7, null)")
    assert told(old, new) == {
        "fct_score": (
            (1, 1, 2, 0),
            [
                (
                    {"index_code": "a", "year": 2021, "unit_key": "3@start"},
                    "Xã Mới",
                    None,
                    {"index_code": "a", "year": 2021, "unit_key": "3@start", "score": Decimal(7), "note": None},
                )
            ],
            [
                (
                    {"index_code": "a", "year": 2020, "unit_key": "2@start"},
                    "Xã An Khê",
                    {"index_code": "a", "year": 2020, "unit_key": "2@start", "score": Decimal(3), "note": "x"},
                    None,
                )
            ],
            [
                (
                    {"index_code": "a", "year": 2020, "unit_key": "1@start"},
                    "Xã Đông Quý",
                    {"score": Decimal("44.93"), "note": None},
                    {"score": Decimal("45.13"), "note": "corrected"},
                ),
                ({"index_code": "a", "year": 2020, "unit_key": None}, None, {"note": ""}, {"note": None}),
            ],
            [],
        )
    }


def test_the_smallest_change_of_a_figure_is_seen(old, new):
    change(new, "update fct_score set score = score + 0.000000001 where year = 2021")
    ((counts, _, _, ((_, _, before, after),), _),) = told(old, new).values()
    assert counts == (0, 0, 1, 0)
    assert after["score"] - before["score"] == Decimal("0.000000001")


def test_a_table_without_a_key_has_rows_that_came_and_went_each_as_often_as_it_did(old, new):
    change(new, "delete from fct_quarantine where cells = '1 | 2'; insert into fct_quarantine values ('3 | 4')")
    gone = ({}, None, {"cells": "1 | 2"}, None)
    came = ({}, None, None, {"cells": "3 | 4"})
    assert told(old, new) == {"fct_quarantine": ((1, 2, 0, 0), [came], [gone, gone], [], [])}


def test_a_key_that_does_not_hold_is_not_used(old, new):
    change(new, "insert into dim_unit values ('2@start', 'Xã An Khê, twice')")
    assert told(old, new)["dim_unit"][0] == (1, 0, 0, 0)
    change(new, "update dim_unit set unit_name = 'Xã Đông Quí' where unit_key = '1@start'")
    assert told(old, new)["dim_unit"][0] == (2, 1, 0, 0)


def test_tables_and_columns_that_one_side_has(old, new):
    change(new, "create table dim_new as select 1 as one; drop table fct_quarantine")
    change(new, "alter table fct_score add column rank integer; alter table fct_score drop column note")
    change(new, "alter table dim_unit alter unit_name type integer using 1")
    with difference(old, new) as found:
        assert (found.tables_added, found.tables_gone) == (["dim_new"], ["fct_quarantine"])
        columns = {table.name: (table.columns_added, table.columns_gone) for table in found.tables}
        assert columns == {"fct_score": (("rank",), ("note",)), "dim_unit": (("unit_name",), ("unit_name",))}
        assert all(set(table.counts.values()) == {0} for table in found.tables)


def test_a_row_that_is_gone_is_told_although_a_column_is_too(old, new):
    change(new, "alter table fct_score drop column note; delete from fct_score where year = 2021")
    ((counts, _, gone, _, _),) = told(old, new).values()
    assert counts == (0, 1, 0, 0)
    assert gone[0][2]["note"] is None and gone[0][2]["score"] == 5


def test_the_older_side_has_no_keys_published(old, new):
    change(old, "drop table table_key")
    change(new, "update fct_score set score = 6 where year = 2021")
    assert told(old, new)["fct_score"][0] == (0, 0, 1, 0)
    assert told(new, old)["fct_score"][0] == (0, 0, 1, 0)


RESULTS = """
    create table fct_unit_result (unit_key varchar, total decimal(18, 9), level_stated varchar, rank_stated integer,
        findings integer, submission_id varchar, valid_from date);
    insert into fct_unit_result values
        ('1@start', 44.93, 'II', 1, 2, 'b786', '2021-04-05'), ('2@start', 3, 'IV', 2, 0, 'b786', '2021-04-05'),
        ('3@start', 2, 'IV', 3, 0, 'b786', '2021-04-05');
    insert into table_key values ('fct_unit_result', 1, 'unit_key');
    create table agg_levels (level varchar, units integer);
    insert into agg_levels values ('II', 1), ('IV', 2);
    insert into table_key values ('agg_levels', 1, 'level');
"""


def test_another_source_place_or_day_is_no_change_of_a_result(old, new):
    for side in (old, new):
        change(side, RESULTS)
    change(new, "update fct_unit_result set submission_id = 'c123', valid_from = '2021-07-05'")
    change(new, "update fct_unit_result set findings = 1 where unit_key = '2@start'")
    counts, _, _, changed, traced = told(old, new)["fct_unit_result"]
    assert counts == (0, 0, 1, 2)
    assert [(key["unit_key"], before, after) for key, _, before, after in changed] == [
        ("2@start", {"findings": 0}, {"findings": 1})
    ]
    assert {column for row in traced for column in row[3]} == {"submission_id", "valid_from"}


def test_the_validity_of_a_unit_is_what_its_table_says(old, new):
    for side in (old, new):
        change(side, "alter table dim_unit add column valid_to date")
    change(new, "update dim_unit set valid_to = '2024-11-01' where unit_key = '1@start'")
    assert told(old, new)["dim_unit"][0] == (0, 0, 1, 0)


@pytest.mark.parametrize("figure", ["total = 45.13", "level_stated = 'I'", "rank_stated = 4"])
def test_tables_and_rows_whose_figures_differ_come_first(old, new, figure):
    for side in (old, new):
        change(side, RESULTS)
    change(new, "update agg_levels set units = units + 1; update dim_unit set unit_name = 'Xã Khác'")
    change(new, f"update fct_unit_result set {figure} where unit_key = '3@start'")
    change(new, "update fct_unit_result set findings = 9")
    with difference(old, new) as found:
        assert [(table.name, table.figures) for table in found.tables] == [
            ("fct_unit_result", 1),
            ("agg_levels", 0),
            ("dim_unit", 0),
        ]
        changed = found.rows(found.tables[0], "changed")
        assert [row.key["unit_key"] for row in changed] == ["3@start", "1@start", "2@start"]


def test_only_words_differ(old, new):
    change(new, "comment on table fct_score is 'Điểm'")
    with difference(old, new) as found:
        assert not found
        assert not found.is_described_alike


def test_what_is_no_warehouse_is_a_sentence(old, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("no warehouse", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be opened as a warehouse"), difference(old, other):
        pass
