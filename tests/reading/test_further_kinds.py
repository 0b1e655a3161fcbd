"""Kinds of formatting that nobody had in mind when the reader was written (SYNTHETIC): what a person sees, or a finding
at the cell. Each document is the one of `seen.py` with one feature in the cell of Môi trường, which holds 7."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable

import openpyxl
import pytest
import xlsxwriter
import xlwt
from files import stream, unzipped, zipped
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from seen import COLUMN, HEIGHT, LEFT, ROW, TOP, WIDTH, html, ods, page, rows, word_table, xls, xlsx
from test_as_seen import golden, reading, the_cell
from test_formats_word import paragraph, run

from dagster_project.reading.formats.conditional import ALWAYS, NEVER, Condition, condition_of

SEVEN = ("7", None)
HIDDEN = (None, ("cell_unclear", "hidden"))
STRUCK_OUT = (None, ("struck_out", "struck_out"))
UNKNOWN_RULE = (None, ("cell_unclear", "rule"))
DRAWN_OVER = (None, ("cell_unclear", "drawn_over"))

CELL = "E2"
WHITE, STRUCK = Font(color="FFFFFFFF"), Font(strike=True)


def changed(change: Callable) -> bytes:
    """The workbook after a person's change of its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(rows())))
    change(book.active)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def rule(made: Rule, cells: str = "C2:I3") -> Callable:
    return lambda sheet: sheet.conditional_formatting.add(cells, made)


def no_format(operator: str, formula: str) -> Rule:
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=164, formatCode=";;;"))
    return Rule(type="cellIs", dxf=look, operator=operator, formula=[formula])


def diagonal(sheet) -> None:
    sheet[CELL].border = Border(diagonal=Side(style="thin"), diagonalUp=True, diagonalDown=True)


def in_one_colour(sheet) -> None:
    sheet[CELL].font, sheet[CELL].fill = Font(color="FF112233"), PatternFill("solid", fgColor="FF112233")


def on_a_ground(sheet) -> None:
    sheet[CELL].fill = PatternFill("solid", fgColor="FF112233")
    rule(CellIsRule("equal", ["7"], font=WHITE))(sheet)


RULES = {
    "white below eight": (rule(CellIsRule("lessThan", ["8"], font=WHITE)), HIDDEN),
    "white below seven": (rule(CellIsRule("lessThan", ["7"], font=WHITE)), SEVEN),
    "white between": (rule(CellIsRule("between", ["8", "6.5"], font=WHITE)), HIDDEN),
    "white outside": (rule(CellIsRule("notBetween", ["6", "8"], font=WHITE)), SEVEN),
    "struck out by a formula": (rule(FormulaRule(["$E2=7"], font=STRUCK)), STRUCK_OUT),
    "struck out by the cell beside": (rule(FormulaRule(["D2>10"], font=STRUCK), CELL), STRUCK_OUT),
    "not struck out by the cell beside": (rule(FormulaRule(["D2>11"], font=STRUCK), CELL), SEVEN),
    "a formula of more": (rule(FormulaRule(['AND(E2>1,$J2="Mức độ II")'], font=WHITE)), UNKNOWN_RULE),
    "errors made white": (rule(FormulaRule(["ISERROR(E2)"], font=WHITE)), SEVEN),
    "no number format": (rule(no_format("greaterThan", "0"), CELL), HIDDEN),
    "icons in place of figures": (rule(IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)), HIDDEN),
    "bars in place of figures": (rule(DataBarRule("min", 0, "max", 9, color="FF638EC6", showValue=False)), HIDDEN),
    "bars behind figures": (rule(DataBarRule("min", 0, "max", 9, color="FF638EC6")), SEVEN),
    "red on light red": (
        rule(CellIsRule("lessThan", ["8"], font=Font(color="FF9C0006"), fill=PatternFill(bgColor="FFFFC7CE"))),
        SEVEN,
    ),
    "white on red": (rule(CellIsRule("lessThan", ["8"], font=WHITE, fill=PatternFill(bgColor="FFC00000"))), SEVEN),
    "white on the cell's own ground": (on_a_ground, SEVEN),
    "diagonal lines": (diagonal, STRUCK_OUT),
    "letters in the colour of their ground": (in_one_colour, HIDDEN),
}  # fmt: skip


