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
            (1, 1, 2),
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
        )
    }


def test_the_smallest_change_of_a_figure_is_seen(old, new):
    change(new, "update fct_score set score = score + 0.000000001 where year = 2021")
    ((counts, _, _, ((_, _, before, after),)),) = told(old, new).values()
    assert counts == (0, 0, 1)
    assert after["score"] - before["score"] == Decimal("0.000000001")


def test_a_table_without_a_key_has_rows_that_came_and_went_each_as_often_as_it_did(old, new):
    change(new, "delete from fct_quarantine where cells = '1 | 2'; insert into fct_quarantine values ('3 | 4')")
    gone = ({}, None, {"cells": "1 | 2"}, None)
    assert told(old, new) == {"fct_quarantine": ((1, 2, 0), [({}, None, None, {"cells": "3 | 4"})], [gone, gone], [])}


def test_a_key_that_does_not_hold_is_not_used(old, new):
    change(new, "insert into dim_unit values ('2@start', 'Xã An Khê, twice')")
    assert told(old, new)["dim_unit"][0] == (1, 0, 0)
    change(new, "update dim_unit set unit_name = 'Xã Đông Quí' where unit_key = '1@start'")
    assert told(old, new)["dim_unit"][0] == (2, 1, 0)


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
    ((counts, _, gone, _),) = told(old, new).values()
    assert counts == (0, 1, 0)
    assert gone[0][2]["note"] is None and gone[0][2]["score"] == 5


def test_the_older_side_has_no_keys_published(old, new):
    change(old, "drop table table_key")
    change(new, "update fct_score set score = 6 where year = 2021")
    assert told(old, new)["fct_score"][0] == (0, 0, 1)
    assert told(new, old)["fct_score"][0] == (0, 0, 1)


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
