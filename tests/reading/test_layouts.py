"""Layouts that departments use: each says the same figures in another way, and all are read alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made import ATTAINMENT, FIGURES, HEADER, LABELS, READINESS, expected_figures, merged, names, sheet, units

from dagster_project.reading import Unreadable, read_document
from dagster_project.reading.grids import Cell

ROW = ["1", "Xã An Khê", *FIGURES, "Mức IV"]


def read_sheet(*rows, **options):
    return read_document([sheet(*rows, **options)], LABELS)


def assert_read_alike(document, level="IV"):
    (unit,) = units(document)
    assert unit["unit"] == "Xã An Khê"
    assert {name: unit[name] for name in expected_figures()} == expected_figures()
    assert unit["level"] == level
    assert document.unusable_rows == []


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        [
            [
                merged(1, "TT", down=2),
                merged(2, "Tên cơ quan", down=2),
                merged(3, "Điều kiện sẵn sàng", across=4),
                merged(7, "Mức độ đạt được", across=5),
                merged(12, "Kết quả", down=2),
            ],
            ["", "", *READINESS, *ATTAINMENT],
        ],
        [["TT", "Tên cơ quan", *["Điều kiện sẵn sàng"] * 4, *["Mức độ đạt được"] * 5, "Kết quả"], HEADER[1]],
        [
            [
                *["TT", "Đơn vị", *(f"Điều kiện sẵn sàng - {name}" for name in READINESS)],
                *[*(f"Mức độ đạt được: {name}" for name in ATTAINMENT), "Kết quả"],
            ]
        ],
        [
            [
                *["STT", "TÊN ĐƠN VỊ", *(f"ĐKSS/{name}" for name in READINESS)],
                *[*(f"{name} (MĐĐĐ)" for name in ATTAINMENT), "MỨC"],
            ]
        ],
        [["TT", "Tên cơ quan", *READINESS, *ATTAINMENT, "Kết quả"]],
        [
            [merged(1, "Bảng điểm", across=12)],
            ["", "", merged(3, "Điểm đánh giá", across=9), ""],
            HEADER[0],
            HEADER[1],
        ],
        [
            ["TT", "Tên cơ quan", merged(3, "Điểm đánh giá", across=9), Cell(12, "Kết quả")],
            ["", "", merged(3, "Điều kiện sẵn sàng", across=4), merged(7, "Mức độ đạt được", across=5)],
            ["", "", *READINESS, *ATTAINMENT],
        ],
        [HEADER[0], HEADER[1], ["", "", *["Điểm"] * 9]],
        [HEADER[0], HEADER[1], ["", "", *["(điểm)"] * 9]],
        [HEADER[0], HEADER[1], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(3)+(4)+(5)", "(7)", "(8)", "(9)", "(10)"]],
        [HEADER[0], HEADER[1], [str(number) for number in range(1, 13)]],
        [HEADER[0], HEADER[1], ["A", "B", *map(str, range(1, 11))]],
        [HEADER[0], ["", "", *("\n".join(name) for name in (*READINESS, *ATTAINMENT))]],
        [HEADER[0], ["", "", *(name.replace(" ", "\n") for name in (*READINESS, *ATTAINMENT))]],
        [HEADER[0], ["", "", *(f"Điểm {name.lower()}" for name in (*READINESS[:3],)), "Tổng", *ATTAINMENT]],
        [
            [
                "TT",
                "Đơn vị",
                "I. Điều kiện sẵn sàng",
                "",
                "",
                "",
                "II. Mức độ đạt được",
                "",
                "",
                "",
                "",
                "Kết quả đánh giá",
            ],
            [
                *["", "", *(f"1.{at} {name}" for at, name in enumerate(READINESS, 1))],
                *(f"{at}. {name}" for at, name in enumerate(ATTAINMENT, 1)),
            ],
        ],
        [[*HEADER[0][:11], "Xếp hạng"], HEADER[1]],
        [
            [
                *["Số TT", "UBND cấp xã", "Nhóm tiêu chí điều kiện sẵn sàng (tối đa 30 điểm)", "", "", ""],
                *["Nhóm tiêu chí mức độ đạt được (60đ)", "", "", "", "", "Xếp loại"],
            ],
            [
                *["", "", "HẠ TẦNG KỸ THUẬT CNTT", "NGUỒN NHÂN LỰC", "MÔI TRƯỜNG CHÍNH SÁCH", "CỘNG"],
                *["MỨC HIỆN DIỆN", "MỨC TƯƠNG TÁC", "MỨC GIAO DỊCH", "MỨC CHUYỂN ĐỔI", "CỘNG"],
            ],
        ],
        [
            [
                "TT",
                "Tên cơ quan",
                *READINESS[:3],
                "Tổng điểm ĐKSS",
                *ATTAINMENT[:4],
                "Tổng điểm mức độ đạt được",
                "Mức",
            ],
        ],
    ],
    ids=lambda header: " / ".join(str(getattr(field, "text", field)) for field in header[-1])[:40],
)
def test_headers_of_every_shape(header):
    assert_read_alike(read_sheet(["Phụ lục 03. KẾT QUẢ"], [], *header, ROW))


def test_a_stated_maximum_is_kept():
    header = [
        HEADER[0],
        ["", "", "Hạ tầng (tối đa 15)", "Nhân lực (5 điểm)", "Môi trường\n(Tối đa: 7,5 điểm)", *HEADER[1][5:]],
    ]
    document = read_sheet(*header, ROW)
    assert_read_alike(document)
    maxima = {column.target: column.stated_max for column in document.columns if column.stated_max is not None}
    assert maxima == {"infrastructure": 15, "human_resources": 5, "environment": Decimal("7.5")}


def test_a_row_of_maxima_is_no_unit():
    document = read_sheet(*HEADER, ["", "Điểm tối đa", "15", "5", "10", "30", "26", "14", "12", "8", "60", ""], ROW)
    assert_read_alike(document)
    assert [column.stated_max for column in document.columns if column.target == "transformation"] == [8]


def test_columns_in_another_order_with_one_nobody_knows():
    header = [
        [
            "STT",
            "Huyện",
            "Tên cơ quan",
            "Xếp hạng",
            "Kết quả",
            "Mức độ đạt được",
            "",
            "",
            "",
            "",
            "",
            "Điều kiện sẵn sàng",
        ],
        ["", "", "", "", "", *ATTAINMENT, "Điểm cộng thêm", *READINESS],
    ]
    row = ["1", "Hung Hà", "Xã An Khê", "5", "Mức IV", "26", "6", "5", "5", "42", "1,5", "12", "5", "4", "21"]
    document = read_sheet(*header, row)
    assert_read_alike(document)
    (unit,) = units(document)
    assert (unit["parent"], unit["rank"]) == ("Hung Hà", 5)
    assert unit["Mức độ đạt được / Điểm cộng thêm"] == "1,5"
    assert [column.header for column in document.columns if column.role == "unknown"] == [
        "Mức độ đạt được / Điểm cộng thêm"
    ]


def test_spacer_columns_are_nothing_and_a_filled_column_without_a_header_is_reported():
    spaced = [[*row[:6], "", *row[6:]] for row in (*HEADER, ROW)]
    document = read_sheet(*spaced)
    assert_read_alike(document)
    assert len(document.columns) == 12
    spaced[2][6] = "9"
    document = read_sheet(*spaced)
    assert_read_alike(document)
    assert [(column.header, column.role) for column in document.columns if column.role == "unknown"] == [
        ("", "unknown")
    ]


def test_a_spacer_below_a_merged_group_is_nothing():
    document = read_sheet(
        ["TT", "Tên cơ quan", merged(3, "Kết quả đánh giá", across=4), Cell(7, "Mức")],
        ["", "", "Hạ tầng", "", "Nhân lực", "Môi trường"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1", "Xã A", "12", "", "5", "4", "Mức IV"],
    )
    assert [column.target or column.role for column in document.columns] == [
        *["number", "unit", "infrastructure", "human_resources", "environment", "level"]
    ]
    assert units(document)[0]["human_resources"] == 5


def test_a_name_merged_over_two_columns():
    header = ["TT", merged(2, "Tên cơ quan", across=2), *(Cell(3 + at, name) for at, name in enumerate(["Hạ tầng"], 1))]
    document = read_sheet(header, ["1", "Xã", "An Khê", "12"])
    assert names(document) == ["Xã An Khê"]
    assert units(document)[0]["infrastructure"] == 12


def test_group_rows_in_place_of_a_column_of_parents():
    document = read_sheet(
        *HEADER,
        [merged(1, "I. Huyện Hưng Hà", across=12)],
        ROW,
        ["2", "Xã An Thanh", *FIGURES, "Mức IV"],
        ["II", "Huyện Quỳnh Phụ"],
        ["1", "Xã An Bình", *FIGURES, "Mức IV"],
        ["", "Thành phố Thái Bình"],
        ["1", "Phường Kỳ Bá", *FIGURES, "Mức IV"],
        ["", "Hưng Hà (tiếp)"],
        ["2", "Xã Đông Mỹ", *FIGURES, "Mức IV"],
    )
    assert [unit["parent"] for unit in units(document)] == [
        "Huyện Hưng Hà",
        "Huyện Hưng Hà",
        "Huyện Quỳnh Phụ",
        "Thành phố Thái Bình",
        "Hưng Hà",
    ]
    rows = [cell.place.row_number for cell in document.cells if cell.role == "parent"]
    assert rows == [3, 3, 6, 8, 10]
    assert document.unusable_rows == []


def test_a_parent_said_once_for_several_rows():
    header = [["TT", "Huyện", "Xã", "Hạ tầng"]]
    rows = [["1", "Hưng Hà", "Xã A", "1"], ["2", "", "Xã B", "2"], ["3", "Vũ Thư", "Xã C", "3"]]
    assert [unit["parent"] for unit in units(read_sheet(*header, *rows))] == ["Hưng Hà", "Hưng Hà", "Vũ Thư"]
    rows = [["1", merged(2, "Hưng Hà", down=2), Cell(3, "Xã A"), Cell(4, "1")], ["2", "", "Xã B", "2"], rows[2]]
    assert [unit["parent"] for unit in units(read_sheet(*header, *rows))] == ["Hưng Hà", "Hưng Hà", "Vũ Thư"]


def test_a_parent_missing_in_a_column_that_repeats_them_stays_missing():
    header = [["TT", "Huyện", "Xã", "Hạ tầng"]]
    rows = [["1", "Hưng Hà", "Xã A", "1"], ["2", "Hưng Hà", "Xã B", "2"], ["3", "", "Xã C", "3"]]
    assert [unit["parent"] for unit in units(read_sheet(*header, *rows))] == ["Hưng Hà", "Hưng Hà", ""]


@pytest.mark.parametrize(
    "subtotal",
    [
        ["", "Tổng cộng", *FIGURES],
        [merged(1, "Cộng", across=2), *(Cell(at, text) for at, text in enumerate(FIGURES, 3))],
        ["", "Trung bình huyện Hưng Hà", *FIGURES],
        ["", "Cộng (12 xã)", *FIGURES],
        ["", "TỔNG SỐ: 12 xã", *FIGURES],
    ],
)
def test_subtotals_are_no_units(subtotal):
    document = read_sheet(*HEADER, ROW, subtotal)
    assert_read_alike(document)


def test_a_subtotal_of_a_group():
    document = read_sheet(
        *HEADER, ["", "Hưng Hà"], ["1", "Xã A", *FIGURES], ["", "Cộng Hưng Hà", *FIGURES], ["", "Cộng Hòa", *FIGURES]
    )
    assert names(document) == ["Xã A", "Cộng Hòa"]


def test_a_unit_whose_name_begins_like_a_subtotal_is_a_unit():
    document = read_sheet(*HEADER, ["1", "Cộng Hòa", *FIGURES], ["2", "Trung Bình", *FIGURES])
    assert names(document) == ["Cộng Hòa", "Trung Bình"]


def test_an_empty_line_between_the_lines_of_a_header_parts_nothing():
    document = read_sheet(HEADER[0], [], HEADER[1], ROW)
    assert names(document) == ["Xã An Khê"]
    assert document.unusable_rows == []


def test_figures_without_a_name_are_quarantined():
    document = read_sheet(*HEADER, ROW, ["2", "", *FIGURES, "Mức IV"])
    [row] = document.unusable_rows
    assert (row.reason, row.place.row_number, row.place.column_number) == ("no_unit_name", 4, 2)
    assert row.cells == ("2", *FIGURES, "Mức IV")
    assert document.head.rows_seen == 2


def test_a_unit_without_figures_is_a_row_of_empty_cells():
    document = read_sheet(*HEADER, ROW, ["2", "Xã An Thanh"], ["3", "Thị trấn An Bài", *FIGURES])
    unit = units(document)[1]
    assert unit["unit"] == "Xã An Thanh"
    assert unit["infrastructure"] == ""
    empty = [cell for cell in document.cells if cell.row_order == 2 and cell.role == "component"]
    assert all(cell.number is None and cell.flaw is None for cell in empty)


def test_rows_cut_by_a_page_break():
    first = sheet(*HEADER, ["1", "Thị trấn", *FIGURES, "Mức"], page="5", table=1)
    second = sheet(*HEADER, ["", "An Khê", "", "", "", "", "", "", "", "", "", "IV"], page="6", table=2)
    document = read_document([first, second], LABELS)
    (unit,) = units(document)
    assert unit["unit"] == "Thị trấn An Khê"
    assert unit["level"] == "IV"
    assert {cell.place.page_or_sheet for cell in document.cells} == {"5"}


def test_the_rest_of_a_row_below_a_repeated_header():
    header = [["TT", "Huyện", "Xã", *HEADER[0][2:]], ["", *HEADER[1]]]
    first = sheet(*header, ["1", "Đông", "Xã An Khê", *FIGURES, "Mức"], page="5", table=1)
    second = sheet(*header, ["", "Hưng", *[""] * 10, "IV"], ["2", "Đông Hưng", "Xã A", *FIGURES], page="6", table=2)
    document = read_document([first, second], LABELS)
    assert [(unit["parent"], unit["level"]) for unit in units(document)] == [("Đông Hưng", "IV"), ("Đông Hưng", "")]
    assert {cell.table_order for cell in document.cells} == {1}


def test_names_nobody_knows_below_a_group_are_names():
    document = read_sheet(
        ["Đơn vị", "ĐKSS", "", "", "Hạ tầng"], ["", "Alpha", "Beta", "Gamma"], ["Xã A", "1", "2", "3", "4"]
    )
    assert units(document)[0] == {
        "unit": "Xã A",
        "ĐKSS / Alpha": "1",
        "ĐKSS / Beta": "2",
        "ĐKSS / Gamma": "3",
        "infrastructure": 4,
    }


def test_a_row_whose_number_stands_on_the_second_page():
    first = sheet(*HEADER, ROW, ["", "Thị trấn"], page="5", table=1)
    second = sheet(*HEADER, ["2", "Diêm Điền", *FIGURES, "Mức IV"], page="6", table=2)
    document = read_document([first, second], LABELS)
    assert names(document) == ["Xã An Khê", "Thị trấn Diêm Điền"]
    assert units(document)[1]["number"] == 2


def test_a_group_row_at_the_top_of_a_page():
    first = sheet(*HEADER, ["", "Hưng Hà"], ROW, ["", "Thành phố"], ["1", "Phường Kỳ Bá", *FIGURES], page="5", table=1)
    second = sheet(*HEADER, ["", "Quỳnh Phụ"], ["1", "Xã An Thanh", *FIGURES], page="6", table=2)
    document = read_document([first, second], LABELS)
    assert names(document) == ["Xã An Khê", "Phường Kỳ Bá", "Xã An Thanh"]
    assert [unit["parent"] for unit in units(document)] == ["Hưng Hà", "Thành phố", "Quỳnh Phụ"]


def test_a_table_that_goes_on_without_its_header():
    first = sheet(*HEADER, ROW, page="1", table=1)
    footer = sheet(["1"], page="1")
    second = sheet(["2", "Xã An Thanh", *FIGURES, "Mức IV"], page="2", table=2)
    document = read_document([first, footer, second], LABELS)
    assert names(document) == ["Xã An Khê", "Xã An Thanh"]
    assert {cell.table_order for cell in document.cells} == {1}
    assert [cell.position for cell in document.cells if cell.role == "unit"] == [1, 2]


def test_what_stands_below_a_table_is_not_of_it():
    document = read_sheet(
        *HEADER,
        ROW,
        [],
        ["", "NGƯỜI LẬP BIỂU", "", "", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"],
        ["", "", "", "", "", "", "", "", "CHỦ TỊCH"],
        ["Ghi chú: số liệu tính đến ngày 31/12"],
    )
    assert_read_alike(document)


def test_a_second_table_with_words_nobody_knows_is_not_read_under_the_first_header():
    document = read_sheet(
        *HEADER,
        ROW,
        [],
        ["TT", "Cơ sở", "Máy tính", "Máy in", "Máy quét"],
        ["1", "Trường học A", "12", "5", "4"],
    )
    assert_read_alike_but_strays(document)


def test_a_list_below_a_table_is_not_read_as_units():
    document = read_sheet(*HEADER, ROW, [], ["TT", "Họ và tên", "Chức vụ"], ["1", "Thành viên", "Tổ trưởng"])
    assert_read_alike(document)


def assert_read_alike_but_strays(document):
    assert names(document) == ["Xã An Khê"]
    assert [row.reason for row in document.unusable_rows] == ["outside_tables"]


def test_two_columns_that_claim_the_same_figure_are_both_unknown():
    header = [
        ["TT", "Tên cơ quan", "Hạ tầng", "", "Nhân lực"],
        ["", "", "Điểm", "Điểm", "Điểm"],
    ]
    document = read_sheet(*header, ["1", "Xã A", "1", "2", "3"])
    roles = [(column.header, column.role) for column in document.columns]
    assert roles[2:] == [
        ("Hạ tầng / Điểm", "unknown"),
        ("Hạ tầng / Điểm", "unknown"),
        ("Nhân lực / Điểm", "component"),
    ]


def test_a_column_of_maxima_beside_each_score():
    header = [["TT", "Tên cơ quan", "Hạ tầng", "", "Nhân lực", ""], ["", "", *["Điểm tối đa", "Điểm đạt"] * 2]]
    document = read_sheet(*header, ["1", "Xã A", "15", "12", "5", "4"])
    assert units(document)[0] == {"number": 1, "unit": "Xã A", "infrastructure": 12, "human_resources": 4}


def test_scores_given_twice_are_not_chosen_from():
    header = [["TT", "Tên cơ quan", "Hạ tầng", "", "Tổng điểm"], ["", "", "Tự chấm", "Thẩm định", "Điều kiện sẵn sàng"]]
    document = read_sheet(*header, ["1", "Xã A", "15", "12", "40"])
    assert [column.role for column in document.columns] == ["number", "unit", "unknown", "unknown", "total"]


def test_a_grand_total_is_not_a_pillars():
    header = ["TT", "Tên cơ quan", *READINESS[:3], *ATTAINMENT[:4], "Tổng điểm"]
    document = read_sheet(header, ["1", "Xã A", "1", "1", "1", "1", "1", "1", "1", "7"])
    assert [column.role for column in document.columns][-1] == "unknown"
    header = ["TT", "Tên cơ quan", *READINESS, *ATTAINMENT, "Tổng điểm"]
    document = read_sheet(header, ["1", "Xã A", *FIGURES, "63"])
    totals = [(column.role, column.target) for column in document.columns if column.header.startswith("Tổng")]
    assert totals == [("total", "readiness"), ("total", "attainment"), ("unknown", None)]


def test_totals_alone_under_the_names_of_their_pillars():
    document = read_sheet(
        ["TT", "Đơn vị", "Điều kiện sẵn sàng", "Mức độ đạt được", "Mức"], ["1", "Xã A", "21", "42", "IV"]
    )
    assert units(document)[0] == {
        "number": 1,
        "unit": "Xã A",
        "total readiness": 21,
        "total attainment": 42,
        "level": "IV",
    }


@pytest.mark.parametrize(
    ("first", "second"), [("Huyện, thành phố", "Xã, phường, thị trấn"), ("Huyện", "Tên xã"), ("Quận/huyện", "Đơn vị")]
)
def test_which_of_two_columns_of_names_is_the_unit(first, second):
    document = read_sheet(["TT", first, second, "Hạ tầng"], ["1", "Hưng Hà", "An Khê", "12"])
    assert (units(document)[0]["unit"], units(document)[0]["parent"]) == ("An Khê", "Hưng Hà")


def test_sub_tables_under_the_name_of_a_district():
    document = read_sheet(
        ["Phụ lục 03. KẾT QUẢ CHI TIẾT"],
        ["1. Huyện Hưng Hà"],
        *HEADER,
        ROW,
        [],
        ["2. Huyện Quỳnh Phụ"],
        *HEADER,
        ["1", "Xã An Thanh", *FIGURES, "Mức IV"],
    )
    assert [unit["parent"] for unit in units(document)] == ["Huyện Hưng Hà", "Huyện Quỳnh Phụ"]
    found = [(cell.table_order, cell.position) for cell in document.cells if cell.role == "unit"]
    assert found == [(1, 1), (1, 2)]


def test_sub_tables_under_numbered_names():
    document = read_sheet(
        *[["Phụ lục 03"], ["1. Hưng Hà"], *HEADER, ROW, ["2. Quỳnh Phụ"], *HEADER, ["1", "Xã An Thanh", *FIGURES]]
    )
    assert [unit["parent"] for unit in units(document)] == ["Hưng Hà", "Quỳnh Phụ"]
    document = read_sheet(["Phụ lục 03"], ["Kết quả"], *HEADER, ROW)
    assert "parent" not in units(document)[0]


def test_a_district_among_its_communes_is_not_its_own_parent():
    document = read_sheet(
        ["Huyện Tiền Hải"], *HEADER, ["1", "Huyện Tiền Hải", *FIGURES], ["2", "Xã Đông Quý", *FIGURES]
    )
    assert [unit.get("parent") for unit in units(document)] == [None, "Huyện Tiền Hải"]


def test_districts_alone_are_the_unit():
    assert names(read_sheet(["TT", "Huyện", "Hạ tầng"], ["1", "Hưng Hà", "12"])) == ["Hưng Hà"]


def test_a_sheet_of_each_annex_and_its_name_where_no_title_says_it():
    grids = [
        sheet(["Phụ lục 1a: KẾT QUẢ"], *HEADER, ROW, name="Sheet1"),
        sheet(*HEADER, ROW, name="Phụ lục II"),
        sheet(*HEADER, ROW, name="Sheet3"),
    ]
    document = read_document(grids, LABELS)
    found = [(cell.place.annex, cell.table_order, cell.position) for cell in document.cells if cell.role == "unit"]
    assert found == [("1a", 1, 1), ("II", 2, 1), (None, 3, 1)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Kính gửi: các đơn vị"], ["Trân trọng"]],
        [],
        [["TT", "Tên trường", "Máy tính"], ["1", "Trường A", "5"]],
        HEADER,
    ],
)
def test_a_file_without_scores_is_refused(rows):
    with pytest.raises(Unreadable) as refused:
        read_sheet(*rows)
    assert refused.value.reason == "no_score_table"
    assert refused.value.vietnamese


def test_the_refusal_lists_the_headers_seen():
    with pytest.raises(Unreadable, match=r"'Bên chấm điểm'.*'Hạ tầng'"):
        read_sheet(["TT", "Bên chấm điểm", "Hạ tầng", "Nhân lực"], ["1", "Xã A", "5", "6"])
