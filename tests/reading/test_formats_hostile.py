"""Hostile files end in a refusal with its reason, each in its own cold process, within 30 seconds and 1 GB."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from files import XML, deflated, pdf, spreadsheet, stream, unzipped, workbook, written, zipped

from dagster_project.reading import Unreadable
from dagster_project.reading.formats import read_grids

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "tests/data/inputs"
SECONDS, MEGABYTES = 30, 1024

# Reads a file as the first thing that a process does; prints the reason, both sentences, and the process's peak in MB.
PROBE = """
import json, os, sys
from dagster_project.reading.document import Unreadable
from dagster_project.reading.formats import read_grids
try:
    read_grids(open(sys.argv[1], "rb").read(), sys.argv[1])
    said = None, "", ""
except Unreadable as refusal:
    said = refusal.reason, str(refusal), refusal.vietnamese
peak = 0
if os.path.exists("/proc/self/status"):
    peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024
print(json.dumps([*said, peak]))
"""


def given(name: str) -> bytes:
    return (INPUTS / name).read_bytes()


def rows(count: int, cells: str = "<c><v>12</v></c>") -> str:
    return f"<row>{cells}</row>" * count


def growing_workbook() -> bytes:
    """A few hundred kilobytes whose sheet unpacks to more than 400 MB."""
    content = zipped(unzipped(workbook("")) | {"xl/worksheets/sheet1.xml": rows(7_000_000, "<c><v>12</v></c>" * 3)})
    assert len(content) < 4_000_000
    return content


def cells_far_apart(book) -> None:
    sheet = book.add_worksheet()
    sheet.write(0, 0, "TT")
    sheet.write(1_048_575, 16_383, "x")


def columns_far_apart(book) -> None:
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, range(2_000))
    sheet.write(0, 16_383, "x")


def long_text_in_every_cell() -> bytes:
    cells = '<c t="s"><v>0</v></c>' * 10
    return workbook(rows(40_000, cells), strings=f"<si><t>{'a' * 32_000}</t></si>")


def forms_within_forms() -> bytes:
    """A page that draws a form twice, which draws another twice, and so on: 2^40 letters in 10 kB."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>/XObject<</A %d 0 R>>>>"
    forms = [stream(b"/A Do /A Do", head % number) for number in range(7, 46)]
    return pdf(b"/A Do", further=(*forms, stream(b"BT /F 9 Tf (x) Tj ET", head % 6)))


def ods(rows_of_table: str) -> bytes:
    return spreadsheet(f'<table:table table:name="B">{rows_of_table}</table:table>')


ONE = '<table:table-cell office:value-type="float" office:value="1" {}><text:p>1</text:p></table:table-cell>'
LETTER = b"BT /F 9 Tf 10 10 Td (x) Tj ET\n"
FLATE = b"/Filter/FlateDecode"
DOCTYPE = f'{XML}<!-- a --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

