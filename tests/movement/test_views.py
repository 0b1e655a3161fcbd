"""The published views over five years: the same facts as the tables, in other shapes, each column explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from movement_tables import Built

from dagster_project.publishing.contract import opened, tables, views
from dagster_project.publishing.dictionary import write_dictionary
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish

YEARS = (2020, 2021, 2022, 2024, 2025)


@pytest.fixture(scope="module")
def published(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "egov.duckdb"
    publish(built.database, path, FOLDER)
    return path


@pytest.fixture(scope="module")
def query(published: Path) -> Iterator:
    with opened(published) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_every_view_and_column_is_explained(published: Path) -> None:
    with opened(published) as connection:
        all_views = views(connection)
        assert {view.name for view in all_views} == {path.stem for path in FOLDER.glob("*.sql")}
        assert {view.name for view in all_views}.isdisjoint(table.name for table in tables(connection))
    for view in all_views:
        is_draft = view.name.startswith("draft_")  # nothing here comes before a decision: tests/models/test_drafts.py
        assert (view.rows or is_draft) and view.description.startswith("One row per"), view.name
        assert all(column.description for column in view.columns), view.name


def test_a_year_is_a_column_where_there_are_results(query) -> None:
    for view in ("wide_total", "wide_level", "wide_rank"):
        columns = [name for (name,) in query(f"select column_name from (describe {view})") if name.startswith("y2")]
        assert columns == [f"y{year}" for year in YEARS], view


@pytest.mark.parametrize(
    ("view", "pillar", "table", "value"),
    [
        ("wide_total", ", pillar", "fct_pillar_result", "computed"),
        ("wide_level", "", "fct_unit_result", "level_computed"),
        ("wide_rank", "", "fct_unit_result", "rank_in_province"),
    ],
)
def test_the_wide_views_hold_each_figure_once(query, view: str, pillar: str, table: str, value: str) -> None:
    years = ", ".join(f"y{year}" for year in YEARS)
    unpivoted = f"unpivot {view} on {years} into name year value value"
    wide = query(f"select unit_key{pillar}, cast(year[2:] as integer), value from ({unpivoted})")
    facts = query(f"select unit_key{pillar}, year, {value} from {table} where {value} is not null")
    assert sorted(wide) == sorted(facts)


def test_the_long_view_holds_each_figure_once(query) -> None:
    key = "index_code, year, unit_key, pillar, field"
    assert query(f"select {key} from long_figure group by all having count(*) > 1") == []
    assert query("select count(*) from long_figure where (figure is null) = (text is null) or field_vi is null") == [
        (0,)
    ]
    facts = """
        select year, unit_key, component, score, null from fct_component_score where score is not null
        union all select year, unit_key, pillar || '_total', computed, null from fct_pillar_result
            where computed is not null
        union all select year, unit_key, pillar || '_total_stated', stated, null from fct_pillar_result
            where stated is not null
        union all select year, unit_key, 'rank', rank_in_province, null from fct_unit_result
            where rank_in_province is not null
        union all select year, unit_key, 'rank_stated', rank_stated, null from fct_unit_result
            where rank_stated is not null
        union all select year, unit_key, 'level', null, level_computed from fct_unit_result
            where level_computed is not null
        union all select year, unit_key, 'level_stated', null, level_stated from fct_unit_result
            where level_stated is not null
    """
    assert query("select year, unit_key, field, figure, text from long_figure order by all") == query(
        f"select * from ({facts}) order by all"
    )


def test_the_named_views_have_the_rows_of_their_tables_and_a_name_for_each_code(query) -> None:
    for view, table, named in (
        (
            "named_unit_result",
            "fct_unit_result",
            ["tier", "result_status", "level_stated", "level_computed", "next_level"],
        ),
        ("named_unit_movement", "fct_unit_movement", ["tier", "comparison", "previous_level", "current_level"]),
    ):
        common = [name for (name,) in query(f"select column_name from (describe {table})")]
        common = [name for (name,) in query(f"select column_name from (describe {view})") if name in common]
        rows = f"select {', '.join(common)} from"
        assert query(f"{rows} {view} order by all") == query(f"{rows} {table} order by all")
        for code in named:
            assert query(f"select distinct {code} from {view} where ({code} is null) <> ({code}_vi is null)") == [], (
                code
            )
    nameless = (
        "(district_code is null) <> (district_name is null) or (province_code is null) <> (province_name is null)"
    )
    assert query(f"select unit_key from named_unit_result where {nameless}") == []
    assert ("Huyện Hưng Hà", 2020) in query("select district_name, year from named_unit_result")
    assert query("select distinct held_back_by, held_back_by_vi from named_unit_result order by all") == [
        ("attainment", "Mức độ đạt được"),
        ("attainment, readiness", "Mức độ đạt được, Điều kiện sẵn sàng"),
        ("readiness", "Điều kiện sẵn sàng"),
        (None, None),
    ]
    assert query("select previous_unit_names from named_unit_movement where unit_name = 'Xã Ái Quốc'") == [
        ("Xã Tây Phong, Xã Tây Tiến",)
    ]


def test_every_code_in_use_has_its_words(query) -> None:
    for term, table, column in (
        ("tier", "fct_unit_result", "tier"),
        ("level", "agg_level_transitions", "from_level"),
        ("level", "agg_level_transitions", "to_level"),
        ("level", "agg_levels", "level"),
        ("result_status", "fct_unit_result", "result_status"),
        ("comparison", "fct_unit_movement", "comparison"),
        ("kind", "fct_submission", "kind"),
        ("severity", "fct_finding", "severity"),
        ("materiality", "fct_finding", "materiality"),
        ("finding_status", "fct_finding", "status"),
    ):
        known = f"select code from dim_term where term = '{term}'"
        assert query(f"select distinct {column} from {table} where {column} not in ({known})") == [], (term, column)


def test_views_answer_under_another_name_of_the_database(published: Path) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{published}' as other (read_only)")
        assert connection.execute("select count(*) from other.wide_total").fetchone() != (0,)


def test_the_dictionary_is_the_same_in_whatever_order_dbt_has_read_the_project(published: Path, tmp_path: Path) -> None:
    pages = []
    for turn in (1, -1):
        table = {
            "resource_type": "model",
            "schema": "main",
            "alias": "fct_unit_result",
            "refs": [{"name": "int_row"}, {"name": "int_file"}][::turn],
            "sources": [["landing", "titles"], ["landing", "doubts"]][::turn],
            "depends_on": {"nodes": ["model.a", "model.b"][::turn], "macros": ["macro.a", "macro.b"][::turn]},
        }
        manifest = tmp_path / "manifest.json"
        manifest.write_text(json.dumps({"nodes": {"fct_unit_result": table}, "parent_map": {}, "child_map": {}}))
        write_dictionary(manifest, published, tmp_path / "dictionary")
        pages.append((tmp_path / "dictionary" / "index.html").read_bytes())
    assert pages[0] == pages[1]


def test_the_dictionary_explains_the_views_after_their_tables(published: Path, tmp_path: Path) -> None:
    table = {"resource_type": "model", "schema": "main", "alias": "fct_unit_result"}
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"nodes": {"fct_unit_result": table}, "parent_map": {}, "child_map": {}}))
    write_dictionary(manifest, published, tmp_path / "dictionary")
    page = (tmp_path / "dictionary" / "index.html").read_text(encoding="utf-8")
    assert '"model.egov.wide_rank": ["fct_unit_result"]' in page
    assert '"y2025": {"name": "y2025", "description": "The rank of that year' in page
