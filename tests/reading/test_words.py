"""What the text around tables says: thresholds, statements of a summary, citations, and the head of a document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from made import FIGURES, HEADER, LABELS, sheet

from dagster_project.reading import read_document

ROW = ["1", "Xã An Khê", *FIGURES, "Mức IV"]


def with_lines_below(*lines):
    return read_document([sheet(*HEADER, ROW, [], *([line] for line in lines))], LABELS)


def with_lines_above(*lines):
    return read_document([sheet(*([line] for line in lines), *HEADER, ROW)], LABELS)


@pytest.mark.parametrize(
    "lines",
    [
        ["Ghi chú:", "Mức II: Mức độ đạt được ≥ 84,25; điều kiện sẵn sàng ≥ 40"],
        [r"Mức II: Mức độ đạt được $\geq 84,25$; điều kiện sẵn sàng $\geq 40$"],
        ["- Mức độ II: MỨC ĐỘ ĐẠT ĐƯỢC >= 84.25, Điều kiện sẵn sàng => 40"],
        ["Mức II: Mức độ đạt được từ 84,25 điểm trở lên; điều kiện sẵn sàng từ 40 điểm trở lên."],
        ["Mức II: Mức độ đạt được 84,25 điểm trở lên, ĐKSS đạt 40 điểm trở lên"],
        ["Mức II: Mức độ đạt được từ 84,25 đến dưới 90; điều kiện sẵn sàng từ 40 đến dưới 45"],
        ["Đạt mức II khi: 84,25 ≤ Mức độ đạt được < 90; 40 ≤ điều kiện sẵn sàng < 45"],
        ["Mức II:", "+ Mức độ đạt được ≥ 84,25", "+ Điều kiện sẵn sàng ≥ 40"],
        ["Mức II: Mức độ đạt được ≥ 84,25; điều kiện sẵn sàng", "≥ 40", "3"],
        ["Mức II: điều kiện sẵn sàng ≥ 40; Mức độ đạt được ≥ 84,25"],
    ],
)
def test_thresholds(lines):
    found = {(each.level, each.pillar): each.min_total for each in with_lines_below(*lines).thresholds}
    assert found == {("II", "attainment"): Decimal("84.25"), ("II", "readiness"): Decimal(40)}


@pytest.mark.parametrize(
    "line",
    ["Mức II: Mức độ đạt được > 84,25", "Mức độ đạt được ≥ 84,25", "Mức V: Mức độ đạt được ≥ 84,25", "Mức II: tốt"],
)
def test_what_gives_no_threshold(line):
    assert with_lines_below(line).thresholds == []


def test_thresholds_belong_to_the_table_above_them():
    title, note = ["KẾT QUẢ CẤP XÃ"], "Mức II: Mức độ đạt được ≥ {}; điều kiện sẵn sàng ≥ 40"
    document = read_document(
        [sheet(*HEADER, ROW, ["Ghi chú:"], [note.format(84)], [], title, *HEADER, ROW, [note.format(50)])], LABELS
    )
    found = [(each.table_order, each.min_total) for each in document.thresholds if each.pillar == "attainment"]
    assert found == [(1, 84), (2, 50)]
    assert [each.title for each in document.titles] == ["KẾT QUẢ CẤP XÃ"]


def summary(text: str, header: str = "Kết quả đánh giá"):
    return read_document([sheet(["TT", "Tên cơ quan", header], ["1", "UBND huyện Quỳnh Phụ", text])], LABELS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("33/37 xã không đủ điều kiện xếp hạng.", [("unranked", 33, 37, [])]),
        ("01 / 19 xã đạt mức độ III (UBND xã Đông Mỹ)", [("III", 1, 19, ["xã Đông Mỹ"])]),
        ("Có 02 đơn vị đạt mức IV gồm (xã A; xã B)", [("IV", 2, None, ["xã A", "xã B"])]),
        ("02 xã (5,4%) đạt mức IV (xã A và xã B)", [("IV", 2, None, ["xã A", "xã B"])]),
        (
            "- 02 xã, thị trấn đạt mức độ III (Ủy ban nhân dân Thị trấn An Bài, Uỷ ban nhân dân xã An Khê; "
            "02 xã đạt mức độ IV (xã An Thanh, xã Quỳnh Bảo). 33/37 xã không đủ điều kiện xếp hạng.",
            [
                ("III", 2, None, ["Thị trấn An Bài", "xã An Khê"]),
                ("IV", 2, None, ["xã An Thanh", "xã Quỳnh Bảo"]),
                ("unranked", 33, 37, []),
            ],
        ),
        (
            "<p>- 02/30 phường đạt mức độ IV (Phường 1, Phường 12).</p><p>- 28/30 phường không xếp hạng.</p>",
            [("IV", 2, 30, ["Phường 1", "Phường 12"]), ("unranked", 28, 30, [])],
        ),
    ],
)
def test_statements(text, expected):
    document = summary(text)
    names = {}
    for each in document.statement_names:
        names.setdefault(each.statement_order, []).append(each.written_name)
    found = [(each.level, each.units, each.out_of, names.get(each.statement_order, [])) for each in document.statements]
    assert found == expected
    assert {each.written_unit for each in document.statements} == {"UBND huyện Quỳnh Phụ"}


def test_a_summary_under_a_header_that_elsewhere_heads_levels():
    document = summary("33/37 xã không đủ điều kiện xếp hạng.", header="Kết quả")
    assert [each.units for each in document.statements] == [33]


@pytest.mark.parametrize("text", ["Đạt yêu cầu", "02 xã đạt kết quả tốt", "Năm 2020 có 02 xã đạt mức IV"])
def test_a_statement_that_cannot_be_taken_apart_is_quarantined(text):
    document = summary(text)
    assert document.statements == []
    assert [(row.reason, row.cells[2]) for row in document.unusable_rows] == [("unreadable_statement", text)]
    assert document.head.rows_seen == 1


def test_a_summary_of_counts():
    header = ["TT", "Huyện", "Tổng số xã", "Mức I", "Mức II", "Mức III", "Mức IV", "Không xếp hạng"]
    document = read_document(
        [
            sheet(
                header,
                ["1", "Quỳnh Phụ", "37", "0", "-", "02", "2 (xã An Thanh, xã Quỳnh Bảo)", "33"],
                ["", "Tổng cộng", "37", "0", "0", "2", "2", "33"],
            )
        ],
        LABELS,
    )
    assert [(each.level, each.units, each.out_of) for each in document.statements] == [
        ("I", 0, 37),
        ("III", 2, 37),
        ("IV", 2, 37),
        ("unranked", 33, 37),
    ]
    assert [each.written_name for each in document.statement_names] == ["xã An Thanh", "xã Quỳnh Bảo"]
    assert [each.place.column_number for each in document.statements] == [4, 6, 7, 8]


def test_levels_without_any_score_are_quarantined():
    document = read_document([sheet(["TT", "Tên cơ quan", "Mức"], ["1", "Xã A", "Mức IV"])], LABELS)
    assert [row.reason for row in document.unusable_rows] == ["no_scores"]


@pytest.mark.parametrize(
    ("title", "number", "day"),
    [
        ("(Kèm theo Quyết định số 151/QĐ-UBND ngày 05/01/2021 của UBND tỉnh)", "151/QĐ-UBND", date(2021, 1, 5)),
        ("(Ban hành kèm theo Quyết định số: 7 / QĐ - UBND ngày 5 tháng 1 năm 2021)", "7/QĐ-UBND", date(2021, 1, 5)),
        ("Kèm theo Công văn số 12/2021/CV-UBND ngày 31-12-2021", "12/2021/CV-UBND", date(2021, 12, 31)),
        ("(Kèm theo Quyết định số     /QĐ-UBND ngày 31/02/2021)", None, None),
        ("(Kèm theo Quyết định số 5/QĐ-UBND ngày     /    /2021)", "5/QĐ-UBND", None),
    ],
)
def test_citations_of_a_title(title, number, day):
    document = with_lines_above("Phụ lục 02. KẾT QUẢ", title)
    found = [(each.place.annex, each.number, each.cited_date, each.is_own) for each in document.citations]
    assert found == [("02", number, day, False)]


def test_a_citation_that_runs_over_two_lines():
    document = with_lines_above("Phụ lục 02", "(Kèm theo Quyết định số 151/QĐ-UBND ngày", "05/01/2021 của UBND tỉnh)")
    (cited,) = document.citations
    assert (cited.number, cited.cited_date, cited.place.row_number) == ("151/QĐ-UBND", date(2021, 1, 5), 2)


HEAD = [
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
    "Số: 12 /QĐ-UBND    Hà Nội, ngày 15 tháng 3 năm 2023",
    "QUYẾT ĐỊNH",
    "Về việc công bố kết quả đánh giá Chính quyền điện tử",
    "cấp xã năm 2022",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ",
    "Căn cứ Quyết định số 2392/QĐ-BTTTT ngày 25 tháng 12 năm 2017; giai đoạn 2016 - 2020;",
    "Điều 1. Công bố kết quả.",
    "Phụ lục I",
]


def test_the_head_of_another_document():
    document = with_lines_above(*HEAD)
    head = document.head
    assert (head.decision_number, head.decision_date) == ("12/QĐ-UBND", date(2023, 3, 15))
    assert head.title == "Về việc công bố kết quả đánh giá Chính quyền điện tử cấp xã năm 2022"
    assert (head.title_year, head.written_provinces, head.written_kind) == (2022, ("THÀNH PHỐ HÀ NỘI",), "published")
    assert [each.is_own for each in document.citations] == [True]
    assert document.cells[0].place.annex == "I"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Kết quả năm 2020", 2020),
        ("KẾT QUẢ NĂM 2020", 2020),
        ("Năm đánh giá: 2020", 2020),
        ("Kết quả giai đoạn 2016 - 2020", None),
        ("Kết quả giai đoạn năm 2016 - 2020", None),
        ("Hà Nội, ngày 05 tháng 04 năm 2021", None),
        ("Kết quả tháng 12 năm 2021", None),
    ],
)
def test_the_year_of_a_title(title, year):
    assert with_lines_above(title).head.title_year == year


@pytest.mark.parametrize(
    ("title", "province"),
    [
        ("cấp huyện của tỉnh Thái Bình năm 2020", "tỉnh Thái Bình"),
        ("CỦA TỈNH THÁI BÌNH NĂM 2020", "TỈNH THÁI BÌNH"),
        ("tỉnh Bà Rịa - Vũng Tàu, năm 2020", "tỉnh Bà Rịa - Vũng Tàu"),
        ("của thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh"),
        ("của TP. Hồ Chí Minh năm 2020", "Thành phố Hồ Chí Minh"),
        ("của TP.Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("của TP Đà Nẵng", "Thành phố Đà Nẵng"),
        ("của Ủy ban nhân dân tỉnh)", None),
        ("của huyện Tiền Hải", None),
        ("các huyện, thành phố năm 2020", None),
    ],
)
def test_the_province_of_a_title(title, province):
    assert with_lines_above(title).head.written_provinces == ((province,) if province else ())


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("BẢNG TỰ ĐÁNH GIÁ (theo Quyết định số 2392/QĐ-BTTTT)", "self_assessed"),
        ("KẾT QUẢ THẨM ĐỊNH", "appraised"),
        ("Công bố kết quả thẩm định", "published"),
        ("(Kèm theo Quyết định số 5/QĐ-UBND)", "published"),
        ("KẾT QUẢ ĐÁNH GIÁ", None),
    ],
)
def test_the_kind_of_a_title(title, kind):
    assert with_lines_above(title).head.written_kind == kind