@pytest.mark.parametrize("kind", RULES)
def test_what_formatting_makes_of_a_figure(kind):
    change, expected = RULES[kind]
    document = reading(changed(change), "xlsx")
    assert golden(the_cell(document)) == expected
    told = [
        (doubt.code, doubt.reason) for doubt in document.doubts if (doubt.field, doubt.row_order) == ("environment", 1)
    ]
    assert told == ([expected[1]] if expected[1] else [])


def test_a_diagonal_line_parts_a_header_in_two_and_leaves_it_readable():
    def change(sheet) -> None:
        sheet["E1"].border = sheet["B2"].border = Border(diagonal=Side(style="thin"), diagonalDown=True)

    assert golden(the_cell(reading(changed(change), "xlsx"))) == SEVEN


def test_of_very_many_rules_those_beyond_are_not_guessed():
    def change(sheet) -> None:
        for number in range(60):
            rule(CellIsRule("equal", [str(1000 + number)], font=WHITE), CELL)(sheet)

    assert golden(the_cell(reading(changed(change), "xlsx"))) == UNKNOWN_RULE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<6.9", Condition("<", (6.9,))),
        ("between(1, 2)", Condition("between", (1.0, 2.0))),
        ("cell-content()>=5", Condition(">=", (5.0,))),
        ("cell-content-is-not-between(1,2)", Condition("not between", (1.0, 2.0))),
        ("is-true-formula([.$E3]=7)", Condition("=", (7.0,), ((1, False), (5, True)))),
        ("$E$3=7", Condition("=", (7.0,), ((3, True), (5, True)))),
        ("ISBLANK(E2)", NEVER),
        ('E2=""', NEVER),
        ("E2<F2", None),
        ("COUNTIF(E:E,E2)>1", None),
        ("cell-content()<1e999", None),
    ],
)
def test_the_condition_of_a_rule(text, expected):
    assert condition_of(text, (2, 5)) == expected


def test_conditions_hold_as_they_say():
    values = {(2, 5): 7.0, (3, 5): "7"}
    assert ALWAYS.holds((2, 5), values) and not NEVER.holds((2, 5), values)
    assert not Condition("=", (7.0,)).holds((3, 5), values)


def ods_with(style: str, further: str = "", after: str = "") -> bytes:
    """The spreadsheet in which the cell's own style says more."""
    parts = unzipped(ods(rows(), number=("7", further)))
    content = parts["content.xml"].decode()
    content = content.replace(' style:data-style-name="N"/>', f">{style}</style:style>")
    parts["content.xml"] = content.replace("</table:table>", f"{after}</table:table>").encode()
    return zipped(parts)


def shown_by(kind: str) -> str:
    return (
        "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="
        f'"PL.C2:PL.{CELL}">{kind}</calcext:conditional-format></calcext:conditional-formats>'
    )


