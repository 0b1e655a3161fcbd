"""`egov diff` and `egov sql --publication`: which publications are meant, what is printed, exit codes, sentences."""

import json
import os
from datetime import datetime

import duckdb
import pytest

from dagster_project.cli import invoke
from dagster_project.publishing.kept import keep
from dagster_project.root import Root

ROWS = 25  # more than text shows


@pytest.fixture
def root(tmp_path):
    """SYNTHETIC: published on three days, with one figure that changed on the second and many on the third."""
    root = Root(tmp_path)
    root.published.mkdir(parents=True)
    publish(
        root,
        "2026-11-24",
        "create table fct_score (unit_key varchar, score decimal(18, 9)); "
        f"insert into fct_score select range, 1 from range({ROWS}); "
        "create table table_key as select 'fct_score' as table_name, 1 as position, 'unit_key' as column_name; "
        "create table dim_unit as select '3' as unit_key, 'Xã [bold]Đông Quý' as unit_name",
    )
    publish(root, "2026-11-25", "update fct_score set score = 44.93 where unit_key = '3'")
    publish(root, "2026-12-01", "update fct_score set score = 7.5")
    return root


def publish(root, day, statements):
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute(statements)
    os.utime(root.published_database, (datetime.fromisoformat(day).timestamp(),) * 2)
    keep(root.published_database, root.kept)


def egov(capsys, root, *arguments):
    code = invoke(["--root", str(root.path), *arguments])
    return code, *capsys.readouterr()


def test_without_names_the_last_is_held_against_what_was_published_before_it(root, capsys):
    code, out, _ = egov(capsys, root, "diff")
    assert code == 1
    lines = out.splitlines()
    assert lines[:3] == [
        "2026-11-25 → hiện hành / current",
        "bảng / table  đổi số / figures  đổi / changed  thêm / added  mất / gone  đổi nguồn / traced",
        "fct_score                   25             25             0           0                   0",
    ]
    assert "  ~ 3 · Xã [bold]Đông Quý: score 44.93 → 7.5" in lines
    assert sum(line.startswith("  ~ ") and "…" not in line for line in lines) == 20
    assert lines[-1] == "  ~ … và 5 dòng nữa / and 5 more (--format json)"


def test_what_is_published_and_not_kept_yet_is_held_against_the_last_that_is(root, capsys):
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute("update fct_score set score = 8 where unit_key = '3'")
    _, out, _ = egov(capsys, root, "diff")
    assert out.splitlines()[0] == "2026-12-01 → hiện hành / current"
    assert out.splitlines()[-1] == "  ~ 3 · Xã [bold]Đông Quý: score 7.5 → 8"


def test_days_name_publications_and_json_has_every_row(root, capsys):
    code, out, err = egov(capsys, root, "diff", "2026-11-24", "2026-11-30", "--format", "json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {
        "old": "2026-11-24",
        "new": "2026-11-25",
        "units": [],
        "rosters": [],
        "tables_added": [],
        "tables_gone": [],
        "tables": [
            {
                "table": "fct_score",
                "key": ["unit_key"],
                "columns_added": [],
                "columns_gone": [],
                "counts": {"added": 0, "gone": 0, "changed": 1, "traced": 0},
                "added": [],
                "gone": [],
                "changed": [
                    {
                        "key": {"unit_key": "3"},
                        "unit_name": "Xã [bold]Đông Quý",
                        "before": {"score": "1"},
                        "after": {"score": "44.93"},
                    }
                ],
                "traced": [],
            }
        ],
    }
    _, out, _ = egov(capsys, root, "diff", "2026-11-24", "--format", "json")
    assert len(json.loads(out)["tables"][0]["changed"]) == ROWS


def test_two_files_and_no_difference(root, capsys, tmp_path):
    path = str(root.published_database)
    assert egov(capsys, root, "diff", path, path)[:2] == (
        0,
        f"{path} → {path}\nKhông có khác biệt / No difference.\n",
    )
    code, out, _ = egov(capsys, root, "diff", "2026-12-01", "--format", "json")
    assert (code, json.loads(out)["tables"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["2026-11-23"], "No publication of 2026-11-23 is kept. Those that are: 2026-11-24, 2026-11-25, 2026-12-01."),
        (
            ["nothing.duckdb"],
            "neither a file nor the day of a publication, such as 24/11/2026 or 2026-11-24.",
        ),
        ([__file__], "cannot be opened as a warehouse"),
        (["a", "b", "c"], "unexpected extra argument"),
    ],
)
def test_what_cannot_be_compared_ends_with_2(root, capsys, arguments, sentence):
    code, out, err = egov(capsys, root, "diff", *arguments)
    assert (code, out) == (2, "")
    assert sentence in err


def test_nothing_to_compare_with_ends_with_2(tmp_path, capsys):
    root = Root(tmp_path)
    assert egov(capsys, root, "diff")[0] == 2
    root.published.mkdir(parents=True)
    publish(root, "2026-11-24", "create table t as select 1 as one")
    code, _, err = egov(capsys, root, "diff")
    assert code == 2
    assert "there is nothing to compare with" in err


def test_a_query_to_a_publication_that_was_given(root, capsys):
    query = "SELECT score FROM fct_score WHERE unit_key = '3'"
    for day, score in (("2026-11-24", "1"), ("2026-11-29", "44.93"), ("2026-12-01", "7.5")):
        assert egov(capsys, root, "sql", query, "--format", "csv", "--publication", day)[1] == f"score\n{score}\n"
    code, _, err = egov(capsys, root, "sql", query, "--publication", "2020-01-01")
    assert code == 1
    assert "No publication of 2020-01-01 is kept" in err
    assert egov(capsys, root, "sql", query, "--publication", "2026-11-24", "--as-of", "2026-11-24")[0] == 2
    refused = egov(capsys, root, "sql", "UPDATE fct_score SET score = 0", "--publication", "2026-11-24")
    assert refused[0] == 1
