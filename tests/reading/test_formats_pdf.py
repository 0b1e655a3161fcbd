"""PDFs: letters to words, words to tables, without lines too."""

from __future__ import annotations

from files import deflated, grids, only, pdf, texts


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