HOSTILE = {
    # file name: (its content, the reason)
    "30_password.xlsx": (lambda: given("30_password.xlsx"), "password_protected"),
    "31_scanned.pdf": (lambda: given("31_scanned.pdf"), "image_only_pdf"),
    "32_old_word.doc": (lambda: given("32_old_word.doc"), "unsupported_format"),
    "33_truncated.xlsx": (lambda: given("02_three_sheets.xlsx")[:6_700], "damaged_file"),
    "33_truncated.xls": (lambda: given("04_legacy.xls")[:9_000], "damaged_file"),
    "33_truncated.pdf": (lambda: given("07_wordprocessor.pdf")[:28_000], "damaged_file"),
    "34_pdf_named.xlsx": (lambda: given("08_other_producer.pdf"), "content_is_not_what_the_extension_says"),
    "34_word_named.xlsx": (lambda: given("06_decision.docx"), "content_is_not_what_the_extension_says"),
    "34_text_named.xlsx": (lambda: given("01_decision.txt"), "content_is_not_what_the_extension_says"),
    "34_picture_named.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "content_is_not_what_the_extension_says"),
    "34_sheet_named.csv": (lambda: given("02_three_sheets.xlsx"), "content_is_not_what_the_extension_says"),
    "35_empty.csv": (lambda: b"", "empty_file"),
    "35_blank.xlsx": (lambda: b"\xef\xbb\xbf \r\n\0\0", "empty_file"),
    "36_zip_bomb.xlsx": (growing_workbook, "expands_too_much"),
    "36_pdf_bomb.pdf": (lambda: pdf(deflated(LETTER * 100_000, 40), FLATE), "expands_too_much"),
    "36_pdf_bomb_cut.pdf": (lambda: pdf(deflated(LETTER * 100_000, 40)[:-9], FLATE), "expands_too_much"),
    "36_pdf_bomb_twice.pdf": (
        lambda: pdf(zlib.compress(deflated(LETTER * 100_000, 40)), b"/Filter[/FlateDecode/FlateDecode]"),
        "expands_too_much",
    ),
    "36_forms.pdf": (forms_within_forms, "expands_too_much"),
    "36_far_cells.xlsx": (lambda: written(columns_far_apart), "expands_too_much"),
    "36_long_texts.xlsx": (long_text_in_every_cell, "expands_too_much"),
    "36_many_cells.xlsx": (lambda: workbook(rows(60_000, "<c><v>1.5</v></c>" * 10)), "expands_too_much"),
    "36_wide.ods": (
        lambda: ods(
            "<table:table-row>" + ONE.format('table:number-columns-repeated="2000000000"') + "</table:table-row>"
        ),
        "expands_too_much",
    ),
    "37_entities.xlsx": (lambda: given("37_entities.xlsx"), "doctype_in_xml"),
    "37_external_entity.xlsx": (lambda: given("37_external_entity.xlsx"), "doctype_in_xml"),
    "37_in_any_part.docx": (
        lambda: zipped(unzipped(given("06_decision.docx")) | {"word/theme/theme1.xml": DOCTYPE}),
        "doctype_in_xml",
    ),
    "37_open.ods": (lambda: zipped(unzipped(ods("")) | {"content.xml": DOCTYPE}), "doctype_in_xml"),
    "38_rows.xlsx": (lambda: workbook(rows(1_000_000)), "too_many_rows"),
    "38_last_corner.xlsx": (lambda: written(cells_far_apart), "too_many_rows"),
    "38_rows.csv": (lambda: b"1,Xa,5\n" * 1_000_000, "too_many_rows"),
    "38_repeated.ods": (
        lambda: ods(f'<table:table-row table:number-rows-repeated="1048576">{ONE.format("")}</table:table-row>'),
        "too_many_rows",
    ),
    "39_count_lies.xlsx": (
        lambda: zipped(
            unzipped(workbook(rows(1)))
            | {"xl/sharedStrings.xml": f'{XML}<sst count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'}
        ),
        "damaged_file",
    ),
    "39_utf16.xlsx": (
        lambda: zipped(
            unzipped(workbook(rows(1)))
            | {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows(1)}</sheetData></worksheet>".encode("utf-16")}
        ),
        "damaged_file",
    ),
    "39_noise.pdf": (lambda: b"%PDF-1.4\n" + random.Random(1).randbytes(30_000), "damaged_file"),
    "39_noise.xlsx": (lambda: random.Random(2).randbytes(30_000), "damaged_file"),
    "~$02_three_sheets.xlsx": (lambda: b"\x05Thu   " + bytes(158), "unsupported_format"),
    "a.rtf": (lambda: b"{\\rtf1 x}", "unsupported_format"),
    "a.zip": (lambda: zipped({"02.xlsx": given("02_three_sheets.xlsx")}), "unsupported_format"),
    "a.xml": (lambda: b"<?xml version='1.0'?><a/>", "unsupported_format"),
    "a.doc": (lambda: b"MIME-Version: 1.0\r\n", "unsupported_format"),
    "password.pdf": (
        lambda: pdf(
            LETTER,
            further=(b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32),),
            trailer=b"/Encrypt 6 0 R/ID[<00><00>]",
        ),
        "password_protected",
    ),
    "password.ods": (
        lambda: spreadsheet("", manifest='<manifest:encryption-data manifest:checksum="x"/>'),
        "password_protected",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_bounds(name, tmp_path):
    make, expected = HOSTILE[name]
    (tmp_path / name).write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path / name)], capture_output=True, timeout=SECONDS, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    reason, english, vietnamese, peak = json.loads(done.stdout)
    assert reason == expected
    assert peak < MEGABYTES
    assert done.stderr == b""
    assert english.endswith(".") and vietnamese.endswith(".")


def test_a_merged_cell_that_claims_the_whole_sheet_costs_nothing():
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1_000 + "</mergeCells>"
    _, (sheet,) = read_grids(workbook("<row><c><v>1</v></c></row>", merged), "a.xlsx")
    assert (sheet.rows[0].cells[0].across, sheet.rows[0].cells[0].down) == (1, 1)


def test_a_cell_of_a_web_page_that_claims_a_million_columns_is_one_cell():
    page = b"<table><tr><td colspan=999999999 rowspan=999999999>a<td>b</tr></table>"
    _, (table,) = read_grids(page, "a.html")
    assert [cell.text for cell in table.rows[0].cells] == ["a", "b"]


def test_rows_that_are_only_coloured_are_no_rows():
    rows_ = '<row r="1"><c r="A1"><v>1</v></c></row>' + '<row><c s="0"/></row>' * 200_000
    _, (sheet,) = read_grids(workbook(rows_), "a.xlsx")
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(
    "name",
    ["02_three_sheets.xlsx", "04_legacy.xls", "05_open.ods", "06_decision.docx", "09_utf8sig_comma_annex02.csv"],
)
def test_a_file_whose_bytes_are_changed_is_read_or_refused(name):
    chance, whole = random.Random(name), given(name)
    for _ in range(40):
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        _read_or_refused(bytes(changed[: chance.choice((len(changed), chance.randrange(len(changed))))]), name)


@pytest.mark.parametrize("name", ["02_three_sheets.xlsx", "39_excel_damage.xlsx", "05_open.ods", "06_decision.docx"])
def test_a_file_whose_xml_is_changed_is_read_or_refused(name):
    chance, parts = random.Random(name), unzipped(given(name))
    names = [part for part in parts if part.endswith((".xml", ".rels"))]
    for _ in range(40):
        part = chance.choice(names)
        changed, at = bytearray(parts[part]), chance.randrange(len(parts[part]))
        what = chance.choice((b"<", b'"', b"&x;", b"999999999999", b'<c r="XFD1048576"><v>1</v></c>', b"\0", b"\xff"))
        changed[at : at + chance.choice((0, 1, 100))] = what
        _read_or_refused(zipped(parts | {part: bytes(changed)}), name)


def _read_or_refused(content: bytes, name: str) -> None:
    try:
        read_grids(content, name)
    except Unreadable as refusal:
        assert refusal.vietnamese
