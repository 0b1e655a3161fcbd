"""Ways of writing one figure that nobody had in mind (SYNTHETIC): what a person sees, or a flaw at the cell."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import docx
import pytest
from docx.oxml import parse_xml

from dagster_project.reading import Document, Labels, read
from dagster_project.root import REPOSITORY

LABELS = Labels.load(REPOSITORY / "dbt_project" / "seeds")
TITLES = ["Phụ lục 01 (SYNTHETIC)", "Chính quyền điện tử cấp huyện của tỉnh Thái Bình năm 2020"]
HEADER = ["TT", "Tên cơ quan", "Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm"]
ROW = ["1", "Huyện Quỳnh Phụ", "27,31", "10,82", "7", "45,13"]
SEEN = Decimal("27.31")
FIRST = HEADER.index("Hạ tầng")
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_first(figure: str) -> list[str]:
    return [*ROW[:FIRST], figure, *ROW[FIRST + 1 :]]


def figure_of(content: bytes, name: str) -> tuple[Decimal | None, str | None]:
    """The figure and the flaw of the one cell."""
    _, document = read(content, name, LABELS)
    (cell,) = [cell for cell in document.cells if cell.target == "infrastructure"]
    return cell.number, cell.flaw


@pytest.mark.parametrize("written", ["027,31", "+27,31", "2.731E+01"])
def test_other_spellings_of_a_number_are_that_number(written):
    assert figure_of(table(written), "scores.csv") == (SEEN, None)


@pytest.mark.parametrize(
    "written",
    ["２７,３１", "27·31", "27,31 điểm", "27,31/30", "27-28", "≈27,31", "2̶6̶ 27,31", "(27,31)", "27 31/100"],
)
def test_what_may_mean_something_else_is_a_flaw_and_no_figure(written):
    assert figure_of(table(written), "scores.csv") == (None, "not_a_number")


def table(figure: str) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[TITLES[0]], [TITLES[1]], HEADER, with_first(figure)])
    return text.getvalue().encode()


@pytest.mark.parametrize(
    "markup",
    [
        "<span>27</span><wbr>,<b>31</b>&nbsp;",
        "<ruby>27,31<rt>1</rt></ruby>",
        "<!-- 26 --><template>26</template>27,31<noscript>26</noscript>",
    ],
)
def test_a_web_page_gives_what_it_shows(markup):
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADER, with_first(markup))
    )
    titles = "".join(f"<p>{title}</p>" for title in TITLES)
    page = f"<html><meta charset=utf-8>{titles}<table>{rows}</table></html>"
    assert figure_of(page.encode(), "scores.html") == (SEEN, None)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (
            '<w:moveFrom w:id="1" w:author="SYNTHETIC"><w:r><w:t>26</w:t></w:r></w:moveFrom>'
            '<w:moveTo w:id="2" w:author="SYNTHETIC"><w:r><w:t>27,31</w:t></w:r></w:moveTo>',
            (SEEN, None),
        ),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>1</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>27,31</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            (SEEN, None),
        ),
        ("<w:r><w:t>27,</w:t><w:softHyphen/><w:t>31</w:t></w:r>", (SEEN, None)),
        # A comma of a font of symbols: nobody can tell what it shows.
        (
            '<w:r><w:t>27</w:t></w:r><w:r><w:sym w:font="Symbol" w:char="F02C"/></w:r><w:r><w:t>31</w:t></w:r>',
            (None, "not_a_number"),
        ),
    ],
)
def test_a_text_of_word_gives_what_it_shows(runs, expected):
    document = docx.Document()
    for title in TITLES:
        document.add_paragraph(title)
    made = document.add_table(0, len(HEADER))
    for row in (HEADER, with_first("")):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    paragraph = made.cell(1, FIRST).paragraphs[0]._p
    for old in list(paragraph):
        paragraph.remove(old)
    for new in parse_xml(f"<w:p {_WORD}>{runs}</w:p>"):
        paragraph.append(new)
    saved = io.BytesIO()
    document.save(saved)
    assert figure_of(saved.getvalue(), "scores.docx") == expected


RIGHT = ["3", "Huyện Vũ Thư", "26", "10", "6", "42"]


def beside(*rows: list[str]) -> Document:
    text = io.StringIO()
    csv.writer(text).writerows([[TITLES[0]], [TITLES[1]], *rows])
    return read(text.getvalue().encode(), "scores.csv", LABELS)[1]


def test_two_tables_side_by_side_are_read_one_after_the_other():
    document = beside([*HEADER, "", *HEADER], [*ROW, "", *RIGHT], ["2", "Huyện Kiến Xương", "27", "10", "7", "44"])
    cells = [cell for cell in document.cells if cell.target == "infrastructure"]
    assert [cell.raw_text for cell in document.cells if cell.role == "unit"] == [
        "Huyện Quỳnh Phụ",
        "Huyện Kiến Xương",
        "Huyện Vũ Thư",
    ]
    assert [(f"{cell.number}", cell.place.row_number, cell.place.column_number) for cell in cells] == [
        ("27.31", 4, 3),
        ("27", 5, 3),
        ("26", 4, 10),
    ]
    assert document.head.figures_seen == 12 + 3  # and the numbers of the rows


def test_tables_of_other_columns_side_by_side_are_no_rows_of_one():
    """Their columns are all told; no figure of the right one is taken for a unit of the left."""
    document = beside([*HEADER, "", *HEADER[:-1], "Hiện diện"], [*ROW, "", *RIGHT])
    assert [cell.raw_text for cell in document.cells if cell.role == "unit"] == ["Huyện Quỳnh Phụ"]
    assert [column.header for column in document.columns if column.role == "unknown"].count("Hạ tầng") == 2
    assert "26" not in [cell.raw_text for cell in document.cells if cell.role == "component"]
