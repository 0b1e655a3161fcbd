"""The exports for other programs: the description of the CSV files as Frictionless judges it, and the DuckDB file for
older releases."""

import copy
import csv
import json
import shutil

import duckdb
import pytest
from frictionless import Package, validate

from dagster_project.publishing.contract import opened, tables, views
from dagster_project.publishing.datapackage import RATIOS
from dagster_project.publishing.older_duckdb import FILE


@pytest.fixture(scope="module")
def exports(run_of_2020):
    return run_of_2020.published / "exports"


@pytest.fixture(scope="module")
def descriptor(exports):
    return json.loads((exports / "datapackage.json").read_text(encoding="utf-8"))


def resource(descriptor, name):
    return next(one for one in descriptor["resources"] if one["name"] == name)


def test_every_file_is_as_it_is_described(exports, descriptor):
    report = validate(str(exports / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "message"])[:5]
    assert {one["path"] for one in descriptor["resources"]} == {path.name for path in exports.glob("*.csv")}
    assert len(report.tasks) == len(descriptor["resources"])


@pytest.mark.parametrize(
    ("column", "wrong", "fault"),
    [
        ("readiness_computed", "45,13", "type-error"),
        ("assessment_key", "egov_2392/1999/published/34", "foreign-key"),
        ("year", "", "constraint-error"),
    ],
)
def test_a_file_that_is_not_as_it_is_described_is_refused(exports, descriptor, tmp_path, column, wrong, fault):
    names = ("fct_unit_result", "dim_assessment")
    for name in names:
        shutil.copy(exports / f"{name}.csv", tmp_path)
    path = tmp_path / "fct_unit_result.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3][column] = wrong
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    fewer = {**descriptor, "resources": [copy.deepcopy(resource(descriptor, name)) for name in names]}
    keys = fewer["resources"][0]["schema"]["foreignKeys"]
    fewer["resources"][0]["schema"] |= {
        "foreignKeys": [key for key in keys if key["reference"]["resource"] == "dim_assessment"]
    }
    report = Package.from_descriptor(fewer, basepath=str(tmp_path)).validate()
    assert fault in {found for (found,) in report.flatten(["type"])}


def test_types_units_keys_and_licence_are_said(exports, descriptor, run_of_2020):
    result = resource(descriptor, "fct_unit_result")["schema"]
    fields = {one["name"]: one for one in result["fields"]}
    assert {fields[name]["type"] for name in ("unit_code", "level_computed")} == {"string"}
    assert fields["readiness_computed"]["unit"] == "điểm / points"
    assert fields["percentile"]["unit"] == "1"
    assert "unit" not in fields["rank_in_province"]
    assert result["primaryKey"] == ["index_code", "year", "unit_key"]
    assert {"fields": ["unit_key"], "reference": {"resource": "dim_unit", "fields": ["unit_key"]}} in result[
        "foreignKeys"
    ]
    assert any("05/QĐ-UBND" in one["title"] for one in descriptor["sources"])
    licences = {one["title"].partition(":")[0]: one["name"] for one in descriptor["licenses"]}
    assert licences == {"figures": "notspecified", "rules": "notspecified", "units": "MIT"}
    with opened(run_of_2020.published_database) as connection:
        figures = {
            column.name
            for table in (*tables(connection), *views(connection))
            for column in table.columns
            if column.kind.startswith("DECIMAL")
        }
    assert figures >= RATIOS


def test_the_file_for_older_releases_says_the_same_in_the_oldest_form(exports, run_of_2020):
    with duckdb.connect() as connection:
        for name, path in (("now", run_of_2020.published_database), ("older", exports / FILE)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        (tags,) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'older'").fetchone()
        assert tags["storage_version"].startswith("v1.0.0")
        described = [
            connection.execute(
                """
                SELECT table_name, column_name, data_type, comment FROM duckdb_columns()
                WHERE database_name = $1 AND NOT internal
                UNION ALL
                SELECT table_name, 'table', NULL, comment FROM duckdb_tables() WHERE database_name = $1
                UNION ALL
                SELECT view_name, 'view', NULL, comment FROM duckdb_views() WHERE database_name = $1 AND NOT internal
                ORDER BY ALL
                """,
                [name],
            ).fetchall()
            for name in ("now", "older")
        ]
        assert described[0] == described[1]
        for table in dict.fromkeys(table for table, *_ in described[0]):
            left, right = (
                connection.execute(f'SELECT * FROM {name}.main."{table}" ORDER BY ALL').fetchall()
                for name in ("now", "older")
            )
            assert left == right, table
