"""What holds of every grid: reading ends in a document or a refusal, counts add up, and order of columns is nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from made import ATTAINMENT, FIGURES, LABELS, READINESS, ROOT, expected_figures, sheet, units

from dagster_project.reading import Document, Unreadable, read_document
from dagster_project.reading.grids import Cell, Grid, Row
from dagster_project.reading.numbers import decimal_of, ordinal

WORDS = [row.label for row in LABELS.rows]
NAMES = [
    "Xã An Khê",
    "TT Đông Hưng",
    "Huyện Hưng Hà",
    "I. Huyện Vũ Thư",
    "Thị trấn",
    "UBND xã A",
    "Tổng cộng",
    "Cộng Hòa",
]
FIGURE_TEXTS = ["27,31", "12.08", "-", "x", "5", "1", "2", "3", "11719", "(1)", "1.234,5", "5 điểm"]
SENTENCES = [
    "Phụ lục 01. KẾT QUẢ",
    "Phụ lục 02",
    "Ghi chú:",
    "Mức II: Mức độ đạt được ≥ 84,25; điều kiện sẵn sàng ≥ 40",
    "(Kèm theo Quyết định số 151/QĐ-UBND ngày 05/01/2021 của Ủy ban nhân dân tỉnh)",
    "02 xã đạt mức độ III (xã A, xã B; 33/37 xã không đủ điều kiện xếp hạng.",
    "Số: 05 /QĐ-UBND",
    "Thái Bình, ngày 05 tháng 04 năm 2021",
    "Căn cứ Luật",
]
texts = st.one_of(*map(st.sampled_from, (WORDS, NAMES, FIGURE_TEXTS, SENTENCES)), st.text(max_size=12))
spans = st.sampled_from([1, 1, 1, 1, 2, 3, 12])
flaws = st.sampled_from([None] * 8 + ["date", "error_value", "formula_without_value"])


@st.composite
def rows(draw) -> Row:
    columns = draw(st.lists(st.integers(1, 14), unique=True, max_size=13))
    cells = [
        Cell(column, draw(texts), flaw=draw(flaws), across=draw(spans), down=draw(spans)) for column in sorted(columns)
    ]
    return Row(draw(st.integers(1, 60)), tuple(cells))


HEADERS = st.sampled_from(
    [
        Row(
            1, tuple(Cell(at, name) for at, name in enumerate(["TT", "Tên cơ quan", *READINESS, *ATTAINMENT, "Mức"], 1))
        ),
        Row(1, tuple(Cell(at, name) for at, name in enumerate(["TT", "Huyện", "Kết quả đánh giá"], 1))),
        Row(1, tuple(Cell(at, name) for at, name in enumerate(["STT", "Huyện", "Xã", "Hạ tầng", "Tổng điểm"], 1))),
    ]
)
grids = st.lists(
    st.builds(
        Grid,
        st.sampled_from([None, "Sheet1", "Phụ lục 03", "2"]),
        st.sampled_from([None, None, 1, 2]),
        st.lists(st.one_of(rows(), rows(), rows(), HEADERS), max_size=14).map(tuple),
    ),
    max_size=4,
)


def read(found: list[Grid]) -> Document | None:
    try:
        return read_document(found, LABELS)
    except Unreadable as refused:
        assert refused.reason == "no_score_table"
        return None


@settings(max_examples=250, deadline=None)
@given(grids)
def test_any_grids_are_read_or_refused_and_counts_add_up(found):
    document = read(found)
    if document is None:
        return
    units_read = {cell.row_order for cell in document.cells}
    assert document.head.rows_seen == len(units_read) + len(document.unusable_rows)
    assert units_read == set(range(1, len(units_read) + 1))
    for cell in document.cells:
        assert cell.number is None or cell.flaw is None
        assert cell.position >= 1 and cell.table_order >= 1
    for column in document.columns:
        assert column.role != "component" or column.target
    orders = {cell.table_order for cell in document.cells}
    assert orders <= {column.table_order for column in document.columns}


@settings(max_examples=250, deadline=None)
@given(grids)
def test_no_figure_is_read_twice_or_under_two_names(found):
    document = read(found)
    for row in {cell.row_order for cell in document.cells} if document else ():
        claimed = [
            (cell.role, cell.target)
            for cell in document.cells
            if cell.row_order == row
            and cell.role in ("component", "total", "rank", "level", "unit", "parent", "number")
        ]
        assert len(claimed) == len(set(claimed))


COLUMNS = list(
    zip(
        ["TT", "Tên cơ quan", *(f"ĐKSS - {name}" for name in READINESS), *(f"MĐĐĐ - {name}" for name in ATTAINMENT)],
        ["1", "Xã An Khê", *FIGURES],
        strict=True,
    )
)


@settings(max_examples=60, deadline=None)
@given(st.permutations(COLUMNS), st.lists(st.integers(0, 11), max_size=3))
def test_the_order_of_columns_and_empty_ones_between_are_nothing(columns, gaps):
    for gap in gaps:
        columns = [*columns[:gap], ("", ""), *columns[gap:]]
    document = read_document([sheet([header for header, _ in columns], [text for _, text in columns])], LABELS)
    (unit,) = units(document)
    assert unit == {"number": 1, "unit": "Xã An Khê", **expected_figures()}


GROUPS = [("Điều kiện sẵn sàng", READINESS, FIGURES[:4]), ("Mức độ đạt được", ATTAINMENT, FIGURES[4:])]


@settings(max_examples=60, deadline=None)
@given(st.permutations(GROUPS), st.permutations(range(4)), st.permutations(range(5)), st.booleans())
def test_the_order_within_groups_is_nothing(groups, in_first, in_second, is_repeated):
    """Two header rows, the group's name over the first of its columns or repeated over each."""
    top, names, row = ["TT", "Đơn vị"], ["", ""], ["1", "Xã An Khê"]
    for group, members, figures in groups:
        order = in_first if len(members) == 4 else in_second
        top += [group] * len(members) if is_repeated else [group, *[""] * (len(members) - 1)]
        names += [members[at] for at in order]
        row += [figures[at] for at in order]
    (unit,) = units(read_document([sheet(top, names, row)], LABELS))
    assert unit == {"number": 1, "unit": "Xã An Khê", **expected_figures()}


