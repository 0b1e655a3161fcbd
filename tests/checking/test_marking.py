"""For the clerk who mends a file: a marked copy of it, one district alone, and all in the order of the document."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from dagster_project.cli import invoke

INPUTS = Path(__file__).parents[1] / "data" / "inputs"


def check(capsys, *arguments: object) -> tuple[int, list[str], str]:
    code = invoke(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, [line.strip() for line in out.splitlines()], err


@pytest.fixture
def workbook(tmp_path) -> Path:
    return Path(shutil.copy(INPUTS / "16_formulas.xlsx", tmp_path / "biểu mẫu.xlsx"))


def test_the_copy_has_the_cells_coloured_with_the_sentences_and_the_original_stays(workbook, capsys):
    before = workbook.read_bytes()
    code, _, err = check(capsys, "--mark", workbook)
    copy = workbook.with_name("biểu mẫu-danh-dau.xlsx")
    assert (code, workbook.read_bytes()) == (1, before)
    assert f"Đã đánh dấu / Marked: {copy}" in err
    original, marked = openpyxl.load_workbook(workbook), openpyxl.load_workbook(copy)
    cell = marked["Phụ lục 01"]["F10"]
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")
    assert "Huyện Tiền Hải ghi tổng số điểm Điều kiện sẵn sàng là 44,93" in cell.comment.text
    assert "but its components add up to 45.13" in cell.comment.text
    for sheet in original:
        for row in sheet.iter_rows():
            for cell in row:
                assert marked[sheet.title][cell.coordinate].value == cell.value
    listed = [[cell.value for cell in row] for row in marked["Phát hiện"].iter_rows()]
    assert ["Phụ lục 01!F10", "Lỗi / Error"] in [row[:2] for row in listed]
    commented = [cell for sheet in original for row in marked[sheet.title].iter_rows() for cell in row if cell.comment]
    assert len(commented) == len({row[0] for row in listed[1:] if "!" in row[0]})


def test_nothing_that_lies_there_is_written_over(workbook, capsys):
    copy, second = (workbook.with_name(f"biểu mẫu-danh-dau{end}.xlsx") for end in ("", "-2"))
    copy.write_bytes(b"mine")
    check(capsys, "--mark", workbook)
    assert copy.read_bytes() == b"mine" and second.exists()


def test_what_a_file_says_is_no_formula_in_the_copy(tmp_path, capsys):
    path = Path(shutil.copy(INPUTS / "40_hostile_names.xlsx", tmp_path / "a.xlsx"))
    check(capsys, "--mark", path, "--year", "2020")
    sheet = openpyxl.load_workbook(tmp_path / "a-danh-dau.xlsx")["Phát hiện"]
    assert sheet.max_row > 5
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value is not None)


@pytest.mark.parametrize("name", ["01_decision.txt", "04_legacy.xls", "30_password.xlsx"])
def test_what_cannot_be_marked_is_a_sentence_and_the_findings_are_told_all_the_same(tmp_path, capsys, name):
    path = Path(shutil.copy(INPUTS / name, tmp_path))
    code, lines, err = check(capsys, "--mark", path, "--year", "2020")
    assert code == 2
    assert f"{name} cannot be marked: only workbooks in .xlsx and .xlsm that can be read can." in err
    assert lines[0] == name and any("phát hiện" in line for line in lines[1:])
    assert list(tmp_path.iterdir()) == [path]


def test_one_district_alone(capsys):
    _, lines, _ = check(capsys, INPUTS / "02_three_sheets.xlsx", "--district", "tien hai")
    assert lines[-1].startswith("5 phát hiện: 2 lỗi, 3 lưu ý / 5 findings:")
    found = [line for line in lines if line.startswith("- ")]
    assert [word for word in ("Huyện Tiền Hải", "Tiên Hải", "Tây Tiên", "Vũ Lăng") if any(word in one for one in found)]
    code, lines, _ = check(capsys, INPUTS / "02_three_sheets.xlsx", "--district", "Vũ Thư", "--format", "json")
    assert code == 0 and json.loads(lines[0])["findings"] == []


def test_a_district_that_is_not_there_is_told_with_those_that_are(capsys):
    code, lines, err = check(capsys, INPUTS / "02_three_sheets.xlsx", "--district", "Hải Hậu")
    assert (code, lines) == (2, [])
    assert "of a district called 'Hải Hậu'. There are: Huyện Hưng Hà; Huyện Kiến Xương; Huyện Quỳnh Phụ;" in err


def test_findings_come_in_the_order_of_the_document_and_what_to_do_once_of_each_kind(capsys):
    _, lines, _ = check(capsys, INPUTS / "02_three_sheets.xlsx")
    cells = [line.rpartition(", ô ")[2].partition(";")[0].rstrip("]") for line in lines if line.startswith("- ")]
    rows = [int(cell[1:]) for cell in cells if cell]
    of_annex_03 = rows[2:]
    assert of_annex_03 == sorted(of_annex_03) and len(of_annex_03) > 10
    advice = [line for line in lines if line.startswith("→ ")]
    assert len(advice) == len(set(advice)) == 4
