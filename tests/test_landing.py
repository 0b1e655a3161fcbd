"""Landing: what is new is read, once; a file that cannot be read stops nothing; nothing a file does reaches us."""

from __future__ import annotations

import shutil
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dagster_project.reading.document import Place, ScoreCell
from dagster_project.root import Root
from dagster_project.warehouse import isolated_reader, landing, tables
from dagster_project.warehouse.isolated_reader import IsolatedReader
from dagster_project.warehouse.landing import land

INPUTS = Path(__file__).parent / "data" / "inputs"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    (root.submissions / "2020").mkdir(parents=True)
    shutil.copy(INPUTS / "01_decision.txt", root.submissions / "2020")
    return root


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


def count(connection, table: str) -> int:
    return connection.execute(f"SELECT count(*) FROM landing.{table}").fetchone()[0]


def test_every_table_has_the_columns_of_its_records(connection):
    tables.create(connection)
    found = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'score_cells' ORDER BY column_index"
    ).fetchall()
    assert [name for name, _ in found][:9] == [
        "submission_id",
        *Place.__dataclass_fields__,
        "table_order",
        "row_order",
    ]
    assert dict(found)["number"] == "DECIMAL(38,18)" and dict(found)["raw_text"] == "VARCHAR"


def test_figures_of_any_scale_land_exactly(connection):
    tables.create(connection)
    numbers = [Decimal("83.849"), Decimal("7"), None, Decimal("0.123456789012345678"), Decimal("123456789012345678")]
    cells = [ScoreCell(Place(), 1, 1, 1, "component", "x", "X", str(n), n, None, None, None, None) for n in numbers]
    table = next(table for table in tables.OF_DOCUMENTS if table.name == "score_cells")
    tables.insert(connection, table, [("id", *tables.flat(cell)) for cell in cells])
    assert [number for (number,) in connection.execute("SELECT number FROM landing.score_cells").fetchall()] == numbers


def test_what_was_read_is_kept_and_only_what_is_new_is_read(root, connection):
    assert land(connection, root).read == 1
    cells = count(connection, "score_cells")
    assert cells == 551
    assert land(connection, root).read == 0
    shutil.copy(INPUTS / "02_three_sheets.xlsx", root.submissions / "2020")
    assert land(connection, root).read == 1
    assert count(connection, "score_cells") == 2 * cells
    (root.submissions / "2020" / "02_three_sheets.xlsx").unlink()
    assert land(connection, root).read == 0
    assert count(connection, "score_cells") == cells


@pytest.mark.parametrize("column", ["reader_version", "labels_sha256"])
def test_another_reader_or_other_labels_read_everything_again(root, connection, column):
    land(connection, root)
    connection.execute(f"UPDATE landing.documents SET {column} = 'other'")
    assert land(connection, root, years=[1999]).read == 1
    assert count(connection, "score_cells") == 551


def test_only_the_files_of_the_years_asked_for_are_read(root, connection):
    (root.submissions / "2021").mkdir()
    shutil.copy(INPUTS / "19_self_assessment.xlsx", root.submissions / "2021")
    assert land(connection, root, years=[2021]).read == 1
    assert count(connection, "submissions") == 2 and count(connection, "documents") == 1


def test_a_file_that_cannot_be_read_is_kept_with_its_reason_and_stops_nothing(root, connection):
    (root.submissions / "2020" / "empty.xlsx").write_bytes(b"")
    (root.submissions / "2020" / "~$lock.xlsx").write_bytes(b"x")
    landed = land(connection, root)
    assert landed.unreadable == {"2020/empty.xlsx": "empty_file"}
    (row,) = connection.execute(
        "SELECT unreadable_vi, unreadable_en, format FROM landing.documents WHERE unreadable_reason IS NOT NULL"
    ).fetchall()
    assert row[0] and row[1] and row[2] is None
    assert connection.execute(
        "SELECT file_name, left_out_reason FROM landing.submissions WHERE left_out_reason IS NOT NULL"
    ).fetchall() == [("2020/~$lock.xlsx", "lock_file")]


def test_what_the_warehouse_is_built_from_is_listed_without_the_machines_paths(root, connection):
    land(connection, root)
    inputs = dict(connection.execute("SELECT path, rows FROM landing.inputs").fetchall())
    assert inputs["data/submissions/2020/01_decision.txt"] == 43
    assert inputs["dbt_project/seeds/units.csv"] > 10_000 and inputs["expectations/checks.csv"] > 20
    assert not any(Path(path).is_absolute() for path in inputs)


def test_numbers_that_no_table_of_scores_can_have_make_a_file_unreadable_and_no_more(root, connection, monkeypatch):
    stored = landing.store

    def refuse_once(connection, file, document):
        if file.unreadable_reason is None:
            raise duckdb.ConversionException("too large")
        stored(connection, file, document)

    monkeypatch.setattr(landing, "store", refuse_once)
    assert land(connection, root).unreadable == {"2020/01_decision.txt": "damaged_file"}
    assert "too large" in root.log.read_text()


class Misbehaving(IsolatedReader):
    """A reader whose process does something else than reading."""

    code = ""

    def _start(self) -> None:
        self._process = isolated_reader.subprocess.Popen(
            [sys.executable, "-c", self.code, str(self._registries)],
            stdin=isolated_reader.subprocess.PIPE,
            stdout=isolated_reader.subprocess.PIPE,
        )


READ = "from dagster_project.warehouse import reading_process as process; process.read = {}; process.main()"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import time; time.sleep(60)", "expands_too_much"),
        ("import os; os.abort()", "damaged_file"),
        (READ.format("lambda *_: bytearray(2 << 30)"), "expands_too_much"),
        (READ.format("lambda *_: 1 / 0"), "damaged_file"),
        (READ.format("lambda *_: print('noise') or 1 / 0"), "damaged_file"),
    ],
)
def test_a_file_that_hangs_crashes_or_eats_memory_is_refused_and_the_next_is_read(monkeypatch, code, reason):
    monkeypatch.setattr(isolated_reader, "SECONDS", 3)
    monkeypatch.setattr(Misbehaving, "code", code)
    content = (INPUTS / "01_decision.txt").read_bytes()
    with Misbehaving(Root().seeds) as reader:
        refused = reader.read(content, "a.txt")
        assert refused.document is None and refused.refused is not None and refused.refused[0] == reason
        assert (refused.details is not None) == (reason == "damaged_file")
        monkeypatch.setattr(Misbehaving, "_start", IsolatedReader._start)
        assert reader.read(content, "a.txt").format == "txt"
