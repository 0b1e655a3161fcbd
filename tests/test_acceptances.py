"""Acceptances: `egov accept` writes them, `egov status` tells of those without effect; on the decision of 2020."""

from __future__ import annotations

import duckdb
import openpyxl
import pytest

from dagster_project import registries
from dagster_project.cli import invoke
from dagster_project.commands import status
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root


@pytest.fixture
def root(tmp_path, warehouse_of_2020) -> Root:
    root = Root(tmp_path)
    publish(warehouse_of_2020, root.published_database)
    return root


def test_an_acceptance_that_lets_nothing_stand_is_told(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        query = "SELECT finding_id FROM fct_finding WHERE code = 'total_differs'"
        (finding,) = connection.execute(query).fetchone() or ("",)
    (root.path / "registries").mkdir()
    lines = ["finding_id,stated,accepted_by,accepted_on,why", f"{finding},44.93,,,", f"{finding},45,,,", "no-such,1,,,"]
    (root.path / "registries" / "acceptances.csv").write_text("\n".join(lines), "utf-8")
    told = [line.text for line in status.lines_of(root) if line.text.startswith("✗ acceptances.csv")]
    assert len(told) == 2
    assert finding in told[0] and "hồ sơ nay ghi “44.93”, không còn là “45”" in told[0]
    assert "no-such: không có hiệu lực, không có phát hiện nào mang mã này" in told[1]


@pytest.fixture
def root_with_lines(root) -> Root:
    """With a registry as a spreadsheet program and a careful person left it."""
    (root.path / "registries").mkdir()
    (root.path / "registries" / "acceptances.csv").write_bytes(
        b"\xef\xbb\xbf# ghi tay\r\nstated;why;finding_id;accepted_by;accepted_on\r\n"
        + 'III;"Công văn 1; ngày 2/3";0123456789;"UBND tỉnh";05/04/2021\r\n'.encode()
    )
    return root


def finding(root, code, column="short_id"):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        query = f"SELECT {column} FROM fct_finding WHERE code = ? ORDER BY finding_id LIMIT 1"
        return connection.execute(query, [code]).fetchone()[0]


def accept(capsys, root, *arguments):
    code = invoke(["--root", str(root.path), "accept", *arguments])
    return code, *capsys.readouterr()


SAID = ("--by", "UBND tỉnh", "--why", "Công văn 12, ngày 20/4/2021", "--on", "2021-04-20")


def test_a_finding_is_shown_and_nothing_is_written_where_nobody_agrees(root_with_lines, capsys):
    registry = root_with_lines.path / "registries" / "acceptances.csv"
    before = registry.read_bytes()
    code, out, err = accept(capsys, root_with_lines, finding(root_with_lines, "total_differs"), *SAID)
    assert code == 2
    assert "Huyện Tiền Hải ghi tổng số điểm Điều kiện sẵn sàng là 44,93" in out
    assert "đã ghi / stated: 44.93 · theo quy định / expected: 45.13" in out
    assert "Nothing was written. Give --yes to write it." in err
    assert registry.read_bytes() == before


def test_the_line_goes_to_the_end_and_out_again_and_all_else_stays_as_it_was_typed(root_with_lines, capsys):
    root, short = root_with_lines, finding(root_with_lines, "total_differs")
    registry = root.path / "registries" / "acceptances.csv"
    before = registry.read_bytes()
    assert accept(capsys, root, short.upper(), *SAID, "--yes")[0] == 0
    whole = finding(root, "total_differs", "finding_id")
    line = f"44.93;Công văn 12, ngày 20/4/2021;{whole};UBND tỉnh;2021-04-20\r\n"
    assert registry.read_bytes() == before + line.encode()
    (row,) = [row for row in registries.rows(root, "acceptances") if row["finding_id"] == whole]
    assert (row["stated"], row["accepted_by"], row["accepted_on"]) == ("44.93", "UBND tỉnh", "2021-04-20")
    code, _, err = accept(capsys, root, short, *SAID, "--yes")
    assert code == 1 and f"Finding {short} is accepted already (UBND tỉnh, 2021-04-20)" in err
    code, out, _ = accept(capsys, root, short, "--undo", "--yes")
    assert code == 0 and whole in out
    assert registry.read_bytes() == before
    code, _, err = accept(capsys, root, short, "--undo", "--yes")
    assert code == 1 and "acceptances.csv has no line" in err


def test_a_root_without_the_registry_gets_one_that_begins_with_what_held_there(root, capsys):
    assert accept(capsys, root, finding(root, "total_differs"), *SAID, "--yes")[0] == 0
    lines = (root.path / "registries" / "acceptances.csv").read_text(encoding="utf-8").splitlines()
    common = (REPOSITORY / "dbt_project" / "seeds" / "acceptances.csv").read_text(encoding="utf-8").splitlines()
    assert lines[:-1] == common
    assert lines[-1].endswith(',44.93,UBND tỉnh,2021-04-20,"Công văn 12, ngày 20/4/2021"')


def test_an_id_that_is_not_certain_is_refused_with_what_it_may_be(root, capsys):
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute("UPDATE fct_finding SET finding_id = 'abcdef' || finding_id WHERE code = 'level_differs'")
        connection.execute("UPDATE fct_finding SET status = 'resolved' WHERE code = 'total_differs'")
    for called, sentence in (
        ("abcde", "'abcde' is too short: give at least 6 characters"),
        ("ffffff0", "No finding has an id that begins with 'ffffff0'."),
        ("abcdef", "5 findings have an id that begins with 'abcdef': "),
        (finding(root, "total_differs"), "is resolved: a later file no longer shows it."),
    ):
        code, out, err = accept(capsys, root, called, *SAID, "--yes")
        assert (code, out) == (1, "") and sentence in err
    assert "Xã Thụy Dân" in accept(capsys, root, "abcdef", *SAID, "--yes")[2]
    assert not (root.path / "registries").exists()
    assert accept(capsys, root, "abcdef", "--by", "UBND tỉnh")[0] == 2


def test_reports_print_the_id_that_people_type(root, tmp_path):
    write_quality(root.published_database, tmp_path / "quality")
    page = (tmp_path / "quality" / "2020" / "342-huyen-tien-hai.html").read_text(encoding="utf-8")
    short = finding(root, "total_differs")
    assert f'<code class="id">{short}</code>' in page
    book = openpyxl.load_workbook(tmp_path / "quality" / "2020" / "342-huyen-tien-hai.xlsx")
    assert any(f"Mã: {short}" in str(cell.value) for cell in book.worksheets[0]["B"])
