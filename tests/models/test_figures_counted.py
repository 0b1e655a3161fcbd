"""Nothing is lost on the way through SQL: seen = loaded + quarantined + left out, and dbt's test can fail."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from dagster_project.commands.receiving import receive
from dagster_project.root import REPOSITORY, Root

INPUTS = REPOSITORY / "tests" / "data" / "inputs"
LAW = (
    "SELECT file_name FROM fct_submission WHERE figures_seen <> figures_loaded + figures_quarantined + figures_left_out"
)
NOT_OF_A_DECISION = {"30_password.xlsx", "31_scanned.pdf", "32_old_word.doc", "README.md", "truth.json"}


def received(root: Root, files: dict[Path, dict]) -> None:
    for path, said in files.items():
        asked = {"year": 2020, "kind": "published", "sender": None, "note": "SYNTHETIC", **said}
        list(receive(root, [path], received_on=date(2021, 5, 1), **asked))


@pytest.fixture
def root(tmp_path: Path) -> Root:
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", tmp_path / "registries")
    return Root(tmp_path)


def counted(connection: duckdb.DuckDBPyConnection, name: str) -> dict[tuple[str, str], int]:
    rows = connection.execute(
        "SELECT outcome, reason, figures FROM fct_submission_figures JOIN fct_submission USING (submission_id) "
        "WHERE file_name = ?",
        [name],
    ).fetchall()
    return {(outcome, reason): figures for outcome, reason, figures in rows}


@pytest.fixture
def annex() -> list[list[str]]:
    """The districts of the decision of 2020, by lines and fields."""
    lines = (INPUTS / "11_tabs_annex01.tsv").read_text(encoding="utf-8-sig").splitlines()
    return [line.split("\t") for line in lines]


def test_where_each_figure_of_a_damaged_file_ends(root, annex, tmp_path, build_in_memory):
    """SYNTHETIC: the annex of 2020 with rows that are no unit's, that nobody knows, that repeat or contradict."""
    first = next(at for at, fields in enumerate(annex) if fields[0] == "1")
    units = [at for at, fields in enumerate(annex) if at >= first and fields[0].isdigit()]
    rows = [list(annex[at]) for at in units]
    repeated, contradicting, unknown = list(rows[0]), list(rows[1]), list(rows[2])
    contradicting[2] = "1,5"
    unknown[1] = "Huyện Không Có"
    spoiled = list(rows[3])
    spoiled[2] = "27*"
    subtotal = ["", "Tổng cộng", *rows[0][2:]]
    below = [["STT", "Tên nơi", "Cột A", "Cột B"], ["1", "Xã IV", "30", "40"]]
    lines = [*annex[:first], *rows[:3], spoiled, *rows[4:], repeated, contradicting, unknown, subtotal, [], *below]
    path = tmp_path / "damaged-synthetic.tsv"
    path.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    received(root, {path: {}})
    connection = build_in_memory(root)
    assert connection.execute(LAW).fetchall() == []
    found = counted(connection, path.name)
    assert found == {
        ("loaded", "scores"): 7 * 10 - 1,
        ("quarantined", "not_a_number"): 1,
        ("quarantined", "different_figures"): 2 * 10,
        ("quarantined", "unit_unknown"): 10,
        ("quarantined", "outside_tables"): 3,
        ("left_out", "equal_figures"): 10,
        ("left_out", "subtotal"): 9,
    }


@pytest.mark.slow
def test_the_law_holds_of_handed_files_of_every_kind(root, build_in_memory):
    """The same decision in many forms, received as of other kinds and years, so that some are refused."""
    said = [{}, {"kind": "self_assessed"}, {"year": 1990}, {"kind": "appraised"}, {"kind": None}]
    files = [path for path in sorted(INPUTS.iterdir()) if path.name not in NOT_OF_A_DECISION]
    received(root, {path: said[at % len(said)] for at, path in enumerate(files)})
    connection = build_in_memory(root)
    assert connection.execute(LAW).fetchall() == []
    totals = connection.execute("SELECT sum(figures_loaded), sum(figures_quarantined) FROM fct_submission").fetchone()
    assert totals is not None and totals[0] > 5000 and totals[1] > 1000


def test_a_hidden_sheet_is_counted(root, tmp_path, annex, build_in_memory):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        shown, hidden = book.add_worksheet("PL01"), book.add_worksheet("Nháp")
        for at, fields in enumerate(annex):
            shown.write_row(at, 0, fields)
        hidden.write_row(0, 0, [1, 2, 3])
        hidden.hide()
    path = tmp_path / "hidden-synthetic.xlsx"
    path.write_bytes(content.getvalue())
    received(root, {path: {}})
    found = counted(build_in_memory(root), path.name)
    assert found == {("loaded", "scores"): 80, ("left_out", "hidden"): 3}


def test_dbts_test_of_the_sum_fails_where_a_figure_is_lost(warehouse_of_2020, of_dbt, tmp_path):
    """The generic test `adds_up`, as dbt compiled it, where one figure is gone, or a column is empty."""
    (law,) = [sql for name, sql in of_dbt.tests.items() if name.startswith("adds_up_fct_submission")]
    altered = tmp_path / "egov.duckdb"
    shutil.copy(warehouse_of_2020, altered)
    with duckdb.connect(str(altered)) as connection:
        assert connection.execute(law).fetchall() == []
        for change in ("figures_loaded = figures_loaded - 1", "figures_left_out = NULL", "figures_seen = NULL"):
            connection.begin()
            connection.execute(f"UPDATE fct_submission SET {change}")
            assert connection.execute(law).fetchall(), change
            connection.rollback()