WHEN = '<style:map style:condition="{}" style:apply-style-name="cwhite" style:base-cell-address="PL.E2"/>'
FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
SPREADSHEETS = {
    "white below eight": (ods_with(WHEN.format("cell-content()&lt;8")), HIDDEN),
    "white below seven": (ods_with(WHEN.format("cell-content()&lt;7")), SEVEN),
    "white by a formula": (ods_with(WHEN.format("is-true-formula([.$E2]=7)")), HIDDEN),
    "a formula of more": (ods_with(WHEN.format("is-true-formula(COUNTIF([.E2:.E3];[.E2])=1)")), UNKNOWN_RULE),
    "icons in place of figures": (
        ods_with("", after=shown_by('<calcext:formatting-entry calcext:show-value="false"/>')),
        HIDDEN,
    ),
    "bars behind figures": (ods_with("", after=shown_by("<calcext:data-bar/>")), SEVEN),
    "diagonal line": (
        ods_with('<style:table-cell-properties style:diagonal-tl-br="0.75pt solid #000000"/>'),
        STRUCK_OUT,
    ),
    "in the colour of its ground": (
        ods_with(
            f'<style:text-properties {FO} fo:color="#112233"/>'
            f'<style:table-cell-properties {FO} fo:background-color="#112233"/>'
        ),
        HIDDEN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_what_formatting_makes_of_a_figure_of_opendocument(kind):
    content, expected = SPREADSHEETS[kind]
    assert golden(the_cell(reading(content, "ods"))) == expected


def test_styles_that_are_based_on_each_other_and_on_conditions_end():
    circle = (
        '<style:style style:name="A" style:family="table-cell" style:parent-style-name="B"/>'
        '<style:style style:name="B" style:family="table-cell" style:parent-style-name="A">'
        '<style:map style:condition="cell-content()&gt;1" style:apply-style-name="A"/></style:style>'
    )
    parts = unzipped(ods_with("", circle))
    parts["content.xml"] = parts["content.xml"].replace(b'"cN"', b'"A"')
    assert golden(the_cell(reading(zipped(parts), "ods"))) == SEVEN


def styled(font: int | None = None, ground: int | None = None, diagonal: bool = False) -> Callable:
    look = xlwt.XFStyle()
    look.font.colour_index = look.font.colour_index if font is None else font
    if ground is not None:
        look.pattern.pattern, look.pattern.pattern_fore_colour = xlwt.Pattern.SOLID_PATTERN, ground
    if diagonal:
        look.borders.diag, look.borders.need_diag1 = xlwt.Borders.THIN, xlwt.Borders.NEED_DIAG1

    def change(sheet) -> None:
        sheet._cell_overwrite_ok = True
        sheet.write(ROW, COLUMN, 7, look)

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (styled(diagonal=True), STRUCK_OUT),
        (styled(font=8, ground=8), HIDDEN),
        (styled(font=10, ground=10), HIDDEN),
        (styled(font=9, ground=10), SEVEN),
        (styled(ground=10), SEVEN),
    ],
)
def test_what_formatting_makes_of_a_figure_of_excel_97(change, expected):
    assert golden(the_cell(reading(xls(rows(), hide=change), "xls"))) == expected


def with_rule(kind: int, operator: int, formulas: tuple[bytes, ...], cut: int = 0, **look: bool) -> Callable:
    """Puts a rule about C2:I3 among the records of the sheet, as Excel does, with white letters or struck out."""
    font = bytearray(118)
    struct.pack_into("<I", font, 68, 0x80 * look.get("struck", False))
    struct.pack_into("<i", font, 80, 9 if look.get("white") else -1)
    struct.pack_into("<I", font, 88, 0x1A | 0x80 * (not look.get("struck", False)))
    blocks = 0x043FFFFF | 0x20000000 * look.get("ground", False)
    sizes = [*map(len, formulas), 0][:2]
    body = struct.pack("<BBHHIH", kind, operator, *sizes, blocks, 0) + font + b"".join(formulas)
    about = struct.pack("<HH4HH4H", 1, 1, 1, 2, 2, 8, 1, 1, 2, 2, 8)
    body = body[: len(body) - cut]
    records = struct.pack("<HH", 0x1B0, len(about)) + about + struct.pack("<HH", 0x1B1, len(body)) + body

    def change(sheet) -> None:
        written = sheet.get_biff_data
        sheet.get_biff_data = lambda: written()[:-4] + records + b"\x0a\0\0\0"  # before the end of the sheet

    return change


