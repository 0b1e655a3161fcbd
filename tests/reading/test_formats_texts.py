"""Text files in the encodings and with the delimiters that come, web pages called .xls, and names of files."""

from __future__ import annotations

import pytest
from files import cell, only, texts, workbook

from dagster_project.reading.formats import detect, read_grids


def text_rows(content: str | bytes, name: str = "a.csv") -> list[tuple[int, list[str]]]:
    content = content.encode() if isinstance(content, str) else content
    return [(row.number, [at.text for at in row.cells]) for row in only(content, name).rows]


def test_rows_are_numbered_by_the_line_they_start_on():
    assert text_rows('TT,Tên\r\n1,"Xã\r\nMột"\r\n\r\n2,Xã Hai\r\n') == [
        (1, ["TT", "Tên"]),
        (2, ["1", "Xã\nMột"]),
        (4, []),
        (5, ["2", "Xã Hai"]),
    ]


def test_the_delimiter_is_found_by_its_lines():
    assert text_rows("TT;Tên;Điểm\n1;Xã A, huyện B;27,31\n2;Xã C;5,5")[1] == (2, ["1", "Xã A, huyện B", "27,31"])
    assert text_rows("TT,Tên\n1,Xã A; Xã B\n2,Xã C")[1] == (2, ["1", "Xã A; Xã B"])
    assert text_rows("sep=;\nTT;Tên")[:2] == [(1, []), (2, ["TT", "Tên"])]
    assert text_rows("Căn cứ Luật, ngày 19/6, năm 2015\nĐiều 1", "a.txt")[0] == (
        1,
        ["Căn cứ Luật, ngày 19/6, năm 2015"],
    )
    assert text_rows("A;B;C\n1;2;3\n4;5;6", "a.txt")[2] == (3, ["4", "5", "6"])


def test_a_stray_quotation_mark_does_not_swallow_the_rest():
    assert text_rows('TT\tTên\n1\t"Xã "Một"\n2\tXã Hai', "a.txt")[2] == (3, ["2", "Xã Hai"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_are_told_apart(encoding):
    text = "TT;Tên đơn vị;Điểm\n1;Thị trấn Quỳnh Côi;27,31\n2;Xã Đông Mỹ;5\n"
    assert text_rows(text.encode(encoding))[1] == (2, ["1", "Thị trấn Quỳnh Côi", "27,31"])


def test_windows_1258_is_read_and_composed():
    letters = "1;Thi\u0323 tr\u00e2\u0301n Quy\u0300nh C\u00f4i;27,31\n2;Xa\u0303 \u0110\u00f4ng My\u0303;5\n"
    assert text_rows(letters.encode("cp1258")) == [
        (1, ["1", "Thị trấn Quỳnh Côi", "27,31"]),
        (2, ["2", "Xã Đông Mỹ", "5"]),
    ]


def test_a_few_broken_bytes_do_not_make_another_encoding():
    content = "1;Thị trấn Quỳnh Côi;27,31\n2;Xã Đông Mỹ;5\n".encode().replace("ỳ".encode(), "ỳ".encode()[:2])
    assert text_rows(content)[0] == (1, ["1", "Thị trấn Qu\ufffdnh Côi", "27,31"])


def test_control_characters_vanish_and_invisible_letters_stay():
    assert text_rows("a\x00\x07b,c\u202ed\u200b\n1,2")[0] == (1, ["ab", "c\u202ed\u200b"])


def test_a_portals_xls_is_a_web_page():
    page = """<html><head><meta charset="utf-8"><style>td {}</style><script>alert('x')</script></head><body>
      <p>Phụ lục 01<br>KẾT&nbsp;QUẢ &amp; xếp hạng</p><!-- ghi chú -->
      <table><thead><tr><th rowspan="2">TT<th colspan="2">Điều kiện sẵn sàng</tr>
      <tr><th>Hạ tầng<th>Nhân lực</tr></thead><tr><td>1<td>27,31<td>10.82<br>ghi chú</tr>
      <tr><td colspan=3><table><tr><td>a<td>b<td>c<td>d<td>e</td></tr></table></td></tr></table>
      <div>Ghi chú</div></body></html>"""
    format_, found = read_grids(page.encode(), "Ket qua.xls")
    assert format_ == "html"
    assert [grid.table_number for grid in found] == [None, 1, 2, None]
    assert texts(found[0]) == [["Phụ lục 01"], ["KẾT QUẢ & xếp hạng"]]
    assert texts(found[1]) == [
        ["TT", "Điều kiện sẵn sàng"],
        ["Hạ tầng", "Nhân lực"],
        ["1", "27,31", "10.82\nghi chú"],
    ]
    assert (cell(found[1], 1, 1).down, cell(found[1], 1, 2).across, cell(found[1], 2, 2).text) == (2, 2, "Hạ tầng")
    assert texts(found[2]) == [["a", "b", "c", "d", "e"]]


@pytest.mark.parametrize(
    "name",
    ["A.XLSX", "khong duoi", "a\nb.xlsx", "a\x1b[31m.xlsx", "../up.xlsx", "..\\up.xlsx", "a\u202excod.xlsx", "-rf.xlsx",
     "CON.xlsx", "$(date);'.xlsx", "a" * 250 + ".xlsx", "bảng điểm.xls", "x.ods", ".xlsx"],
)  # fmt: skip
def test_a_name_is_only_a_name(name):
    assert detect(workbook("<row><c><v>1</v></c></row>"), name) == "xlsx"
