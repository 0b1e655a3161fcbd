"""What a person sees of a cell is what is read of it, in every format that knows the kind; else the cell says why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made import LABELS
from seen import COLUMN, HEIGHT, LEFT, MAKERS, ROW, TOP, WIDTH, html, ods, page, rows, struck_row, word_table, xls, xlsx
from test_formats_word import paragraph, run

from dagster_project.reading import Document, read
from dagster_project.reading.document import ScoreCell

RUNS = {
    "struck run": ([("6,5", "struck"), ("7", "")], "7", None),
    "raised mark": ([("7", ""), ("1", "raised")], "7", None),
    "hidden run": ([("6,5", "hidden"), ("7", "")], "7", None),
    "white run": ([("6,5", "white"), ("7", "")], "7", None),
    "struck cell": ([("7", "struck")], None, ("struck_out", "struck_out")),
    "hidden cell": ([("7", "hidden")], None, ("cell_unclear", "hidden")),
    "white cell": ([("7", "white")], None, ("cell_unclear", "hidden")),
    "raised decimals": ([("27", ""), (",31", "raised")], None, ("cell_unclear", "raised")),
    "wholly raised": ([("7", "raised")], "7", None),
}
# A run of a workbook cannot be hidden; a cell of one can.
UNKNOWN = {("hidden run", "xlsx"), ("hidden run", "xls")}


def reading(content: bytes, ending: str) -> Document:
    return read(content, f"a.{ending}", LABELS)[1]


def the_cell(document: Document) -> ScoreCell:
    return next(cell for cell in document.cells if cell.target == "environment" and cell.row_order == 1)


def golden(cell: ScoreCell) -> tuple[str | None, tuple[str, str] | None]:
    return (
        None if cell.number is None else f"{cell.number:f}",
        (cell.flaw, str(cell.flaw_reason)) if cell.flaw else None,
    )


@pytest.mark.parametrize("ending", MAKERS)
def test_a_plain_document_is_read_without_a_doubt(ending):
    document = reading(MAKERS[ending](rows()), ending)
    assert golden(the_cell(document)) == ("7", None)
    assert not document.doubts
    assert len([cell for cell in document.cells if cell.number is not None and cell.role == "component"]) == 14


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("kind", RUNS)
def test_runs_are_read_as_they_are_seen(kind, ending):
    if (kind, ending) in UNKNOWN:
        pytest.skip("this format has no such thing")
    parts, number, flaw = RUNS[kind]
    document = reading(MAKERS[ending](rows(parts)), ending)
    cell = the_cell(document)
    assert golden(cell) == (number, flaw)
    told = [(doubt.code, doubt.reason, doubt.field, doubt.row_order) for doubt in document.doubts]
    assert told == ([(*flaw, "environment", 1)] if flaw else [])
    if kind in ("struck run", "raised mark"):
        left_out = next(text for text, mark in parts if mark)
        assert f"⟦{left_out}⟧" in cell.raw_text


@pytest.mark.parametrize("ending", MAKERS)
def test_a_raised_mark_is_no_part_of_a_name_or_a_level(ending):
    name = "Huyện Quỳnh Phụ"
    document = reading(MAKERS[ending](rows([(name, ""), ("1", "raised")], column=1)), ending)
    unit = next(cell for cell in document.cells if cell.role == "unit")
    assert len(unit.raw_text) == len(name) and "1" not in unit.raw_text
    document = reading(
        MAKERS[ending](rows([("Mức độ II" if ending != "pdf" else "II", ""), ("1", "raised")], column=9)), ending
    )
    assert next(cell.meaning for cell in document.cells if cell.role == "level") == "II"


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "xls", "ods", "csv"])
def test_a_raised_mark_of_unicode_is_no_part_of_a_figure(ending):
    cells = rows([("7¹", "")])
    csv = "\n".join(";".join(parts[0][0] for parts in line) for line in cells).encode()
    assert golden(the_cell(reading(csv if ending == "csv" else MAKERS[ending](cells), ending))) == ("7", None)


@pytest.mark.parametrize("ending", MAKERS)
def test_a_row_that_is_struck_out_is_told_and_is_no_unit(ending):
    document = reading(MAKERS[ending](struck_row()), ending)
    assert {cell.row_order for cell in document.cells} == {1}
    assert [(doubt.code, doubt.field) for doubt in document.doubts] == [("struck_out", "row")]
    assert [row.reason for row in document.unusable_rows] == ["struck_out"]
    assert document.head.rows_seen == 2


NUMBERS = {
    "percent": (0.2731, "0.00%", None, "27.31%"),
    "scaled": (27310, "0.00,", None, "27.31"),
    "other digits": (7, '0"5"', None, "7"),
    "rounded": (27.3064, "0.00", "27.3064", "27.31"),
    "plain": (27.31, "0.00", "27.31", None),
    "more decimals": (7, "0.00", "7", None),
}
_N = "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
ODS_NUMBERS = {
    "percent": f'<number:percentage-style xmlns:number="{_N}" style:name="N"><number:number number:decimal-places="2"/>'
    "</number:percentage-style>",
    "scaled": f'<number:number-style xmlns:number="{_N}" style:name="N"><number:number number:decimal-places="2" '
    'number:display-factor="1000"/></number:number-style>',
    "rounded": f'<number:number-style xmlns:number="{_N}" style:name="N"><number:number number:decimal-places="2"/>'
    "</number:number-style>",
}
ODS_NUMBERS |= {"plain": ODS_NUMBERS["rounded"], "more decimals": ODS_NUMBERS["rounded"]}


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("kind", NUMBERS)
def test_a_number_is_read_as_it_is_shown_or_the_cell_says_why(kind, ending):
    stored, code, number, shown = NUMBERS[kind]
    if ending == "ods":
        if kind not in ODS_NUMBERS:
            pytest.skip("OpenDocument keeps literal digits apart from the number")
        content = ods(rows(), number=(str(stored), ODS_NUMBERS[kind]))
    else:
        content = {"xlsx": xlsx, "xls": xls}[ending](rows(), number=(stored, code))
    document = reading(content, ending)
    cell = the_cell(document)
    assert (None if cell.number is None else f"{cell.number:f}") == number
    (doubt,) = document.doubts or [None]
    if shown is None:
        assert doubt is None and cell.flaw is None
    elif number is None:
        assert (doubt.code, doubt.shown, doubt.stored) == ("cell_unclear", shown, str(stored))
        assert doubt.reason in ("percent", "scaled", "number_format")
    else:
        assert (doubt.code, doubt.stored, doubt.shown, cell.doubt) == (
            "shown_rounded",
            "27.3064",
            shown,
            "shown_rounded",
        )


@pytest.mark.parametrize("ending", ["docx", "html", "pdf", "xlsx", "xls", "ods", "csv"])
def test_a_percentage_that_is_typed_is_no_score(ending):
    if ending == "csv":
        content = "\n".join(";".join(parts[0][0] for parts in line) for line in rows([("27,31%", "")])).encode()
    else:
        content = MAKERS[ending](rows([("27,31%", "")]))
    assert golden(the_cell(reading(content, ending))) == (None, ("cell_unclear", "percent"))


def test_a_percentage_under_a_header_that_says_so_is_a_score():
    cells = rows([("27,31%", "")])
    cells[0][COLUMN] = [("Môi trường (%)", "")]
    assert golden(the_cell(reading(word_table(cells), "docx"))) == ("27.31", None)
    assert golden(the_cell(reading(xlsx(cells, number=(0.2731, "0.00%")), "xlsx"))) == ("27.31", None)


def with_old_column() -> list:
    cells = rows()
    for line, old in zip(cells, ("Môi trường", "6", "6"), strict=True):
        line.insert(COLUMN, [(old, "")])
    return cells


def with_old_row() -> list:
    cells = rows()
    return [*cells, [*cells[1][:COLUMN], [("6", "")], *cells[1][COLUMN + 1 :]]]


def hidden(cells: list, ending: str, column: int | None = None, row: int | None = None) -> bytes:
    """The document with a column or a row that is not shown."""
    if ending == "xlsx":
        hide = (
            (lambda sheet: sheet.set_column(column, column, None, None, {"hidden": 1}))
            if column is not None
            else (lambda sheet: sheet.set_row(row, None, None, {"hidden": 1}))
        )
        return xlsx(cells, hide=hide)
    if ending == "xls":

        def hide(sheet):
            if column is not None:
                sheet.col(column).hidden = True
            else:
                sheet.row(row).hidden = True

        return xls(cells, hide=hide)
    if ending == "ods":
        columns = ""
        if column is not None:
            columns = (
                f'<table:table-column table:number-columns-repeated="{column}"/><table:table-column '
                'table:visibility="collapse"/>'
            )
        return ods(cells, columns=columns, rows_hidden=() if row is None else (row,))
    columns = "" if column is None else f'<col span="{column}"><col style="display:none">'
    return html(cells, hidden_row=row, columns=columns)


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "html"])
def test_a_hidden_column_counts_only_where_no_other_is_shown(ending):
    document = reading(hidden(with_old_column(), ending, column=COLUMN), ending)
    assert golden(the_cell(document)) == ("7", None)
    assert [(doubt.code, doubt.field) for doubt in document.doubts] == [("hidden_repeated", "column")]
    document = reading(hidden(rows(), ending, column=COLUMN), ending)
    assert golden(the_cell(document)) == ("7", None) and not document.doubts


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "html"])
def test_a_hidden_row_counts_only_where_no_other_is_shown(ending):
    document = reading(hidden(with_old_row(), ending, row=3), ending)
    assert golden(the_cell(document)) == ("7", None)
    assert len({cell.row_order for cell in document.cells}) == 2
    assert [(doubt.code, doubt.field) for doubt in document.doubts] == [("hidden_repeated", "row")]
    document = reading(hidden(rows(), ending, row=2), ending)
    assert len({cell.row_order for cell in document.cells}) == 2 and not document.doubts


def field(result: str, instruction: str = " X ", data: str = "") -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}">{}</w:fldChar></w:r>'
    parts = mark.format("begin", data) + f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return parts + (mark.format("separate", "") + run(result) if result else "") + mark.format("end", "")


LIST = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="6,5"/><w:listEntry w:val="7"/></w:ddList></w:ffData>'
)
NESTED = field("7", instruction="</w:instrText></w:r>" + field("6,5") + "<w:r><w:instrText>")
CONTROLS = {
    ("docx", "drop-down"): (paragraph(field("", data=LIST)), "7", None),
    ("docx", "field with a result"): (paragraph(field("7")), "7", None),
    ("docx", "field within an instruction"): (paragraph(NESTED), "7", None),
    ("docx", "simple field"): (paragraph(f'<w:fldSimple w:instr="X">{run("7")}</w:fldSimple>'), "7", None),
    ("docx", "inserted"): (paragraph(f"<w:del>{run('6,5')}</w:del><w:ins>{run('7')}</w:ins>"), "7", None),
    ("docx", "content control"): (paragraph(f"<w:sdt><w:sdtContent>{run('7')}</w:sdtContent></w:sdt>"), "7", None),
    ("docx", "nothing chosen"): (
        paragraph(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Chọn một mục')}</w:sdtContent></w:sdt>"
        ),
        None,
        ("cell_unclear", "control"),
    ),
    ("docx", "table in a cell"): (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('7'))}</w:tc></w:tr></w:tbl>{paragraph('')}", "7", None,
    ),
    ("docx", "table of two in a cell"): (
        f"<w:tbl><w:tr><w:tc>{paragraph(run('6'))}</w:tc><w:tc>{paragraph(run('7'))}</w:tc></w:tr></w:tbl>{paragraph('')}",
        None,
        ("cell_unclear", "table"),
    ),
    ("html", "input"): ('<td><input type="text" value="7"></td>', "7", None),
    ("html", "hidden input"): ('<td><input type="hidden" value="6">7</td>', "7", None),
    ("html", "text area"): ("<td><textarea>7</textarea></td>", "7", None),
    ("html", "select"): ("<td><select><option>6<option selected>7</select></td>", "7", None),
    ("html", "first of a select"): ("<td><select><option>7<option>6</select></td>", "7", None),
    ("html", "table in a cell"): ("<td><table><tr><td>7</table></td>", "7", None),
    ("html", "deleted"): ("<td><del>6,5</del><ins>7</ins></td>", "7", None),
    ("html", "cell that is not displayed"): ('<td style="display:none">6</td><td>7</td>', "7", None),
    ("html", "picture"): ('<td><img src="7.png"></td>', None, ("cell_unclear", "picture")),
}  # fmt: skip


@pytest.mark.parametrize(("ending", "kind"), CONTROLS)
def test_what_a_control_holds_is_read_where_it_is_certain(ending, kind):
    inside, number, flaw = CONTROLS[ending, kind]
    content = word_table(rows(), replaced=inside) if ending == "docx" else html(rows(), replaced=inside)
    assert golden(the_cell(reading(content, ending))) == (number, flaw)


@pytest.mark.parametrize(
    "style", [".an{display:none}", ".an{text-decoration:line-through}", "span.an{visibility:hidden}"]
)
def test_a_rule_of_the_page_hides_or_strikes_out(style):
    content = html(rows(), replaced='<td><span class="an">6,5</span>7</td>', style=style)
    assert golden(the_cell(reading(content, "html"))) == ("7", None)


def test_a_style_of_word_hides_or_strikes_out():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for property_ in ("<w:vanish/>", "<w:strike/>", "<w:dstrike/>", '<w:vertAlign w:val="superscript"/>'):
        styles = (
            f'<w:styles {space}><w:style w:type="character" w:styleId="A"><w:rPr>{property_}</w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
        )
        inside = paragraph(run("6,5", '<w:rStyle w:val="B"/>') + run("7"))
        content = word_table(rows(), replaced=inside, **{"word/styles.xml": styles.encode()})
        assert golden(the_cell(reading(content, "docx"))) == ("7", None), property_


X, Y = LEFT + COLUMN * WIDTH + 3, TOP - ROW * HEIGHT - 14
SEVEN = "BT /F 8 Tf 1 0 0 1 {x} {y} Tm (7) Tj ET"
PATCH = b"%d %d 40 12 re f" % (X - 1, Y - 3)
AGAIN = b" 0 g BT /F 8 Tf 1 0 0 1 %d %d Tm (7) Tj ET" % (X, Y)
SHOW = "BT /F 8 Tf 1 0 0 1 {x} {y} Tm"
PDF_DRAWING = {
    "printed twice to look bold": (SHOW + " (7) Tj ET BT /F 8 Tf 1 0 0 1 {x}.8 {y} Tm (7) Tj ET", b"", "7", None),
    "letters set apart": ("BT /F 8 Tf 3 Tc 1 0 0 1 {x} {y} Tm (27,31) Tj ET BT 0 Tc ET", b"", "27.31", None),
    "white patch": (
        SHOW + " (6,5) Tj ET", b"1 g " + PATCH + AGAIN, "7",
        None,
    ),
    "patch over a figure": (SEVEN, b"1 g " + PATCH, None, ("cell_unclear", "covered")),
    "black bar": (SEVEN, b"0 g " + PATCH, None, ("cell_unclear", "covered")),
    "marker": (SEVEN, b"1 1 0 rg " + PATCH, "7", None),
    "ground below a figure": ("1 g {x} {y} 30 8 re f 0 g " + SEVEN, b"", "7", None),
    "white on black": ("0 g {x} {y} 30 8 re f 1 g " + SHOW + " (7) Tj ET 0 g", b"", "7", None),
    "underlined": (SHOW + " (7) Tj ET {x} {y}.0 m", b"%d %.1f m %d %.1f l S" % (X, Y - 1, X + 5, Y - 1), "7", None),
    "struck by a rectangle": (SEVEN, b"%d %.1f 5 0.6 re f" % (X, Y + 2.4), None, ("struck_out", "struck_out")),
    "slanted watermark": (SEVEN, b"BT 0.8 g /F 60 Tf .7 .7 -.7 .7 150 620 Tm (NHAP) Tj ET", "7", None),
    "level watermark": (SEVEN, b"BT 0.8 g /F 60 Tf 1 0 0 1 30 650 Tm (DU THAO) Tj ET", "7", None),
    "pale watermark": (SEVEN, b"BT 0.85 g /F 8 Tf 1 0 0 1 %d %d Tm (MAU) Tj ET" % (X + 8, Y), "7", None),
}  # fmt: skip


@pytest.mark.parametrize("kind", PDF_DRAWING)
def test_drawing_of_a_page(kind):
    text, further, number, flaw = PDF_DRAWING[kind]
    assert golden(the_cell(reading(page(rows(), text=text, further=further), "pdf"))) == (number, flaw)


def test_letters_on_a_layer_that_is_off_are_not_read():
    content = page(
        rows(),
        text="/OC /L BDC BT /F 8 Tf 1 0 0 1 {x} {y} Tm (1) Tj ET EMC BT /F 8 Tf 1 0 0 1 {x}.0 {y} Tm (   7) Tj ET",
    )
    off = content.replace(b"/Font<</F 5 0 R>>", b"/Properties<</L 6 0 R>>/Font<</F 5 0 R>>").replace(
        b"<</Type/Catalog", b"<</OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>/Type/Catalog"
    )
    assert golden(the_cell(reading(off, "pdf"))) == ("7", None)


def test_what_is_typed_into_a_form_is_read():
    box = b"[%d %d %d %d]" % (X, Y - 3, X + 40, Y + 11)
    for entry in (
        b"/Subtype/Widget/FT/Tx/V(7)",
        b"/Subtype/Widget/FT/Ch/V(b)/Opt[[(a)(6)][(b)(7)]]",
        b"/Subtype/FreeText/Contents(7)",
    ):
        content = page(rows(), text="").replace(b"/Type/Page/", b"/Annots[<<%s/Rect%s>>]/Type/Page/" % (entry, box))
        assert golden(the_cell(reading(content, "pdf"))) == ("7", None), entry


def test_a_page_on_its_side_is_turned():
    content = page(rows()).replace(b"stream\n", b"stream\n0 1 -1 0 790 0 cm ", 1)
    document = reading(content, "pdf")
    assert golden(the_cell(document)) == ("7", None)


def test_what_lies_outside_the_crop_box_is_not_read():
    outside = b"BT /F 8 Tf 1 0 0 1 30 780 Tm (nam 2031) Tj ET"
    content = page(rows(), further=outside).replace(b"/MediaBox", b"/CropBox[0 0 600 720]/MediaBox")
    document = reading(content, "pdf")
    assert golden(the_cell(document)) == ("7", None)
    assert document.head.title_year is None


def test_an_annex_without_a_table_is_told_at_its_title():
    lost = paragraph(run("Phụ lục 02. TỔNG HỢP"))
    document = read(word_with_annexes(lost), "a.docx", LABELS)[1]
    assert [(doubt.code, doubt.reason, doubt.place.annex) for doubt in document.doubts] == [
        ("annex_missing", "no_table", "02")
    ]


def word_with_annexes(block: str) -> bytes:
    import io

    import docx
    from docx.oxml import parse_xml

    document = docx.Document(io.BytesIO(word_table(rows())))
    body = document.element.body
    body.insert(0, parse_xml(paragraph(run("Phụ lục 01. KẾT QUẢ"))))
    body.insert(len(body) - 1, parse_xml(block))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_pages_whose_columns_stand_in_another_order_are_told():
    other = [[*line[:2], line[3], line[2], *line[4:]] for line in rows()]
    lines = "".join(
        "<tr>" + "".join(f"<td>{parts[0][0]}</td>" for parts in line) + "</tr>"
        for line in [*rows(), other[0], *other[1:]]
    )
    document = reading(f"<html><body><table>{lines}</table></body></html>".encode(), "html")
    assert "header_differs" in {doubt.code for doubt in document.doubts}
    assert {cell.doubt for cell in document.cells if cell.row_order > 2 and cell.role == "component"} == {
        "header_differs"
    }


def test_letters_that_were_recognised_on_a_picture_are_told():
    from files import stream

    picture = stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    cells = [[[(text, "hidden") for text, _ in parts] for parts in line] for line in rows()]
    content = page(cells, before=b"q 600 0 0 800 0 0 cm /A Do Q", entries=(picture,))
    document = reading(content, "pdf")
    assert [doubt.code for doubt in document.doubts] == ["scanned_text"]
    assert {cell.doubt for cell in document.cells if cell.role == "component"} == {"scanned_text"}
    assert the_cell(document).number == Decimal(7)
