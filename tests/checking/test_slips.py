"""Slips of a clerk who fills in a form, and what `egov check` says of each: one sentence, with the cause in it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.checking.text import lines_of
from dagster_project.root import Root

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
ANNEX_01 = (INPUTS / "09_utf8sig_comma_annex01.csv").read_text(encoding="utf-8-sig")
FIRST = 6  # the first row of a unit
COLUMN = 3  # Nhân lực


def told(path: Path) -> tuple[list[dict], str]:
    """The findings, and the text."""
    with checking.run(Root(), [path], None) as checked:
        reports = checking.reports_of(checked)
    return reports[0]["findings"], "\n".join(line.text for line in lines_of(reports))


def annex(folder: Path, change) -> Path:
    """Annex 01 of 2020 (SYNTHETIC: changed for a test), each row as `change` makes it of its number and cells."""
    rows = [change(at, row) for at, row in enumerate(csv.reader(io.StringIO(ANNEX_01)))]
    path = folder / "synthetic.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def renamed(at: int, row: list[str]) -> list[str]:
    return ["Nhân sự CNTT" if cell == "Nhân lực" else cell for cell in row]


def without(at: int, row: list[str]) -> list[str]:
    return row[:COLUMN] + row[COLUMN + 1 :] if len(row) > COLUMN and at >= FIRST - 2 else row


@pytest.mark.parametrize(("change", "likely"), [(renamed, "Nhân sự CNTT"), (without, None)])
def test_a_column_that_is_missing_or_renamed_is_one_finding(tmp_path, change, likely):
    findings, text = told(annex(tmp_path, change))
    (missing,) = [one for one in findings if one["severity"] == "error"]
    assert (missing["code"], missing["location"]["field"]) == ("column_missing", "human_resources")
    assert "bảng gồm 8 đơn vị không có cột Nhân lực" in text
    assert ("likely it is the column" in text) is (likely is not None)
    assert likely is None or f"có lẽ là cột “Điều kiện sẵn sàng / {likely}”" in missing["message_vi"]


def test_a_cell_that_is_empty_stays_a_finding_of_its_own(tmp_path):
    def emptied(at: int, row: list[str]) -> list[str]:
        return [*row[:COLUMN], "", *row[COLUMN + 1 :]] if at >= FIRST and row[0].isdecimal() else row

    findings, _ = told(annex(tmp_path, emptied))
    assert [one["code"] for one in findings] == ["cell_missing"] * 8


@pytest.mark.parametrize(
    ("stated", "vietnamese", "english"),
    [
        (
            "Mức độ I",
            "tổng số điểm Mức độ đạt được là 86,25, chưa đạt ngưỡng 90 của mức độ I.",
            "the total of Attainment is 86.25, below the 90 of level I.",
        ),
        (
            "Mức độ IV",
            "tổng số điểm Mức độ đạt được là 86,25, đạt ngưỡng 84,25 của mức độ II; tổng số điểm Điều kiện sẵn sàng là "
            "45,13, đạt ngưỡng 40 của mức độ II.",
            "the total of Attainment is 86.25, and reaches the 84.25 of level II; the total of Readiness is 45.13, and "
            "reaches the 40 of level II.",
        ),
    ],
)
def test_a_wrong_level_names_the_total_and_the_threshold(tmp_path, stated, vietnamese, english):
    def levelled(at: int, row: list[str]) -> list[str]:
        return [*row[:11], stated] if at == FIRST else row

    findings, _ = told(annex(tmp_path, levelled))
    (differs,) = [one for one in findings if one["code"] == "level_differs"]
    assert differs["message_vi"].endswith(vietnamese) and differs["message_en"].endswith(english)


@pytest.mark.parametrize("name", ["30_password.xlsx", "31_scanned.pdf", "32_old_word.doc"])
def test_general_advice_does_not_contradict_the_reason(name):
    (finding,), text = told(INPUTS / name)
    assert finding["code"] == "file_unreadable" and finding["advice_en"].startswith("Do what the sentence above says")
    assert "a PDF with text, CSV or plain text" not in text
