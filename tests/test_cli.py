"""The commands as a person meets them: exit codes, what is printed where, errors as sentences, quick starts."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import datetime
from importlib.util import cache_from_source
from pathlib import Path

import click
import duckdb
import openpyxl
import pytest

from dagster_project import cli
from dagster_project.cli import invoke
from dagster_project.commands import status
from dagster_project.publishing import publication
from dagster_project.root import REPOSITORY, Root

INPUTS = Path(__file__).parent / "data" / "inputs"
DECISION = str(INPUTS / "01_decision.txt")
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
HEAVY = ("dagster", "dbt", "great_expectations", "pandas", "pyarrow", "numpy")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "data").mkdir()
    return Root(tmp_path)


@pytest.fixture
def published(root: Root) -> Root:
    """A root with a small published warehouse, in which a name is a formula."""
    root.published.mkdir(parents=True)
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute("CREATE TABLE t (name VARCHAR, total DECIMAL(18, 9), day DATE, nothing VARCHAR)")
        connection.execute("INSERT INTO t VALUES ('=HYPERLINK(1)', -0.2, '2021-04-05', NULL), ('Xã', 42, NULL, '-0.2')")
    return root


def publish_by_hand(root: Root) -> None:
    """Puts the warehouse that lies there in place as a publication, with parts that are empty."""
    folder = publication.begin(root.published)
    for part in publication.PARTS[1:]:
        (folder / part).mkdir()
    root.published_database.rename(folder / publication.WAREHOUSE)
    publication.put_in_place(root.published)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dagster_project", *arguments]
    return subprocess.run(command, capture_output=True, cwd=REPOSITORY, env={**os.environ, **environment}, timeout=120)


def invoked(capsys, root: Root, *arguments: str) -> tuple[int, str, str]:
    code = invoke(["--root", str(root.path), *arguments])
    return code, *capsys.readouterr()


@pytest.fixture(scope="module")
def set_up() -> None:
    assert invoke(["setup"]) == 0


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], (*HEAVY, "duckdb", "rich", "dagster_project.reading")),
        (["check", DECISION], HEAVY),
        (["sql", "SELECT 1"], (*HEAVY, "dagster_project.reading")),
        (["status"], HEAVY),
    ],
)
def test_nothing_is_imported_that_is_not_needed(arguments, unwanted, alone, set_up):
    code = f"import sys; from dagster_project.cli import invoke; invoke({arguments}); print(list(sys.modules))"
    with alone("the plan of the checks"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=REPOSITORY, check=True)
    modules = done.stdout.decode().strip().splitlines()[-1]
    assert [name for name in unwanted if f"'{name}'" in modules] == []


def test_set_up_compiles_the_program_for_those_who_may_not_write_there():
    invoke(["setup"])
    modules = (REPOSITORY / "dagster_project").rglob("*.py")
    assert [str(path) for path in modules if not Path(cache_from_source(path)).exists()] == []


def test_help_names_every_command():
    done = run("--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert all(f"  {command} " in text for command in ("run", "check", "add", "sql", "diff", "status", "setup", "dev"))


@pytest.mark.parametrize("name", [None, *cli.egov.commands])
def test_help_is_in_both_languages(name):
    command = cli.egov if name is None else cli.egov.commands[name]
    vietnamese, english = (command.help or "").split("\n\n")[:2]
    assert VIETNAMESE.search(vietnamese) and not VIETNAMESE.search(english.partition("Example")[0])
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("version", "help"):
            assert VIETNAMESE.search(option.help or "") and " / " in (option.help or ""), option.name


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([DECISION], 1), ([DECISION, "none.xlsx"], 2)],
)
def test_check_prints_one_json_object_per_file_and_nothing_else(arguments, code):
    done = run("check", *arguments, "--format", "json")
    reports = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == code
    assert [report["submission"]["file"] for report in reports] == [Path(name).name for name in arguments]


def test_output_is_utf8_whatever_the_console():
    done = run("check", DECISION, PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "Huyện Tiền Hải" in done.stdout.decode("utf-8") and done.returncode == 1


def test_a_reader_that_has_had_enough_is_no_error():
    command = f'"{sys.executable}" -m dagster_project check "{DECISION}" | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, cwd=REPOSITORY, timeout=120)
    assert done.stdout.decode().strip() == "01_decision.txt" and b"Traceback" not in done.stderr


def test_without_a_year_the_command_asks_for_it(capsys, root, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Tên cơ quan,Hạ tầng\nHuyện Tiền Hải,1\n", encoding="utf-8")
    code, out, err = invoked(capsys, root, "check", str(path), "--format", "json")
    assert code == 2 and "--year 2020" in err
    assert [json.loads(line)["submission"]["file"] for line in out.splitlines()] == ["a.csv"]
    code, _, err = invoked(capsys, root, "add", str(path))
    assert code == 2 and "--year 2020" in err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sql", "SELECT 1"], 1, "Nothing has been published yet"),
        (["check"], 2, "Missing argument"),
        (["check", DECISION, "--year", "20"], 2, "Invalid value for '--year'"),
        (["add", "none.xlsx", "--year", "2020"], 1, "There is no file none.xlsx"),
        (["add", "--year", "2020"], 2, "Give files to add, or --undo alone"),
        (["add", "--undo"], 1, "nothing to take back"),
        (["chek"], 2, "No such command 'chek'"),
    ],
)
def test_errors_are_sentences(capsys, root, arguments, code, said):
    found, out, err = invoked(capsys, root, *arguments)
    assert (found, out) == (code, "") and said in err and "Traceback" not in err


def test_a_check_that_cannot_be_done_is_not_taken_for_findings(capsys, root):
    (root.path / "registries").mkdir()
    (root.path / "registries" / "tiers.csv").touch()
    code, out, err = invoked(capsys, root, "check", DECISION)
    assert (code, out) == (2, "") and "There is no registry called tiers.csv" in err


def test_a_folder_that_is_not_there_is_named(capsys):
    assert invoke(["--root", "/no/such/folder", "status"]) == 1
    assert "There is no folder /no/such/folder" in capsys.readouterr().err


def test_an_unforeseen_error_is_a_sentence_and_its_traceback_is_in_the_log(capsys, root, monkeypatch):
    monkeypatch.setattr(status, "arrivals", lambda root: 1 / 0)
    code, out, err = invoked(capsys, root, "status")
    assert (code, out) == (1, "") and str(root.log) in err and "Traceback" not in err
    assert "ZeroDivisionError" in root.log.read_text()


def test_files_are_added_shown_and_taken_back(capsys, root):
    code, out, _ = invoked(capsys, root, "add", DECISION, "--received-on", "2021-04-05", "--sender", "Sở TTTT")
    assert code == 0 and "2020/01_decision.txt (2020, published)" in out
    code, out, _ = invoked(capsys, root, "add", DECISION, "--year", "2020")
    assert code == 0 and "nothing added" in out
    code, out, _ = invoked(capsys, root, "add", str(INPUTS / "19_self_assessment.xlsx"), "--year", "2020")
    assert "(2020, self_assessed)" in out
    _, out, _ = invoked(capsys, root, "status")
    assert "2020/01_decision.txt · published · nhận / received 2021-04-05 · từ / from Sở TTTT" in out
    code, out, _ = invoked(capsys, root, "add", "--undo")
    assert code == 0 and "19_self_assessment.xlsx" in out
    assert [path.name for path in (root.submissions / "2020").iterdir()] == ["01_decision.txt"]


def test_what_is_taken_back_is_kept_whatever_is_taken_back_after_it(capsys, root, tmp_path):
    """It may be the only copy: no run and no `make clean` clears its folder, and no other file takes its place."""
    for content in (b"a", b"b"):
        (tmp_path / "bieu.csv").write_bytes(content)
        assert invoked(capsys, root, "add", str(tmp_path / "bieu.csv"), "--year", "2020")[0] == 0
        code, out, _ = invoked(capsys, root, "add", "--undo")
        assert code == 0 and str(root.taken_back) in out
    kept = {path.name: path.read_bytes() for path in root.taken_back.iterdir()}
    assert kept == {"bieu.csv": b"a", "bieu-2.csv": b"b"}
    assert not root.taken_back.is_relative_to(root.warehouse) and not root.taken_back.is_relative_to(root.published)


def test_an_unreadable_file_is_added_and_said_to_be_unreadable(capsys, root, tmp_path):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    code, out, _ = invoked(capsys, root, "add", str(tmp_path / "empty.xlsx"), "--year", "2020")
    assert code == 0 and "2020/empty.xlsx" in out and "rỗng" in out


def test_a_year_without_rules_is_refused_and_said_in_the_status_of_a_file_that_lies_there(capsys, root):
    code, out, err = invoked(capsys, root, "add", DECISION, "--year", "2016")
    assert (code, out) == (1, "") and not root.ledger.exists()
    assert "không có quy định nào hiệu lực trong năm 2016" in err and "no rules in force in 2016" in err
    (root.submissions / "2016").mkdir(parents=True)
    shutil.copy(DECISION, root.submissions / "2016")
    _, out, _ = invoked(capsys, root, "status")
    assert "no index has rules for this year" in out


def test_a_year_against_the_title_is_said_before_the_file_is_added(capsys, root):
    code, out, _ = invoked(capsys, root, "add", DECISION, "--year", "2021")
    assert code == 0 and out.index("names the year 2020") < out.index("Đã nhận / Added")
    code, out, _ = invoked(capsys, root, "add", DECISION, "--year", "2021")
    assert "nothing added" in out and "names the year" not in out
    _, out, _ = invoked(capsys, root, "status")
    assert "no rules" not in out


def test_status_tells_what_is_missing_and_what_was_left_out(capsys, root):
    folder = root.submissions / "2020"
    folder.mkdir(parents=True)
    shutil.copy(DECISION, folder)
    (folder / "~$x.xlsx").write_bytes(b"x")
    root.ledger.write_text("file,sha256,year,kind,received_on,sender,note\n2020/gone.xlsx,,2020,,,,\n")
    (root.path / "registries").mkdir()
    (root.path / "registries" / "deadlines.csv").write_text("year,kind,due_on\n2020,self_assessed,2021-01-31\n")
    code, out, _ = invoked(capsys, root, "status")
    assert code == 0
    for said in (
        "no line in the ledger",
        "2020/~$x.xlsx: bỏ qua / left out: tệp khóa tạm",
        "2020/gone.xlsx: có trong sổ nhưng không thấy tệp",
        "✗ tự đánh giá · self_assessed · hạn / due 2021-01-31, quá hạn",
        "Not built yet",
    ):
        assert said in out


def test_status_of_an_empty_root(capsys, root):
    code, out, _ = invoked(capsys, root, "status")
    assert code == 0 and "Chưa nhận tệp nào" in out


def test_sql_prints_a_table(capsys, published):
    code, out, _ = invoked(capsys, published, "sql", "SELECT name, total FROM t ORDER BY total")
    assert code == 0
    assert [line.split() for line in out.splitlines()] == [
        ["name", "total"],
        ["─" * 13, "─" * 5],
        ["=HYPERLINK(1)", "-0.2"],
        ["Xã", "42"],
        ["(2", "rows)"],
    ]


def test_sql_in_csv_holds_no_formulas_and_leaves_numbers_alone(capsys, published):
    _, out, _ = invoked(capsys, published, "sql", "FROM t ORDER BY total", "--format", "csv")
    assert list(csv.reader(io.StringIO(out))) == [
        ["name", "total", "day", "nothing"],
        ["'=HYPERLINK(1)", "-0.2", "2021-04-05", ""],
        ["Xã", "42", "", "-0.2"],
    ]


def test_sql_in_json_is_exact(capsys, published):
    _, out, _ = invoked(capsys, published, "sql", "SELECT *, [1.50] AS list FROM t WHERE total < 0", "--format", "json")
    assert json.loads(out) == [
        {"name": "=HYPERLINK(1)", "total": "-0.2", "day": "2021-04-05", "nothing": None, "list": ["1.5"]}
    ]


def test_sql_takes_a_query_from_a_file_and_puts_the_answer_into_one(capsys, published, tmp_path):
    (tmp_path / "q.sql").write_text("-- câu hỏi\nSELECT name, total, day FROM t ORDER BY total", encoding="utf-8-sig")
    query = ("sql", "--file", str(tmp_path / "q.sql"))
    assert "=HYPERLINK(1)" in invoked(capsys, published, *query)[1]
    for ending in ("xlsx", "csv", "json"):
        code, out, err = invoked(capsys, published, *query, "--output", str(tmp_path / f"answer.{ending}"))
        assert (code, out) == (0, "") and f"answer.{ending}" in err
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [("=HYPERLINK(1)", "s"), (-0.2, "n"), (datetime(2021, 4, 5), "d")],
        [("Xã", "s"), (42, "n"), (None, "n")],
    ]
    assert (tmp_path / "answer.csv").read_text().splitlines()[1] == "'=HYPERLINK(1),-0.2,2021-04-05"
    assert json.loads((tmp_path / "answer.json").read_text())[1] == {"name": "Xã", "total": "42", "day": None}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Give a query, or a file with one"),
        (["SELECT 1", "--file", "q.sql"], 2, "Give a query, or a file with one"),
        (["--file", "none.sql"], 1, "none.sql cannot be opened"),
        (["SELECT 1", "--output", "a.txt"], 1, "ends in .xlsx, .csv or .json"),
        (["SELECT 1 FROM nothing", "--output", "a.xlsx"], 1, "nothing does not exist"),
    ],
)
def test_sql_says_what_it_cannot_do_and_writes_nothing(capsys, published, tmp_path, monkeypatch, arguments, code, said):
    monkeypatch.chdir(tmp_path)
    found, _, err = invoked(capsys, published, "sql", *arguments)
    assert found == code and said in err
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize("query", ["PIVOT t ON name USING sum(total)", "DESCRIBE t", "EXPLAIN FROM t", "SHOW TABLES"])
def test_sql_takes_whatever_reads(capsys, published, query):
    assert invoked(capsys, published, "sql", query)[0] == 0


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE t",
        "INSERT INTO t SELECT * FROM t",
        "CREATE TEMP TABLE x AS SELECT 1",
        "SELECT 1; SELECT 2",
        "COPY t TO 'out.csv'",
        f"SELECT * FROM read_csv('{DECISION}')",
        f"FROM '{DECISION}'",
        "ATTACH 'other.duckdb' AS other",
        "SET threads = 1",
        "SELECT nothing_of_that_name FROM t",
        "SELEC 1",
        "",
    ],
)
def test_sql_neither_writes_nor_leaves_the_warehouse(capsys, published, query):
    before = published.published_database.read_bytes()
    code, out, err = invoked(capsys, published, "sql", query)
    assert (code, out) == (1, "") and err.strip() and "Traceback" not in err
    assert published.published_database.read_bytes() == before


def test_sql_ends_what_takes_too_long(capsys, published):
    query = "SELECT count(*) FROM range(100000000) AS a, range(100000000) AS b WHERE a.range % 7 = b.range % 11"
    code, out, err = invoked(capsys, published, "sql", query, "--seconds", "0.5")
    assert (code, out) == (1, "")
    assert "quá 0.5 giây" in err and "The query took more than 0.5 seconds" in err


def test_sql_ends_what_takes_too_much_memory(capsys, published):
    query = "SELECT list(range) FROM range(1000000000)"
    code, out, err = invoked(capsys, published, "sql", query)
    assert (code, out) == (1, "")
    assert "more memory than the 2GB" in err and "hơn 2GB bộ nhớ" in err


def test_sql_prints_no_number_that_json_has_no_word_for_and_no_letter_of_control(capsys, published):
    code, out, _ = invoked(
        capsys, published, "sql", "SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b", "--format", "json"
    )
    assert (code, json.loads(out)) == (0, [{"a": None, "b": None}])
    query = "SELECT 'a' || chr(27) || '[31mb' || chr(7) AS a, 'nan'::DOUBLE AS b"
    code, out, _ = invoked(capsys, published, "sql", query, "--format", "csv")
    assert (code, list(csv.reader(io.StringIO(out)))) == (0, [["a", "b"], ["a[31mb", "nan"]])


def test_a_long_table_is_cut_and_csv_is_not(capsys, published):
    code, out, _ = invoked(capsys, published, "sql", "FROM range(10001)")
    assert code == 0 and "the first 10000 rows" in out
    code, out, _ = invoked(capsys, published, "sql", "FROM range(10001)", "--format", "csv")
    assert code == 0 and len(out.splitlines()) == 10_002


@pytest.mark.parametrize("command", [["status"], ["sql", "SELECT 1"], ["diff"]])
@pytest.mark.parametrize("what", ["noise", "a folder", "held"])
def test_a_published_warehouse_that_cannot_be_opened_is_told_in_both_languages(capsys, published, command, what):
    publish_by_hand(published)
    path = published.published_database
    holder = None
    if what == "noise":
        path.write_bytes(os.urandom(5_000))
    elif what == "a folder":
        path.unlink()
        path.mkdir()
    else:
        code = f"import duckdb; c = duckdb.connect({str(path)!r}); print(1, flush=True); input()"
        holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert holder.stdout.readline()
    try:
        code, out, err = invoked(capsys, published, *command)
    finally:
        if holder:
            holder.communicate(b"\n")
    said = out + err
    assert "unforeseen" not in said and "Traceback" not in said
    if command == ["status"]:
        assert code == 0 and "2020" not in err
    if command == ["diff"] and what != "noise":
        assert "nothing to compare with" in said  # the file that was published is whole, and that is what it opens
    elif what != "held":
        assert "egov run" in said
    else:
        assert "because another program has it open" in said and "chương trình khác đang mở" in said


@pytest.mark.parametrize("what", ["a pipe", "/dev/zero"])
def test_a_check_of_what_is_no_file_ends_at_once(capsys, root, tmp_path, what):
    path = tmp_path / "pipe.txt"
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes among files here")
    os.mkfifo(path)
    code, out, err = invoked(capsys, root, "check", "/dev/zero" if what == "/dev/zero" else str(path))
    assert code == 2 and "cannot be opened: not a file" in out + err


def test_a_port_that_cannot_be_had_is_told_at_once(capsys, root):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, err = invoked(capsys, root, "dev", "--port", str(port))
    assert code == 1 and f"cannot be served on port {port}" in err and f"ở cổng {port}" in err
    assert invoked(capsys, root, "dev", "--port", "99999")[0] == 2


def test_the_kinds_that_may_be_given_are_the_ledgers():
    from dagster_project.submissions import KINDS

    assert cli._KINDS == KINDS
