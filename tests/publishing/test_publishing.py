"""The published warehouse and its exports: the contract and nothing else, whole, equal bytes for equal content."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dagster_project.publishing import exports
from dagster_project.publishing.contract import Column, Table
from dagster_project.publishing.dictionary import write_dictionary
from dagster_project.publishing.exports import export
from dagster_project.publishing.warehouse import Published, publish
from dagster_project.publishing.workbook import write_workbook

# SYNTHETIC text that a spreadsheet would take for something else.
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'quoted", "Đông Quý", "-0.2", '=HYPERLINK("x")']


@pytest.fixture
def build(tmp_path):
    """A build database: two tables, what the contract says of all tables, and schemas that are nobody's business."""
    path = tmp_path / "build" / "egov.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema judged; create table judged.total_differs as select 1 as one")
        connection.execute(
            "create table fct_score (year integer not null, unit_name varchar, score decimal(18, 9), is_good boolean, "
            "received_on date, primary key (year, unit_name))"
        )
        for number, text in enumerate(HOSTILE):
            connection.execute("insert into fct_score values (2020, ?, 83.849 + ?, true, '2021-04-05')", [text, number])
        connection.execute("insert into fct_score values (2019, '', null, null, null)")
        connection.execute("comment on table fct_score is 'One row per unit''s score.'")
        connection.execute("comment on column fct_score.score is 'Điểm của đơn vị.'")
        connection.execute("create table dim_unit (unit_code varchar not null)")
        connection.execute(
            "create table dim_source (about varchar, index_code varchar, year integer, kind varchar, "
            "publisher varchar, title varchar, dated date, licence varchar, licence_url varchar, note_vi varchar, "
            "note_en varchar)"
        )
        connection.execute(
            "insert into dim_source (about, year, publisher, title, licence) "
            "values ('figures', 2020, '=1+1', '5/QĐ', 'notspecified')"
        )
        connection.execute("create table table_key (table_name varchar, position integer, column_name varchar)")
        connection.execute("insert into table_key values ('fct_score', 1, 'year'), ('fct_score', 2, 'unit_name')")
    return path


@pytest.fixture
def published(build, tmp_path):
    path = tmp_path / "published" / "egov.duckdb"
    publish(build, path)
    return path


def test_tables_come_with_their_constraints_and_comments_and_alone(published):
    with duckdb.connect(str(published)) as connection:
        tables = connection.execute(
            "select schema_name, table_name, comment from duckdb_tables() order by 2"
        ).fetchall()
        assert tables == [
            ("main", "dim_source", None),
            ("main", "dim_unit", None),
            ("main", "fct_score", "One row per unit's score."),
            ("main", "table_key", None),
        ]
        comments = connection.execute("select column_name, comment from duckdb_columns() where comment is not null")
        assert comments.fetchall() == [("score", "Điểm của đơn vị.")]
        assert connection.execute("select count(*), sum(score) from fct_score").fetchone() == (10, Decimal("790.641"))
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("insert into fct_score values (2020, '=1+1', 1, true, null)")
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("insert into dim_unit values (null)")


def test_what_came_and_went_since_the_one_before_is_told(build, published):
    same = Published("dim_source", 1, 0, 0), Published("table_key", 2, 0, 0)
    assert publish(build, published) == [
        same[0],
        Published("dim_unit", 0, 0, 0),
        Published("fct_score", 10, 0, 0),
        same[1],
    ]
    with duckdb.connect(str(build)) as connection:
        connection.execute("update fct_score set score = 1 where unit_name = '-0.2'; insert into dim_unit values ('1')")
        connection.execute("alter table dim_unit add column unit_name varchar; create table dim_new (one integer)")
    assert publish(build, published) == [
        Published("dim_new", 0, None, None),
        same[0],
        Published("dim_unit", 1, 1, 0, ("unit_name",)),
        Published("fct_score", 10, 1, 1),
        same[1],
    ]


