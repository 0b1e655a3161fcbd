"""PDFs: letters to words, words to tables, without lines too."""

from __future__ import annotations

import pytest
from files import deflated, grids, only, pdf, stream, texts

from dagster_project.reading import Unreadable


def test_letters_printed_twice_are_read_once():
    bold = b"BT /F 12 Tf 50 700 Td (Bang diem) Tj ET BT /F 12 Tf 50.3 700 Td (Bang diem) Tj ET"
    assert texts(only(pdf(bold), "a.pdf")) == [["Bang diem"]]


def test_words_beside_the_page_are_not_read():
    outside = b"BT /F 12 Tf 50 700 Td (trong) Tj ET BT /F 12 Tf 900 700 Td (ngoai) Tj ET"
    assert texts(only(pdf(deflated(outside, 1), b"/Filter/FlateDecode"), "a.pdf")) == [["trong"]]


def test_the_last_rows_of_a_table_without_lines_are_rows_on_a_page_of_their_own():
    def line(y: int, *fields: str) -> bytes:
        return b"".join(
            b"BT /F 9 Tf %d %d Td (%s) Tj ET\n" % (50 + 90 * at, y, field.encode()) for at, field in enumerate(fields)
        )

    first = b"".join(line(700 - 20 * at, str(at), f"Xa {at}", "12", "5.5", "4") for at in range(1, 6))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 7 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    last = line(700, "6", "Xa 6", "13", "5", "4.25")
    content = pdf(first, b"", (page, b"<</Length %d>>stream\n%s\nendstream" % (len(last), last)))
    content = content.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 6 0 R]/Count 2")
    found = grids(content, "a.pdf")
    assert [(grid.page_or_sheet, grid.table_number, len(grid.rows)) for grid in found] == [("1", 1, 5), ("2", 1, 1)]
    assert texts(found[1]) == [["6", "Xa 6", "13", "5", "4.25"]]


def test_a_page_that_is_a_picture_is_not_passed_over():
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 7 0 R/Resources<</XObject<</A 8 0 R>>>>>>"
    image = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    content = pdf(
        b"BT /F 12 Tf 50 700 Td (Quyet dinh) Tj ET",
        further=(page, stream(b"600 0 0 800 0 0 cm /A Do"), stream(b"\x00", image)),
    ).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 6 0 R]/Count 2")
    with pytest.raises(Unreadable, match="Page 2 of the PDF is a picture") as refusal:
        grids(content, "a.pdf")
    assert refusal.value.reason == "image_only_pdf"


def test_a_page_that_is_turned_as_a_whole_is_read_upright():
    content = pdf(b"BT 0 1 -1 0 100 50 Tm /F 12 Tf (Bang diem) Tj 0 -20 Td (nam 2020) Tj ET")
    turned = content.replace(b"/MediaBox[0 0 600 800]", b"/MediaBox[0 0 600 800]/Rotate 90")
    assert texts(only(turned, "a.pdf")) == [["Bang diem"], ["nam 2020"]]


def test_fonts_that_do_not_say_their_letters_are_as_good_as_a_picture():
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(a)/Ordering(b)/Supplement 0>>>>"
    content = pdf(b"BT /F 12 Tf 50 700 Td <00410042> Tj ET", further=(below,))
    content = content.replace(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", font)
    with pytest.raises(Unreadable, match="seen but not read"):
        grids(content, "a.pdf")