SEVEN_IS, EIGHT_IS = b"\x1e\x07\x00", b"\x1f" + struct.pack("<d", 8.0)
COLUMN_E, HERE = b"\x4c\x00\x00\x04\x80", b"\x4c\x00\x00\x00\xc0"  # of the cell's row; the cell itself
FIXED = b"\x44\x01\x00\x04\x00"  # $E$2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (with_rule(1, 6, (EIGHT_IS,), white=True), HIDDEN),
        (with_rule(1, 5, (SEVEN_IS,), white=True), SEVEN),
        (with_rule(1, 1, (SEVEN_IS, EIGHT_IS), white=True), HIDDEN),
        (with_rule(1, 2, (SEVEN_IS, EIGHT_IS), white=True), SEVEN),
        (with_rule(1, 6, (EIGHT_IS,), white=True, ground=True), SEVEN),
        (with_rule(1, 6, (EIGHT_IS,)), SEVEN),
        (with_rule(1, 6, (EIGHT_IS,), struck=True), STRUCK_OUT),
        (with_rule(2, 0, (COLUMN_E + SEVEN_IS + b"\x0b",), struck=True), STRUCK_OUT),
        (with_rule(2, 0, (HERE + EIGHT_IS + b"\x0d",), struck=True), SEVEN),
        (with_rule(2, 0, (FIXED + SEVEN_IS + b"\x0b",), struck=True), STRUCK_OUT),
        (with_rule(2, 0, (HERE + b"\x22\x01\x00",), struck=True), UNKNOWN_RULE),
        (with_rule(1, 6, (EIGHT_IS,), cut=100, white=True), UNKNOWN_RULE),
    ],
)
def test_what_a_rule_makes_of_a_figure_of_excel_97(change, expected):
    assert golden(the_cell(reading(xls(rows(), hide=change), "xls"))) == expected


def test_white_letters_by_a_rule_are_seen_on_the_cells_own_ground_in_excel_97():
    def change(sheet) -> None:
        styled(ground=10)(sheet)
        with_rule(1, 6, (EIGHT_IS,), white=True)(sheet)

    assert golden(the_cell(reading(xls(rows(), hide=change), "xls"))) == SEVEN


def shape(insert: Callable) -> bytes:
    return xlsx(rows(), hide=lambda sheet: insert(sheet, {"width": 50, "height": 18, "object_position": 2}))


def text_box(**look) -> bytes:
    return shape(lambda sheet, size: sheet.insert_textbox(ROW, COLUMN, "6,5", size | look))


def test_a_shape_over_a_figure_is_told():
    assert golden(the_cell(reading(text_box(), "xlsx"))) == DRAWN_OVER
    assert golden(the_cell(reading(text_box(fill={"none": True}), "xlsx"))) == SEVEN  # a ring around it
    elsewhere = shape(lambda sheet, size: sheet.insert_textbox(ROW + 5, COLUMN, "Ghi chú 12", size))
    assert golden(the_cell(reading(elsewhere, "xlsx"))) == SEVEN


def test_a_fraction_that_is_the_figure_is_read_and_another_is_told_as_it_is_shown():
    assert golden(the_cell(reading(xlsx(rows(), number=(6.5, "# ?/?")), "xlsx"))) == ("6.5", None)
    document = reading(xlsx(rows(), number=(27.31, "# ?/?")), "xlsx")
    assert golden(the_cell(document)) == (None, ("cell_unclear", "number_format"))
    assert [(doubt.stored, doubt.shown) for doubt in document.doubts] == [("27.31", "27 1/3")]