DECISION = (ROOT / "data/submissions/2020/thai-binh-2020.txt").read_text(encoding="utf-8").split("\n")
edits = st.lists(
    st.tuples(
        st.sampled_from(["drop line", "repeat line", "blank line", "drop field", "empty field", "swap fields", "word"]),
        st.integers(0, len(DECISION) - 1),
        st.integers(0, 12),
        texts.filter(lambda text: not set("\t\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") & set(text)),
    ),
    max_size=12,
)


def edited(lines: list[str], changes) -> list[str]:
    lines = list(lines)
    for kind, at, field, word in changes:
        at = min(at, len(lines) - 1)
        fields = lines[at].split("\t")
        field = min(field, len(fields) - 1)
        if kind == "drop line":
            del lines[at]
        elif kind == "repeat line":
            lines.insert(at, lines[at])
        elif kind == "blank line":
            lines.insert(at, "")
        else:
            replaced = {
                "drop field": [],
                "empty field": [""],
                "word": [word],
                "swap fields": fields[field : field + 2][::-1],
            }
            fields[field : field + (2 if kind == "swap fields" else 1)] = replaced[kind]
            lines[at] = "\t".join(fields)
    return lines


@settings(max_examples=80, deadline=None)
@given(edits)
def test_of_a_damaged_decision_only_what_stands_there_is_read(changes):
    lines = edited(DECISION, changes)
    grid = Grid(
        None,
        None,
        tuple(
            Row(number, tuple(Cell(at, text) for at, text in enumerate(line.split("\t"), 1) if text.strip()))
            for number, line in enumerate(lines, 1)
        ),
    )
    document = read([grid])
    for cell in document.cells if document else ():
        fields = lines[cell.place.row_number - 1].split("\t")
        stands = fields[cell.place.column_number - 1] if cell.place.column_number <= len(fields) else ""
        stands = stands if stands.strip() else ""
        assert cell.role == "parent" or stands in cell.raw_text  # two lines of one name are joined
        assert cell.number is None or cell.number == (ordinal(stands) if cell.role == "number" else decimal_of(stands))
