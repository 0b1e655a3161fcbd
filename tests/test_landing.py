"""Landing: what is new is read, once; a file that cannot be read stops nothing; nothing a file does reaches us."""

from __future__ import annotations

import shutil
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dagster_project.reading.document import Place, ScoreCell
from dagster_project.root import Root
from dagster_project.warehouse import isolated_reader, landing, readers, tables
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


# What reading lets through: no half of a character, figures of eight digits before the mark and eighteen after it.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
figures = st.decimals(-99_999_999, 99_999_999, places=18)
whole = st.integers(-(2**31), 2**31 - 1)


def put(connection, cells: list[ScoreCell]) -> None:
    table = next(table for table in tables.OF_DOCUMENTS if table.name == "score_cells")
    tables.insert(connection, table, [("id", text) for text in tables.texts_of(table, cells)])


def count(connection, table: str) -> int:
    return connection.execute(f"SELECT count(*) FROM landing.{table}").fetchone()[0]


class Misbehaving(IsolatedReader):
    """A reader whose process does something else than reading."""

    code = ""

    def _start(self) -> None:
        self._process = isolated_reader.subprocess.Popen(
            [sys.executable, "-c", self.code, str(self._registries), str(isolated_reader.SECONDS)],
            stdin=isolated_reader.subprocess.PIPE,
            stdout=isolated_reader.subprocess.PIPE,
        )


READ = "from dagster_project.warehouse import reading_process as process; process.read = {}; process.main()"
AT_A_NAME = """
import os
from dataclasses import replace
from decimal import Decimal
from dagster_project.reading import read

def absurd(found):
    found[1].cells[0] = replace(found[1].cells[0], number=Decimal(10) ** 30)
    return found

"""


def misbehaving_at(file_name: str, what: str) -> type[IsolatedReader]:
    """Readers that read every file but those of one name, for which they do something else."""
    other = f"lambda content, name, *more: {what} if name == {file_name!r} else read(content, name, *more)"
    return type("Reader", (Misbehaving,), {"code": AT_A_NAME + READ.format(other)})


def copies(root: Root, *names: str) -> None:
    """Puts the decision into the folder under these names, each with other bytes."""
    for name in names:
        text = (INPUTS / "01_decision.txt").read_text("utf-8")
        (root.submissions / "2020" / name).write_text(f"{text}\n{name}\n", "utf-8")


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
    put(connection, cells)
    assert [number for (number,) in connection.execute("SELECT number FROM landing.score_cells").fetchall()] == numbers


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(texts, st.none() | texts, st.none() | figures, whole), max_size=8), st.integers(1, 3))
def test_whatever_a_record_holds_lands_as_it_is(found, together):
    """Also where records go over in several texts."""
    cells = [
        ScoreCell(Place(page_or_sheet=sheet), 1, order, 1, "component", "x", "X", raw, number, None, None, None, None)
        for raw, sheet, number, order in found
    ]
    with duckdb.connect() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "RECORDS", together)
        tables.create(connection)
        put(connection, cells)
        landed = connection.execute("SELECT raw_text, page_or_sheet, number, row_order FROM landing.score_cells")
        assert landed.fetchall() == found


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


def test_a_value_that_no_table_can_hold_makes_its_file_unreadable_and_no_other(root, connection, monkeypatch):
    """Reading lets none through; should it once, it costs one file and not the run."""
    copies(root, "a.txt", "absurd.txt", "z.txt")
    monkeypatch.setattr(readers, "IsolatedReader", misbehaving_at("absurd.txt", "absurd(read(content, name, *more))"))
    assert land(connection, root).unreadable == {"2020/absurd.txt": "damaged_file"}
    assert "could not keep what was read of 2020/absurd.txt" in root.log.read_text()
    assert count(connection, "score_cells") == 3 * 551


def test_several_processes_read_and_the_order_is_the_same(root, connection, monkeypatch):
    """With a process for each file, and with one for all, and whatever is stored together."""
    for number in range(6):
        names = "\n".join(f"{row},Xã Vũ Đoài,13,4,4,21,26,4,4,5,39" for row in range(1, 400 * (6 - number), 7))
        header = (
            "STT,Tên cơ quan,Hạ tầng,Nhân lực,Môi trường,Tổng số điểm,Hiện diện,Tương tác,Giao dịch,Chuyển đổi,Tổng"
        )
        (root.submissions / "2020" / f"{number}.csv").write_text(
            f"cấp xã của tỉnh Thái Bình\n{header}\n{names}", "utf-8"
        )
    landed = []
    for cores, together in ((7, 1), (1, 1 << 30), (3, 200_000)):
        monkeypatch.setattr(readers, "_cores", lambda cores=cores: cores)
        monkeypatch.setattr(landing, "TOGETHER", together)
        with duckdb.connect() as fresh:
            assert land(fresh, root).read == 7
            landed.append(
                {table.name: fresh.execute(f"SELECT * FROM landing.{table.name}").fetchall() for table in tables.ALL}
            )
    assert landed[0] == landed[1] == landed[2]
    assert len({row[0] for row in landed[0]["score_cells"]}) == 7


def test_a_file_that_kills_its_reader_is_its_own_finding_while_others_are_read(root, connection, monkeypatch):
    copies(root, "a.txt", "kills.txt", "z.txt")
    monkeypatch.setattr(readers, "_cores", lambda: 2)
    monkeypatch.setattr(readers, "IsolatedReader", misbehaving_at("kills.txt", "os.abort()"))
    assert land(connection, root).unreadable == {"2020/kills.txt": "damaged_file"}
    assert count(connection, "score_cells") == 3 * 551


def test_who_waits_is_told_how_long_the_rest_takes():
    assert landing._left(2.0, 1, 100) == "" and landing._left(60.0, 100, 100) == ""
    assert landing._left(10.0, 20, 100) == ", còn khoảng / about 40 s"
    assert landing._left(10.0, 1, 100) == ", còn khoảng / about 16 min"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (READ.format("lambda *_: sum(0 for _ in iter(int, 1))"), "expands_too_much"),
        ("import time; time.sleep(60)", "expands_too_much"),
        ("import os; os.abort()", "damaged_file"),
        (READ.format("lambda *_: bytearray(2 << 30)"), "expands_too_much"),
        (READ.format("lambda *_: 1 / 0"), "damaged_file"),
        (READ.format("lambda *_: print('noise') or 1 / 0"), "damaged_file"),
    ],
)
def test_a_file_that_hangs_crashes_or_eats_memory_is_refused_and_the_next_is_read(monkeypatch, code, reason):
    """Whether it works for too long, or waits."""
    monkeypatch.setattr(isolated_reader, "SECONDS", 2)
    monkeypatch.setattr(isolated_reader, "_BY_THE_CLOCK", 10 if "iter" in code else 2)
    monkeypatch.setattr(Misbehaving, "code", code)
    content = (INPUTS / "01_decision.txt").read_bytes()
    with Misbehaving(Root().seeds) as reader:
        refused = reader.read(content, "a.txt")
        assert refused.contents is None and refused.refused is not None and refused.refused[0] == reason
        assert (refused.details is not None) == (reason == "damaged_file")
        monkeypatch.setattr(Misbehaving, "_start", IsolatedReader._start)
        assert reader.read(content, "a.txt").format == "txt"