BORDERS = '<w:tcPr><w:tcBorders><w:tl2br w:val="{}" w:sz="4"/></w:tcBorders></w:tcPr>'
LINE = '<w:r><w:pict><v:line xmlns:v="urn:schemas-microsoft-com:vml" from="-2pt,7pt" to="22pt,7pt"/></w:pict></w:r>'
WORDS = {
    "diagonal line": (BORDERS.format("single") + paragraph(run("7")), STRUCK_OUT),
    "no diagonal line": (BORDERS.format("nil") + paragraph(run("7")), SEVEN),
    "line drawn through it": (paragraph(run("7") + LINE), DRAWN_OVER),
    "black on black": (
        '<w:tcPr><w:shd w:fill="000000"/></w:tcPr>' + paragraph(run("6,5", '<w:color w:val="000000"/>') + run("7")),
        SEVEN,
    ),
    "white of the theme": (
        paragraph(run("6,5", '<w:color w:val="FFFFFF" w:themeColor="background1"/>') + run("7")),
        SEVEN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WORDS)
def test_what_formatting_makes_of_a_figure_of_word(kind):
    inside, expected = WORDS[kind]
    assert golden(the_cell(reading(word_table(rows(), replaced=inside), "docx"))) == expected


OLD = '<span class="cu">6,5</span>7'
PAGES = {
    "text set before it": ("<td class=m>7</td>", '.m::before{content:"1"}', ("17", None)),
    "text set after it": ("<td class=m>7</td>", ".m:after{content:',5'}", ("7.5", None)),
    "sign set after it": ("<td class=m>7</td>", ".m::after{content:'\\25'}", (None, ("cell_unclear", "percent"))),
    "text of an attribute": ("<td data-d=',5'>7</td>", "td::after{content:attr(data-d)}", ("7.5", None)),
    "an icon set after it": ("<td class=m>7</td>", '.m::after{content:"\\f00c"}', SEVEN),
    "closed details": ("<td><details><summary>7</summary>6,5</details></td>", "", SEVEN),
    "open details": ("<td><details open><summary>7</summary>,5</details></td>", "", ("7.5", None)),
    "for programs that read aloud": (f"<td>{OLD}</td>", ".cu{position:absolute;left:-10000px}", SEVEN),
    "cut to nothing": (f"<td>{OLD}</td>", ".cu{position:absolute;clip:rect(0,0,0,0)}", SEVEN),
    "cut to nothing by a path": (f"<td>{OLD}</td>", ".cu{position:fixed;clip-path:inset(50%)}", SEVEN),
    "written from the right": ("<td><bdo dir=rtl>13,72</bdo></td>", "", (None, ("not_a_number", "text"))),
    "diagonal line of Excel": ('<td style="mso-diagonal-down:.5pt solid windowtext">7</td>', "", STRUCK_OUT),
    "hyphen that is not shown": ("<td>27,&shy;31&#8239;</td>", "", ("27.31", None)),
}


@pytest.mark.parametrize("kind", PAGES)
def test_what_a_page_shows_of_a_figure(kind):
    inside, style, expected = PAGES[kind]
    assert golden(the_cell(reading(html(rows(), replaced=inside, style=style), "html"))) == expected


def test_letters_of_another_alphabet_that_look_alike_name_a_level():
    document = reading(html(rows([("Mức độ ІІ", "")], column=9)), "html")
    assert next(cell.meaning for cell in document.cells if cell.role == "level") == "II"


X, Y = LEFT + COLUMN * WIDTH + 3, TOP - ROW * HEIGHT - 14
SHOW = "BT /F 8 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"
CLIP = "q {left} {y} 40 12 re W n " + SHOW + " Q"


def clipped(text: str, left: float) -> str:
    return CLIP.format(left=left, text=text, x="{x}", y="{y}")


DRAWN = {
    "its first digit cut off": (clipped("17", X + 4.4), b"", SEVEN),
    "all of it cut off": (clipped("7", X + 20), b"", HIDDEN),
    "clipped to its cell": (clipped("7", X - 2), b"", SEVEN),
    "what follows a clipping": ("q 0 0 1 1 re W n Q " + SHOW.format(text="7", x="{x}", y="{y}"), b"", SEVEN),
    "a cross through its cell": (
        SHOW.format(text="7", x="{x}", y="{y}"),
        b"%d %d m %d %d l S %d %d m %d %d l S"
        % (X - 3, Y - 6, X + 54, Y + 14, X - 3, Y + 14, X + 54, Y - 6),
        STRUCK_OUT,
    ),
    "a long line through one digit": (
        SHOW.format(text="7,5", x="{x}", y="{y}"),
        b"%d %d m %d %d l S" % (X - 40, Y - 47, X + 60, Y + 63),
        STRUCK_OUT,
    ),
    "black on black": ("0 0 0 rg {x} {y} 30 8 re f " + SHOW.format(text="7", x="{x}", y="{y}"), b"", HIDDEN),
    "black on white on black": (
        "0 0 0 rg {x} {y} 30 8 re f 1 1 1 rg {x} {y} 20 8 re f 0 0 0 rg " + SHOW.format(text="7", x="{x}", y="{y}"),
        b"",
        SEVEN,
    ),
    "a border drawn as a ring": (
        "0 0 0 rg {x} {y} 30 10 re {x} {y} 29 9 re f* " + SHOW.format(text="7", x="{x}", y="{y}"),
        b"",
        SEVEN,
    ),
    "said otherwise to programs": (
        "/Span<</ActualText(6,5)>>BDC " + SHOW.format(text="7", x="{x}", y="{y}") + " EMC",
        b"",
        SEVEN,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DRAWN)
def test_what_a_page_of_pdf_shows_of_a_figure(kind):
    text, further, expected = DRAWN[kind]
    assert golden(the_cell(reading(page(rows(), text=text, further=further), "pdf"))) == expected


def test_a_name_that_is_cut_off_at_its_cell_is_still_the_name():
    document = reading(page(rows(), before=b"q %d 0 70 900 re W n" % LEFT, further=b"Q"), "pdf")
    assert next(cell.raw_text for cell in document.cells if cell.role == "unit") == "Huyen Quynh Phu"


def test_a_title_that_goes_on_beyond_its_page_is_read_as_a_whole():
    """So a program prints a sheet over several pages: the title on each, as far as the page goes."""
    title = b"q %d 0 60 900 re W n BT /F 8 Tf 1 0 0 1 %d %d Tm (Nam 2020, Phu luc so 01) Tj ET Q" % (
        LEFT,
        LEFT,
        TOP + 20,
    )
    assert "01" in reading(page(rows(), before=title), "pdf").head.title


@pytest.mark.parametrize(
    ("name", "expected"),
    [(b"g1", (None, ("not_a_number", "text"))), (b"seven", SEVEN), (b"a55", SEVEN), (b"G37", SEVEN)],
)
def test_a_letter_whose_name_means_nothing_is_no_figure(name, expected):
    """The font draws a seven and calls it so, or not; its number is that of '7' among the usual letters."""
    drawn = stream(b"500 0 0 0 500 700 d1 0 600 400 100 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</%s 6 0 R>>"
        b"/Encoding<</Differences[55/%s]>>/FirstChar 55/LastChar 55/Widths[500]>>" % (name, name)
    )
    content = page(rows(), text="BT /T 8 Tf 1 0 0 1 {x} {y} Tm (7) Tj ET", entries=(drawn, font))
    content = content.replace(b"/Font<</F 5 0 R>>", b"/Font<</F 5 0 R/T 7 0 R>>")
    assert golden(the_cell(reading(content, "pdf"))) == expected


def test_a_table_that_may_be_in_an_embedded_part_is_said_to_be():
    from made import LABELS
    from test_formats_word import W, word

    from dagster_project.reading import Unreadable, read

    with pytest.raises(Unreadable, match="embedded part"):
        read(word(paragraph(run("Phụ lục 01")), f"<w:altChunk {W}/>"), "a.docx", LABELS)


def test_what_lies_under_a_merged_cell_is_not_what_is_seen():
    """A person sees one figure in both rows; that another lies beneath is counted and told."""
    document = reading(changed(lambda sheet: None), "xlsx")
    assert golden(the_cell(document)) == SEVEN
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("PL")
    for row, line in enumerate(rows()):
        for column, parts in enumerate(line):
            sheet.write(row, column, parts[0][0])
    sheet.merge_range(ROW, COLUMN, ROW + 1, COLUMN, "7")
    sheet.write(ROW + 1, COLUMN, "6.5")
    book.close()
    document = reading(content.getvalue(), "xlsx")
    figures = [f"{cell.number}" for cell in document.cells if cell.target == "environment"]
    assert figures == ["7", "7"]
    assert [(left.reason, left.figures) for left in document.left_out] == [("hidden", 1)]
