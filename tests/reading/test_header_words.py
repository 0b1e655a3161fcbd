"""Wordings of headers that decisions use: read rightly, or told with the true reason."""

from __future__ import annotations

import pytest
from made import LABELS

from dagster_project.reading import Document, read

GROUPS = ["TT", "Tên cơ quan", "Điều kiện sẵn sàng", "", "", "", "Mức độ đạt được", "", "", "", "", "Kết quả"]
NAMES = [
    "",
    "",
    "Hạ tầng",
    "Nhân lực",
    "Môi trường",
    "Tổng số điểm",
    "Hiện diện",
    "Tương tác",
    "Giao dịch",
    "Chuyển đổi",
]
NAMES += ["Tổng số điểm", ""]
ROWS = [
    ["1", "Huyện Quỳnh Phụ", "27,31", "10,82", "7", "45,13", "40", "29,17", "12,08", "5", "86,25", "Mức độ II"],
    ["2", "Huyện Kiến Xương", "27,76", "10", "6,5", "44,26", "40", "28,94", "11,61", "5", "85,55", "Mức độ II"],
]
FIGURES = 9 * len(ROWS)


def document(*lines: list[str], mark: str = "\t", name: str = "a.txt", notes: str = "") -> Document:
    text = "\n".join(["Phụ lục 01. Kết quả cấp huyện của tỉnh Thái Bình năm 2020", "", *map(mark.join, lines), notes])
    return read(text.encode(), name, LABELS)[1]


def figures(found: Document) -> int:
    return sum(cell.role in ("component", "total") and cell.number is not None for cell in found.cells)


def changed(row: list[str], **words: str) -> list[str]:
    return [words.get(f"c{at}", word) for at, word in enumerate(row)]


ASCII_GROUPS = ["TT", "TEN CO QUAN", "DIEU KIEN SAN SANG", "", "", "", "MUC DO DAT DUOC", "", "", "", "", "KET QUA"]
ASCII_NAMES = ["", "", "H A TANG", "NHAN LUC", "MOI TRUONG", "TONG  SO DIEM", "HIEN DIEN", "TUONG TAC", "GIAO DICH"]
ASCII_NAMES += ["CHUYEN DOI", "TONG  SO DIEM", ""]


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        (ASCII_GROUPS, ASCII_NAMES),
        (GROUPS, changed(NAMES, c2="Hạ tầng (30)", c3="Nhân lực (12)", c5="Tổng số điểm (50)")),
        (GROUPS, changed(NAMES, c5="Cộng điểm nhóm", c10="Cộng điểm nhóm")),
        (
            changed(
                GROUPS,
                c2="Nhóm tiêu chí về điều kiện sẵn sàng",
                c6="Nhóm tiêu chí về mức độ đạt được",
                c11="Xếp loại",
            ),
            NAMES,
        ),
    ],
    ids=["without marks", "largest points", "sum of a group", "groups of criteria"],
)
def test_a_wording_is_read(groups, names):
    found = document(groups, names, *ROWS)
    assert figures(found) == FIGURES
    assert not [column for column in found.columns if column.role == "unknown"]
    assert [cell.meaning for cell in found.cells if cell.role == "level"] == ["II", "II"]


@pytest.mark.parametrize("again", [[GROUPS, NAMES], [NAMES], [GROUPS, NAMES, GROUPS, NAMES]])
def test_a_header_that_is_printed_again_starts_no_table(again):
    for lines in ([GROUPS, NAMES, *again, *ROWS], [GROUPS, NAMES, ROWS[0], *again, ROWS[1]]):
        found = document(*lines)
        assert figures(found) == FIGURES and not found.unusable_rows
        assert {cell.table_order for cell in found.cells} == {1}


@pytest.mark.parametrize("words", ["Mức độ hai", "Mức thứ hai", "Mức độ 02", "MUC DO II", "Mức độ II (Khá)"])
def test_a_level_in_words_is_read(words):
    found = document(GROUPS, NAMES, changed(ROWS[0], c11=words))
    assert [cell.meaning for cell in found.cells if cell.role == "level"] == ["II"]


def test_thresholds_in_words_are_read():
    note = "Mức III: mức độ đạt được không dưới 77 điểm; điều kiện sẵn sàng không thấp hơn 37,5 điểm"
    found = document(GROUPS, NAMES, *ROWS, notes=f"Ghi chú:\n{note}")
    assert [(one.pillar, f"{one.min_total}") for one in found.thresholds] == [
        ("attainment", "77"),
        ("readiness", "37.5"),
    ]


@pytest.mark.parametrize("mark", ["|", " | "])
def test_bars_part_cells(mark):
    assert figures(document(GROUPS, NAMES, *ROWS, mark=mark)) == FIGURES


def test_a_row_with_more_fields_than_the_header_gives_no_figure():
    found = document(GROUPS, NAMES, *ROWS, mark=",", name="a.csv")
    assert figures(found) == 0
    assert {(doubt.code, doubt.reason) for doubt in found.doubts} == {("cell_unclear", "fields")}


def test_an_exact_label_wins_over_every_clean_up():
    from dagster_project.reading import Labels
    from dagster_project.reading.labels import Label

    rows = (*LABELS.rows, Label("egov_2392", "Môi trường (5)", "component", "human_resources"))
    labels = Labels(tuple(row for row in rows if row.label != "Nhân lực"), LABELS.pillars)
    text = "TT\tTên cơ quan\tHạ tầng\tMôi trường (5)\tMôi trường\n1\tHuyện Quỳnh Phụ\t27,31\t10,82\t7\n"
    found = read(text.encode(), "a.txt", labels)[1]
    assert [column.target for column in found.columns][2:] == ["infrastructure", "human_resources", "environment"]


def test_a_header_of_scores_without_units_is_told():
    half = "\n\n".join(["\t".join(NAMES[6:10]), "40\t29\t12\t5"])
    found = document(GROUPS, NAMES, *ROWS, notes=f"\n\n{half}")
    assert ("annex_missing", "no_units") in {(doubt.code, doubt.reason) for doubt in found.doubts}
