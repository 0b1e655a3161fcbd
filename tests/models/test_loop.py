"""The loop played through: a finding, its report, the reply, a resubmission that mends it, one that breaks it again.

Every delivery arrives as `egov add` takes it, and the models of the pipeline are built anew. The decision is
the real one of 2020; the resubmissions are its annex 01 alone, made for this test.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dagster_project.commands.receiving import receive
from dagster_project.publishing.quality import gathering
from dagster_project.publishing.quality.workbook import write_workbook
from dagster_project.root import REPOSITORY, Root

DECISION = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
ANNEX = REPOSITORY / "tests" / "data" / "inputs" / "09_utf8sig_comma_annex01.csv"
TOTAL = "code = 'total_differs'"
LEVEL = "code = 'level_differs' and unit_name = 'Xã Đông Mỹ'"


class Played:
    """A root to which files come, and the models built on what has come."""

    def __init__(self, folder: Path, build_in_memory: Callable[[Root], duckdb.DuckDBPyConnection]) -> None:
        self.root = Root(folder)
        self.build_in_memory = build_in_memory
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        shutil.copytree(REPOSITORY / "dbt_project" / "seeds", folder / "registries")

    def arrives(self, path: Path, day: date, **said: str | int) -> str:
        """Takes a file in; its submission_id."""
        given = {"year": None, "kind": None, "sender": None, "note": "SYNTHETIC", **said}
        list(receive(self.root, [path], received_on=day, **given))
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def build(self) -> None:
        self.connection = self.build_in_memory(self.root)

    def ask(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def made(self, name: str, change: Callable[[str], str]) -> Path:
        path = self.inbox / name
        path.write_text(change(ANNEX.read_text(encoding="utf-8-sig")), encoding="utf-8")
        return path


@pytest.fixture(scope="module")
def played(tmp_path_factory, build_in_memory) -> Played:
    return Played(tmp_path_factory.mktemp("loop"), build_in_memory)


def answer(path: Path, answers: dict[str, tuple[str, str, str]]) -> None:
    """Fills in a report's workbook as a person does, who then saves it: by finding the kind, the text, the proposal."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (header,) = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("STT")]
    columns = {str(cell.value).split("\n")[0]: cell.column for cell in sheet[header]}
    for row in range(header + 1, sheet.max_row + 1):
        finding_id = sheet.cell(row, columns["Mã phát hiện"]).value
        names = ("Hình thức trả lời", "Nội dung trả lời", "Số liệu đề nghị")
        for name, value in zip(names, answers.get(finding_id, ()), strict=False):
            sheet.cell(row, columns[name]).value = value
    book.save(path)


def test_the_loop(played: Played):
    first = played.arrives(DECISION, date(2021, 4, 5))
    played.build()
    ((total, status),) = played.ask(f"select finding_id, status from fct_finding where {TOTAL}")
    ((level, accepted_as),) = played.ask(f"select finding_id, stated from fct_finding where {LEVEL}")
    assert status == "open"
    before = played.ask("from fct_finding order by all"), played.ask("from fct_unit_result order by all")

    # The two reports go out and come back.
    for report in gathering.reports(played.connection, 2020):
        write_workbook(report, played.inbox / f"{report.stem}.xlsx")
    from_district = played.inbox / "342-huyen-tien-hai.xlsx"
    from_city = played.inbox / "336-thanh-pho-thai-binh.xlsx"
    answer(from_district, {total: ("Đồng ý với phát hiện", "Cộng nhầm, sẽ gửi lại.", "45,13")})
    answer(from_city, {level: ("Giải trình", "Theo biên bản thẩm định.", "")})
    reply = played.arrives(from_district, date(2021, 4, 12), sender="UBND huyện Tiền Hải")
    other = played.arrives(from_city, date(2021, 4, 13), sender="UBND thành phố")
    played.build()
    assert played.ask(
        "select finding_id, reply, text, proposed, replied_by, replied_on, submission_id, is_latest "
        "from fct_finding_reply order by replied_on"
    ) == [
        (total, "agree", "Cộng nhầm, sẽ gửi lại.", "45.13", "UBND huyện Tiền Hải", date(2021, 4, 12), reply, True),
        (level, "explain", "Theo biên bản thẩm định.", None, "UBND thành phố", date(2021, 4, 13), other, True),
    ]
    assert played.ask("from fct_quarantine") == []
    assert before == (played.ask("from fct_finding order by all"), played.ask("from fct_unit_result order by all"))

    # The province lets the level stand.
    (played.root.path / "registries" / "acceptances.csv").write_text(
        "finding_id,stated,accepted_by,accepted_on,why\n"
        f"{level},{accepted_as},UBND tỉnh,2021-04-20,Theo Biên bản thẩm định\n",
        encoding="utf-8",
    )
    mended = played.arrives(
        played.made("mended.csv", lambda text: text.replace("44.93", "45.13")), date(2021, 5, 1), year=2020
    )
    played.build()
    assert played.ask(f"select status, resolved_in, first_seen_in from fct_finding where {TOTAL}") == [
        ("resolved", mended, first)
    ]
    assert played.ask(f"select status, accepted_by, accepted_why from fct_finding where {LEVEL}") == [
        ("accepted", "UBND tỉnh", "Theo Biên bản thẩm định")
    ]

    # A second resubmission breaks it again.
    again = played.arrives(played.made("again.csv", lambda text: text), date(2021, 6, 1), year=2020)
    played.build()
    assert played.ask(f"select status, resolved_in, submission_id from fct_finding where {TOTAL}") == [
        ("open", None, again)
    ]
    assert played.ask(
        "select submission_id, received_on, stated, expected, status from fct_finding_history "
        f"where finding_id = '{total}' order by received_on"
    ) == [
        (first, date(2021, 4, 5), "44.93", "45.13", "open"),
        (mended, date(2021, 5, 1), None, None, "resolved"),
        (again, date(2021, 6, 1), "44.93", "45.13", "open"),
    ]
    assert played.ask("select reply from fct_finding_reply order by 1") == [("agree",), ("explain",)]

    # The next report shows what was answered, the acceptance with its reason, and asks only about what is open.
    reports = {report.code: report for report in gathering.reports(played.connection, 2020)}
    asked = {one.finding_id: one for report in reports.values() for one in report.findings}
    assert [one.text for one in asked[total].replies] == ["Cộng nhầm, sẽ gửi lại."]
    assert asked[level].acceptance is not None and asked[level].acceptance.why == "Theo Biên bản thẩm định"
