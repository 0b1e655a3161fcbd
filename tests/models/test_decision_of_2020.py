"""The decision of 2020 through the models: every figure, level and rank of the document, and its findings, no more."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from decision import COMPONENTS, DECISION

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def query(warehouse_of_2020):
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def document():
    """The rows of both detailed annexes by the official code of the unit that each name means."""
    with (DATA / "seed_names_resolved.csv").open(encoding="utf-8", newline="") as file:
        codes = {(row["where"], row["as_written"]): row["code"] for row in csv.DictReader(file)}
    return {
        codes[f"annex{annex}", row["unit"]]: row for annex in ("01", "03") for row in DECISION["annexes"][annex]["rows"]
    }


def test_every_score_is_the_documents_exactly(query, document):
    scores = {
        (code, component): score
        for code, component, score in query("select unit_code, component, score from fct_component_score")
    }
    assert scores == {
        (code, component): Decimal(row[column])
        for code, row in document.items()
        for column, component in COMPONENTS.items()
    }
    assert len(scores) == 301


def test_totals_are_the_exact_sums_beside_what_is_stated(query, document):
    for code, readiness, computed_readiness, attainment, computed_attainment in query(
        """select unit_code, readiness_stated, readiness_computed, attainment_stated, attainment_computed
           from fct_unit_result where result_status = 'scored'"""
    ):
        row = document[code]
        assert readiness == Decimal(row["r_total"])
        assert attainment == Decimal(row["a_total"])
        assert computed_readiness == sum(Decimal(row[column]) for column in COMPONENTS if column[0] == "r")
        assert computed_attainment == sum(Decimal(row[column]) for column in COMPONENTS if column[0] == "a")


def test_each_score_leads_back_to_its_cell(query):
    lines = (DATA.parents[1] / "data" / "submissions" / "2020" / "thai-binh-2020.txt").read_text("utf-8").splitlines()
    for row, column, raw_text in query("select row_number, column_number, raw_text from fct_component_score"):
        assert lines[row - 1].split("\t")[column - 1] == raw_text


def test_ranks_share_places(query):
    districts = query("select unit_name, rank_in_province from fct_unit_result where tier = 'district' order by 2")
    assert [name for name, _ in districts][::7] == ["Huyện Quỳnh Phụ", "Huyện Đông Hưng"]
    assert [rank for _, rank in districts] == list(range(1, 9))
    communes = query(
        """select unit_name, rank_in_province from fct_unit_result
           where tier = 'commune' and rank_in_province <= 5 order by rank_in_province, unit_name"""
    )
    assert communes[:4] == [("Xã An Khê", 1), ("Thị trấn An Bài", 2), ("Xã Đoan Hùng", 3), ("Xã Đông Mỹ", 3)]
    assert {rank for _, rank in communes[4:]} == {5}


def test_the_rest_of_the_communes_are_counted_without_scores(query):
    assert query(
        """select result_status, count(*), count(readiness_computed), count(distinct level_stated)
           from fct_unit_result where tier = 'commune' group by all order by 1"""
    ) == [("counted_only", 225, 0, 1), ("scored", 35, 35, 2)]


def test_the_summary_reconciles_as_stated_and_the_rule_differs_in_four_districts(query):
    assert query("select count(*), sum(communes), bool_and(reconciled) from agg_district_levels") == [(8, 260, True)]
    assert query("select sum(unranked), sum(unranked_stated), sum(unranked_detail) from agg_district_levels") == [
        (229, 225, 225)
    ]
    assert query(
        """select count(*) from agg_district_levels
           where (level_iii, level_iv) is distinct from (level_iii_stated, level_iv_stated)"""
    ) == [(4,)]


def test_its_findings_are_these_sixteen(query):
    figures = query(
        """select code, unit_name, field, annex, position, stated, expected, difference, materiality from fct_finding
           where code in ('total_differs', 'level_differs') order by annex, position"""
    )
    assert figures == [
        ("total_differs", "Huyện Tiền Hải", "readiness_total", "01", 4, "44.93", "45.13", Decimal("-0.2"), "total"),
        ("level_differs", "Xã Đông Mỹ", "level", "03", 8, "III", "IV", None, "level"),
        ("level_differs", "Xã Vũ Lễ", "level", "03", 18, "IV", "unranked", None, "level"),
        ("level_differs", "Xã Vũ Lăng", "level", "03", 24, "IV", "unranked", None, "level"),
        ("level_differs", "Xã Thụy Dân", "level", "03", 27, "IV", "unranked", None, "level"),
        ("level_differs", "Xã Thụy Xuân", "level", "03", 28, "IV", "unranked", None, "level"),
    ]
    variants = query(
        """select field, stated, expected, occurrences from fct_finding
           where code = 'unit_name_variant' order by field, stated"""
    )
    assert variants == [
        ("parent", "Hung Hà", "Huyện Hưng Hà", 3),
        ("parent", "Thành Phố", "Thành phố Thái Bình", 5),
        ("parent", "Tiên Hải", "Huyện Tiền Hải", 5),
        ("unit", "TT Đông Hưng", "Thị trấn Đông Hưng", 1),
        ("unit", "Thị trấn Tiên Hải", "Thị trấn Tiền Hải", 1),
        ("unit", "Xã Tiên Đức", "Xã Tiến Đức", 2),
        ("unit", "Xã Tây Tiên", "Xã Tây Tiến", 1),
    ]
    citations = query(
        "select annex, subject, stated, expected from fct_finding where code = 'citation_differs' order by 1, 2"
    )
    assert citations == [
        ("01", "01/date", "2021-01-05", "2021-04-05"),
        ("01", "01/number", "151/QĐ-UBND", "05/QĐ-UBND"),
        ("02", "02/date", "2021-01-05", "2021-04-05"),
    ]
    codes = Counter(code for (code,) in query("select code from fct_finding"))
    assert codes == {"total_differs": 1, "level_differs": 5, "citation_differs": 3, "unit_name_variant": 7}
    assert query("select count(distinct finding_id), count(*) filter (where status = 'open') from fct_finding") == [
        (16, 16)
    ]


def test_its_sentences_are_whole(query):
    for vietnamese, english in query("select message_vi, message_en from fct_finding"):
        for sentence in (vietnamese, english):
            assert sentence.endswith(".")
            assert "{" not in sentence


def test_rows_seen_are_loaded_or_set_aside(query):
    assert query(
        """select rows_read, rows_quarantined, (select count(distinct (unit_key, row_number)) from fct_component_score)
           from fct_submission"""
    ) == [(43, 0, 43)]


def test_a_first_year_has_no_change(query):
    assert query("select distinct comparison, previous_year, readiness_change from fct_unit_movement") == [
        ("first_year", None, None)
    ]
    assert query("select count(*) from fct_unit_movement") == [(43,)]


def test_every_table_and_column_has_its_comment(query):
    tables = query("select count(*), count(comment) from duckdb_tables() where schema_name = 'main'")
    columns = query("select count(*), count(comment) from duckdb_columns() where schema_name = 'main' and not internal")
    assert tables[0][0] == tables[0][1] > 20
    assert columns[0][0] == columns[0][1] > 200