def test_a_file_that_says_the_same_stays_and_one_that_says_it_in_other_words_does_not(build, published, tmp_path):
    def stamp():
        return published.stat().st_mtime_ns, published.read_bytes()

    with duckdb.connect(str(build)) as connection:
        connection.execute("create table fct_unit_result as select 2020 as year")
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "long.sql").write_text("select cast('2020-01-01' as date) as day")
    (tmp_path / "views" / "long.yml").write_text("description: One row.")
    publish(build, published, tmp_path / "views")
    before = stamp()
    publish(build, published, tmp_path / "views")
    assert stamp() == before
    for statement in (
        "comment on column fct_score.score is 'Điểm số.'",
        "create table dim_new as select 1 as one",
        "drop table dim_new",
        "alter table fct_score alter received_on drop not null; alter table fct_score rename is_good to is_better",
    ):
        with duckdb.connect(str(build)) as connection:
            connection.execute(statement)
        publish(build, published)
        assert stamp() != before, statement
        before = stamp()


def test_the_file_has_the_format_that_older_engines_read(published):
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"attach '{published}' as published (read_only)")
        (tags,) = connection.execute("select tags from duckdb_databases() where database_name = 'published'").fetchone()
    assert tags["storage_version"].startswith("v1.4")


def test_readers_keep_what_they_had_open(build, published):
    reader = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); input(); "
    reader += "print(c.execute('select count(*) from fct_score').fetchone()[0])"
    with subprocess.Popen(
        [sys.executable, "-c", reader, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "open\n"
        with duckdb.connect(str(build)) as connection:
            connection.execute("delete from fct_score")
        assert Published("fct_score", 0, 0, 10) in publish(build, published)
        assert process.communicate("\n")[0] == "10\n"


def test_a_build_that_cannot_be_copied_leaves_the_published_file(build, published):
    before = published.read_bytes()
    build.write_bytes(b"not a database")
    with pytest.raises(duckdb.Error):
        publish(build, published)
    assert published.read_bytes() == before
    assert list(published.parent.iterdir()) == [published]


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_killed_at_any_moment_the_published_file_is_whole(build, published):
    code = "import sys; from pathlib import Path; from dagster_project.publishing.warehouse import publish; "
    code += "print('begin', flush=True)\nwhile True: publish(Path(sys.argv[1]), Path(sys.argv[2]))"
    (published.parent / ".egov.duckdb.new.wal").write_bytes(b"left by a kill")
    for pause in (0.0, 0.011, 0.037, 0.052, 0.083):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(build), str(published)], stdout=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
        with duckdb.connect(str(published), read_only=True) as connection:
            assert connection.execute("select count(*) from fct_score").fetchone() == (10,)
    publish(build, published)
    assert list(published.parent.iterdir()) == [published]


def files_in(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_exports_of_equal_content_have_equal_bytes(build, published, tmp_path):
    export(published, tmp_path / "exports")
    before = files_in(tmp_path / "exports")
    tables = ("dim_source", "dim_unit", "fct_score", "table_key")
    assert set(before) == {
        "datapackage.json",
        "egov-duckdb-0.10.3.duckdb",
        "egov.xlsx",
        *(f"{table}.{ending}" for table in tables for ending in ("csv", "parquet")),
        *(f"spreadsheet/{table}.csv" for table in tables),
    }
    with duckdb.connect(str(build)) as connection:  # the same rows, laid down in another order
        connection.execute("create table other as from fct_score order by score desc; delete from fct_score")
        connection.execute("insert into fct_score from other; drop table other")
    time.sleep(1.1)
    publish(build, published)
    export(published, tmp_path / "exports")
    assert files_in(tmp_path / "exports") == before


def test_the_workbook_is_written_again_only_where_it_would_differ(build, published, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(exports, "write_workbook", lambda *given: written.append(given) or write_workbook(*given))
    for change in ("select 1", "select 1", "update fct_score set score = 1 where year = 2019", "select 1"):
        with duckdb.connect(str(build)) as connection:
            connection.execute(change)
        publish(build, published)
        export(published, tmp_path / "exports")
    assert len(written) == 2
    (tmp_path / "exports" / "egov.xlsx").write_bytes(b"no workbook")
    export(published, tmp_path / "exports")
    assert len(written) == 3


def test_exports_hold_every_figure_and_no_formula(published, tmp_path):
    export(published, tmp_path / "exports")
    csv = (tmp_path / "exports" / "fct_score.csv").read_text(encoding="utf-8")
    assert "2020,-0.2,90.849,true,2021-04-05" in csv
    for_spreadsheets = (tmp_path / "exports" / "spreadsheet" / "fct_score.csv").read_bytes()
    assert for_spreadsheets.startswith(b"\xef\xbb\xbf") and b"2020;-0.2;90,849;true;2021-04-05" in for_spreadsheets
    assert '2019,"",,,' in csv
    for text in ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"):
        assert f"2020,'{text}," in csv or f'2020,"\'{text}"' in csv, csv
    parquet = duckdb.connect().execute(
        "select unit_name from read_parquet(?)", [str(tmp_path / "exports/fct_score.parquet")]
    )
    assert {name for (name,) in parquet.fetchall()} == {"", *HOSTILE}


def test_the_workbook_shows_text_as_text_and_explains_its_columns(published, tmp_path):
    export(published, tmp_path / "exports")
    path = tmp_path / "exports" / "egov.xlsx"
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["contents", "dictionary", "dim_source", "dim_unit", "fct_score", "table_key"]
    assert [cell.value for cell in book["contents"][4]] == ["fct_score", 10, None, "One row per unit's score."]
    lines = [tuple(cell.value or "" for cell in row) for row in book["dictionary"].iter_rows(min_row=2)]
    assert ("fct_score", "unit_name", "VARCHAR", "", "●", "") in lines
    assert ("fct_score", "score", "DECIMAL(18,9)", "điểm / points", "", "Điểm của đơn vị.") in lines
    assert len(lines) == sum(len(list(book[name].columns)) for name in book.sheetnames[2:])
    sheet = book["fct_score"]
    assert sheet.freeze_panes == "A2"
    assert sheet["C1"].comment.text == "Điểm của đơn vị."
    assert {sheet.cell(row, 2).value for row in range(3, 12)} == set(HOSTILE)
    assert all(sheet.cell(row, 2).data_type in "ns" for row in range(2, 12))
    by_name = {sheet.cell(row, 2).value: [cell.value for cell in sheet[row]] for row in range(3, 12)}
    assert by_name["=1+1"][2:4] == [83.849, True]
    assert by_name["=1+1"][4].date() == date(2021, 4, 5)


def test_the_dictionary_is_one_page_without_the_machine_in_it(published, tmp_path):
    node = {
        "resource_type": "model",
        "schema": "main",
        "alias": "fct_score",
        "compiled_path": "/home/x",
        "created_at": 1.5,
    }
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"metadata": {"generated_at": "now"}, "nodes": {"model.egov.fct_score": node}}))
    write_dictionary(manifest, published, tmp_path / "dictionary")
    page = (tmp_path / "dictionary" / "index.html").read_text(encoding="utf-8")
    assert "Điểm của đơn vị." in page
    assert "INLINE DATA" not in page
    for word in ("/home/x", "generated_at", str(tmp_path), str(Path.home()) + "/"):
        assert word not in page


def test_a_csv_of_many_rows_is_in_the_order_of_its_columns(tmp_path):
    """Also where it is so long that several threads read it: it is written from its Parquet file."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE long AS SELECT range AS place, 'Xã ' || range AS name, (range / 8)::DECIMAL(38, 18) AS score "
            "FROM range(600_000) ORDER BY hash(range)"
        )
        columns = tuple(
            Column(name, kind, "", False)
            for name, kind in (("place", "BIGINT"), ("name", "VARCHAR"), ("score", "DECIMAL(38,18)"))
        )
        table = Table("long", "", 600_000, columns, (), "")
        (tmp_path / exports.FOR_SPREADSHEETS).mkdir()
        exports._write_table(connection, tmp_path, table)
    lines = (tmp_path / "long.csv").read_text("utf-8").splitlines()
    assert [int(line.partition(",")[0]) for line in lines[1:]] == list(range(600_000))
    assert lines[:3] == ["place,name,score", "0,Xã 0,0", "1,Xã 1,0.125"]
