"""Nothing is lost: each cell of a file that holds a figure is counted in exactly one record of what was read."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import given, settings
from made import FIGURES, HEADER, LABELS, ROOT, cells_of, merged, names, sheet
from test_laws import DECISION, edited, edits, grids

from dagster_project.reading import Document, Unreadable, read, read_document, read_replies
from dagster_project.reading.counting import holds_figure
from dagster_project.reading.grids import Cell, Grid, Row

INPUTS = ROOT / "tests" / "data" / "inputs"
ROW = ["1", "Xã An Khê", *FIGURES, "Mức I"]


def account(document: Document) -> Counter[str]:
    """Where the figures of a file ended, by name."""
    found: Counter[str] = Counter()
    for cell in document.cells:
        found["unknown_column" if cell.role == "unknown" else "flawed" if cell.flaw else "scores"] += cell.figures
    found["statements"] = sum(each.figures for each in document.statements)
    found["replies"] = sum(each.figures for each in document.replies)
    for row in document.unusable_rows:
        found[row.reason] += row.figures
    for left in document.left_out:
        found[left.reason] += left.figures
    return +found


def of_all_years(document: Document) -> tuple[int, int]:
    """The figures that the records of a file took, and those that were seen: of its own year and of each other."""
    every = [document, *document.of_other_years]
    return sum(account(one).total() for one in every), sum(one.head.figures_seen for one in every)


def ends(*rows: list, **options) -> dict[str, int]:
    document = read_document([sheet(*rows, **options)], LABELS)
    found = account(document)
    assert found.total() == document.head.figures_seen
    return dict(found)


@pytest.mark.parametrize(
    "text, is_one", [("27,31", True), ("(1)", True), ("12/08", True), ("5*", True), ("-", False), ("Xã 5", False)]
)
def test_a_figure_is_what_has_a_digit_and_no_letter(text, is_one):
    assert holds_figure(Cell(1, text)) is is_one


def test_a_cell_that_nobody_can_read_any_more_counts_as_a_figure():
    assert holds_figure(Cell(1, "#REF!", flaw="error_value"))
    assert not holds_figure(Cell(1, "", flaw="picture"))


@pytest.mark.parametrize("path", sorted(INPUTS.iterdir()), ids=lambda path: path.name)
def test_of_each_handed_file_every_figure_is_used_or_told(path):
    """None of them has a subtotal or a hidden sheet: nothing may be left out."""
    try:
        _, document = read(path.read_bytes(), path.name, LABELS)
    except Unreadable:
        return
    found = account(document)
    assert found.total() == document.head.figures_seen
    assert found.keys() <= {"scores", "statements", "flawed"}


def test_the_count_is_that_of_the_file_itself():
    """Counted by a program that knows nothing of grids."""
    path = INPUTS / "09_utf8sig_comma_annex03.csv"
    fields = [field for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))) for field in row]
    counted = sum(any(map(str.isdigit, one)) and not any(map(str.isalpha, one)) for one in fields)
    assert read(path.read_bytes(), path.name, LABELS)[1].head.figures_seen == counted > 300


UNKNOWN_HEADER = ["STT", "Tên nơi", "Cột A", "Cột B"]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "Xã IV", "30", "40"],
        ["2", "Phường Hải Châu I", "30", "40"],
        ["", "Hải Châu II", "30", "40"],
        ["I", "Huyện Vũ Thư", "30", "40"],
        ["I", "III. Huyện Vũ Thư", "30", "40"],
        ["", "", "30", "40"],  # the rest of a row
        ["", "", "30", "40", "Mức I"],
    ],
)
def test_a_row_below_an_unknown_header_is_set_aside_and_not_lost(row):
    document = read_document([sheet(*HEADER, ROW, [], UNKNOWN_HEADER, row)], LABELS)
    assert [(one.reason, one.cells) for one in document.unusable_rows] == [
        ("outside_tables", tuple(text for text in row if text))
    ]
    assert document.unusable_rows[0].figures == sum(text.isdigit() for text in row)


@pytest.mark.parametrize(
    "line", [["Mức II", "84,25", "40"], ["Số xã đạt mức độ II", "12", "30"], ["1", "Mức III", "60"], ["1", "2", "3"]]
)
def test_what_levels_ask_for_and_numbers_of_columns_are_no_rows(line):
    document = read_document([sheet(*HEADER, ROW, ["Ghi chú:"], line)], LABELS)
    assert not document.unusable_rows
    assert account(document)["text"] == sum(not any(map(str.isalpha, text)) for text in line)


@pytest.mark.parametrize("name", ["Xã IV", "Phường Hải Châu I", "Hải Châu I"])
def test_a_unit_whose_name_holds_a_levels_word_is_a_unit(name):
    assert names(read_document([sheet(*HEADER, ROW, ["2", name, *FIGURES, "Mức I"])], LABELS))[1] == name
    assert names(read_document([sheet(*(row[1:] for row in (*HEADER, ROW, ["", name, *FIGURES])))], LABELS))[1] == name


def test_a_row_broken_in_two_lines_is_set_aside_with_what_the_second_has():
    found = ends(*HEADER, ROW, ["2", "Xã An Bình", *FIGURES[:4]], ["", "", *[""] * 4, *FIGURES[4:]])
    assert found == {"scores": 10 + 5, "no_unit_name": 5}


def test_what_is_left_out_on_purpose_is_named():
    found = ends(
        *HEADER,
        ["(1)", "(2)", "(3)", "(4)"],
        ["", "Điểm tối đa", *FIGURES],
        ["I", "Huyện Vũ Thư"],
        ROW,
        ["", "Tổng cộng", *FIGURES],
        ["Trung bình", "", *FIGURES],
        ["Ghi chú:"],
        ["Mức II", "84,25", "40"],
    )
    assert found == {"maximum": 9, "scores": 10, "subtotal": 18, "text": 2, "header": 4}


def test_a_cell_merged_over_rows_is_one_figure():
    first = Row(3, cells_of(["1", "Xã A", merged(3, "12", down=2), *(Cell(at, "5") for at in range(4, 12))]))
    second = Row(4, cells_of(["2", "Xã B", "", *["5"] * 8]))
    grid = Grid(None, None, (*sheet(*HEADER).rows, first, second))
    document = read_document([grid], LABELS)
    assert document.head.figures_seen == account(document)["scores"] == 2 + 1 + 2 * 8
    assert sum(cell.number == 12 for cell in document.cells) == 2


def test_figures_that_stand_under_no_column_are_set_aside():
    wide = sheet(*HEADER, ROW).rows
    beyond = Row(4, (*cells_of(["2", "Xã B", *FIGURES]), Cell(300, "7")))
    document = read_document([Grid(None, None, (*wide, beyond))], LABELS)
    assert [(row.reason, row.figures) for row in document.unusable_rows] == [("no_column", 1)]


def test_hidden_sheets_and_what_lies_under_merged_cells_are_counted():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        shown, hidden = book.add_worksheet("Hiện"), book.add_worksheet("Ẩn")
        for at, row in enumerate([*HEADER, ROW]):
            for column, text in enumerate(row):
                (shown.write_number if text.isdigit() else shown.write_string)(at, column, text and _value(text))
        hidden.write_row(0, 0, ["Xã B", 1, 2, 3])
        hidden.hide()
        shown.merge_range(2, 14, 2, 15, "")
        shown.write_number(2, 15, 99)
    _, document = read(content.getvalue(), "a.xlsx", LABELS)
    assert account(document) == {"scores": 10, "hidden": 4}
    assert {(left.place.page_or_sheet, left.figures) for left in document.left_out} == {("Ẩn", 3), ("Hiện", 1)}


def _value(text: str) -> int | str:
    return int(text) if text.isdigit() else text


def test_scores_beside_replies_are_counted():
    replies = sheet(["Mã phát hiện", "Hình thức trả lời"], ["a" * 32, "Giải trình"], name="Trả lời")
    document = read_replies([replies, sheet(*HEADER, ROW, name="Điểm")], LABELS)
    assert document and account(document) == {"beside_replies": 10}
    assert document.head.figures_seen == 10


@settings(max_examples=250, deadline=None)
@given(grids)
def test_in_whatever_grids_each_figure_is_counted_once(found):
    try:
        document = read_document(found, LABELS)
    except Unreadable:
        return
    held = sum(holds_figure(cell) for grid in found for row in grid.rows for cell in row.cells)
    assert of_all_years(document) == (held, held)


@settings(max_examples=80, deadline=None)
@given(edits)
def test_of_a_damaged_decision_each_figure_is_counted_once(changes):
    content = "\n".join(edited(DECISION, changes)).encode()
    try:
        _, document = read(content, "a.txt", LABELS)
    except Unreadable:
        return
    taken, seen = of_all_years(document)
    assert taken == seen


BY_CELLS = ["02_three_sheets.xlsx", "04_legacy.xls", "05_open.ods", "06_decision.docx", "07_wordprocessor.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", BY_CELLS)
def test_of_handed_files_with_cells_moved_and_gone_each_figure_is_counted_once(name, seed):
    from dagster_project.reading.formats import read_grids

    chance = random.Random(f"{name} {seed}")
    found = [mutated(grid, chance) for grid in read_grids((INPUTS / name).read_bytes(), name)[1]]
    try:
        document = read_document(found, LABELS)
    except Unreadable:
        return
    held = sum(holds_figure(cell) for grid in found for row in grid.rows for cell in row.cells)
    assert of_all_years(document) == (held, held)


def mutated(grid: Grid, chance: random.Random) -> Grid:
    """A grid with cells emptied, moved, merged and spoiled, and rows gone or twice."""
    rows = []
    for row in grid.rows:
        cells = [_mutated(cell, chance) for cell in row.cells if chance.random() > 0.05]
        by_column = {cell.column: cell for cell in cells}
        for _ in range(chance.choice([1] * 18 + [0, 2])):
            rows.append(Row(row.number, tuple(replace(by_column[at]) for at in sorted(by_column))))
    return Grid(grid.page_or_sheet, grid.table_number, tuple(rows), is_hidden=chance.random() < 0.05)


def _mutated(cell: Cell, chance: random.Random) -> Cell:
    if chance.random() > 0.08:
        return Cell(cell.column, cell.text, cell.raw, cell.name, cell.flaw, cell.across, cell.down)
    column = max(1, cell.column + chance.choice([-1, 0, 1, 20]))
    text = chance.choice([cell.text, "", "12,5", "Tổng cộng", "Hải Châu I", "Mức II", "x"])
    flaw = chance.choice([None, None, "date", "struck_out"])
    return Cell(column, text, None, cell.name, flaw, chance.choice([1, 1, 3]), chance.choice([1, 1, 3]))
