"""The workbook of a report: it says what the report says, in cells and never as formulas, and is read back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dagster_project.publishing.quality import gathering
from dagster_project.publishing.quality.content import Acceptance, Reply, Report
from dagster_project.publishing.quality.words import REPLIES, Words
from dagster_project.publishing.quality.workbook import write_workbook
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.reading import Labels, read
from dagster_project.root import REPOSITORY

LABELS = Labels.load(REPOSITORY / "dbt_project" / "seeds")
KIND, TEXT, PROPOSED, BY, ON = range(5)  # the columns for a reply, from the first


@pytest.fixture(scope="module")
def report(warehouse_of_2020: Path) -> Report:
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as connection:
        return next(one for one in gathering.reports(connection, 2020) if one.code == "342")


def table(sheet) -> tuple[int, dict[str, int]]:
    """The row of the header, and its columns by their Vietnamese names."""
    header = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("STT"))
    return header[0].row, {str(cell.value).split("\n")[0]: cell.column for cell in header}


def opened(report: Report, folder: Path):
    write_workbook(report, folder / "report.xlsx")
    book = openpyxl.load_workbook(folder / "report.xlsx", rich_text=True)
    header, columns = table(book.worksheets[0])
    return book, book.worksheets[0], header, columns


def test_it_has_a_row_for_each_finding_of_the_report(report, tmp_path):
    _, sheet, header, columns = opened(report, tmp_path)
    assert report.verdict.vi in str(sheet.cell(2, 1).value)
    rows = range(header + 1, sheet.max_row + 1)
    assert [sheet.cell(row, columns["Mã phát hiện"]).value for row in rows] == [
        finding.finding_id for finding in report.findings
    ]
    for row, finding in zip(rows, report.findings, strict=True):
        said = " ".join(str(sheet.cell(row, column).value) for column in range(1, sheet.max_column + 1))
        for words in (finding.message, finding.rule, finding.source, finding.effect, finding.advice, finding.place):
            assert words.vi in said and words.en in said
        assert sheet.cell(row, columns["Theo quy định"]).value is not None


def test_each_page_has_its_workbook(warehouse_of_2020, tmp_path):
    write_quality(warehouse_of_2020, tmp_path / "quality")
    pages = {path.stem for path in (tmp_path / "quality" / "2020").glob("*.html")} - {"index", "replies", "what-if"}
    assert pages == {path.stem for path in (tmp_path / "quality" / "2020").glob("*.xlsx")} and len(pages) == 7
    page = (tmp_path / "quality" / "2020" / "342-huyen-tien-hai.html").read_text(encoding="utf-8")
    assert 'href="342-huyen-tien-hai.xlsx"' in page


def test_the_same_report_gives_the_same_bytes(report, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(report, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_only_what_is_to_be_filled_in_is_open_and_offers_the_kinds(report, tmp_path):
    accepted = replace(
        report.findings[0], status="accepted", acceptance=Acceptance("UBND tỉnh", date(2021, 5, 10), "Biên bản số 3")
    )
    _, sheet, header, columns = opened(replace(report, findings=(accepted, report.findings[1])), tmp_path)
    first = columns["Hình thức trả lời"]
    assert sheet.protection.sheet and not sheet.protection.password
    for row, is_open in ((header + 1, False), (header + 2, True)):
        unlocked = {cell.column for cell in sheet[row] if not cell.protection.locked}
        assert unlocked == (set(range(first, first + 5)) if is_open else set())
    (offered,) = sheet.data_validations.dataValidation
    assert str(offered.sqref) == sheet.cell(header + 2, first).coordinate
    assert offered.formula1 == f'"{",".join(one.vi for one in REPLIES.values())}"'
    status = str(sheet.cell(header + 1, columns["Mức và tình trạng"]).value)
    assert f"{accepted.status_words.vi}: UBND tỉnh; 10/05/2021; Biên bản số 3" in status


def test_it_prints_on_a4_with_its_header_on_each_page(report, tmp_path):
    _, sheet, header, _ = opened(report, tmp_path)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == f"${header}:${header}" and sheet.freeze_panes == f"A{header + 1}"
    assert all(sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))


def test_what_was_answered_before_is_shown(report, tmp_path):
    answered = Reply(
        "correct",
        REPLIES["correct"],
        "Theo biên bản.",
        "45.2",
        Words("45,2", "45.2"),
        "Văn phòng UBND",
        date(2021, 5, 3),
    )
    finding = replace(report.findings[0], replies=(answered,))
    _, sheet, header, columns = opened(replace(report, findings=(finding,)), tmp_path)
    assert (
        sheet.cell(header + 1, columns["Đã trả lời"]).value
        == "Đề nghị sửa số liệu. Số liệu đề nghị: 45,2. Theo biên bản. (Văn phòng UBND, 03/05/2021)"
    )


def test_hostile_text_stays_text_and_readable(report, tmp_path):
    hostile = '=HYPERLINK("http://x")<b>\u202eabc\u202c\x07 ' + "rất dài " * 2_000
    finding = replace(report.findings[0], message=Words(hostile, "+1"), about=Words("@SUM(1)", "@SUM(1)"))
    _, sheet, header, columns = opened(replace(report, findings=(finding,)), tmp_path)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    shown = str(sheet.cell(header + 1, columns["Phát hiện"]).value)
    assert shown.startswith('=HYPERLINK("http://x")<b>abc rất dài') and len(shown) < 2_000
    assert sheet.row_dimensions[header + 1].height <= 409


def answered(report: Report, folder: Path) -> tuple[bytes, str, int]:
    """The workbook with replies in its first three rows, saved by another program; and as text, as one exports it."""
    book, sheet, header, columns = opened(report, folder)
    first = columns["Hình thức trả lời"]
    for number, said in enumerate(
        (
            ("Đồng ý với phát hiện", "=1+1", None, "Văn phòng UBND", datetime(2021, 5, 3)),
            ("Đề nghị sửa số liệu", None, 45.130000000000003, None, "04/05/2021"),
            ("giải trình", "Đúng như văn bản", None, None, None),
        ),
        1,
    ):
        for column, value in enumerate(said, first):
            sheet.cell(header + number, column).value = value
    sheet.cell(header + 1, first + TEXT).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    text = io.StringIO(newline="")
    for row in sheet.iter_rows():
        csv.writer(text).writerow(["" if cell.value is None else str(cell.value) for cell in row])
    return target.getvalue(), text.getvalue(), header


def test_it_reads_back_what_was_filled_in(report, tmp_path):
    workbook, text, header = answered(report, tmp_path)
    for content, name in ((workbook, "reply.xlsx"), (text.encode("utf-8-sig"), "reply.csv")):
        _, document = read(content, name, LABELS)
        about = document.head
        assert (about.written_kind, about.title_year, about.rows_seen) == ("reply", 2020, 3)
        assert [
            (one.finding_id, one.reply, one.text, one.proposed, one.replied_by, one.replied_on)
            for one in document.replies
        ] == [
            (report.findings[0].finding_id, "agree", "=1+1", None, "Văn phòng UBND", date(2021, 5, 3)),
            (report.findings[1].finding_id, "correct", None, "45.13", None, date(2021, 5, 4)),
            (report.findings[2].finding_id, "explain", "Đúng như văn bản", None, None, None),
        ]
        assert name.endswith("csv") or document.replies[0].place.row_number == header + 1


def test_an_unanswered_report_that_comes_back_is_no_reply_and_no_error(report, tmp_path):
    write_workbook(report, tmp_path / "report.xlsx")
    _, document = read((tmp_path / "report.xlsx").read_bytes(), "report.xlsx", LABELS)
    assert document.head.written_kind == "reply" and document.replies == []


def test_every_kind_that_is_offered_is_understood():
    vocabulary = LABELS.common
    assert {vocabulary.keys("reply_kind").get(one.vi.casefold()) for one in REPLIES.values()} == set(REPLIES)
