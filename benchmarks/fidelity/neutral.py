"""Neutral changes: other ways of writing the same decision, about which a check has nothing to say; and the decision
with its own 16 findings mended, about which it has nothing to say at all.

Here: one function per kind of change. Not here: defects (`defects.py` and its neighbours).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from oracle import level_of, official_units, summary_position
from original import COLUMNS, FIGURES, Copy, Line, altered, column_number, decision
from planting import Draft, Planted

_WORDINGS = ("Mức độ {}", "Mức {}", "{}", "mức độ {}")
_IN_DIGITS = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_HEADERS = {
    "Tên cơ quan": ("Tên đơn vị", "Đơn vị", "TÊN CƠ QUAN"),
    "Hạ tầng": ("Hạ tầng kỹ thuật", "Hạ tầng CNTT"),
    "Nhân lực": ("Nguồn nhân lực", "Nhân lực CNTT"),
    "Môi trường": ("Môi trường pháp lý", "MÔI TRƯỜNG"),
    "Kết quả": ("Xếp loại", "Mức độ"),
    "TT": ("STT", "Số TT"),
    "STT": ("TT", "Số thứ tự"),
}
_SPELLINGS = (
    ("Hòa", "Hoà"),
    ("Thụy", "Thuỵ"),
    ("Mỹ", "Mĩ"),
    ("Kỳ", "Kì"),
    ("Quý", "Quí"),
    ("Lễ", "LỄ"),
    ("Thúy", "Thuý"),
)


def trailing_zeros(draft: Draft) -> Planted:
    zeros = draft.chance.choice(("0", "00", "000"))

    def longer(text: str) -> str:
        return text + zeros if "." in text else f"{text}.{zeros}"

    return _figures(draft, "trailing zeros", longer)


def decimal_comma(draft: Draft) -> Planted:
    return _all_figures(draft, "decimal comma", lambda text: text.replace(".", ","))


def decomposed(draft: Draft) -> Planted:
    for line in draft.copy.lines:
        line.fields = [unicodedata.normalize("NFD", text) for text in line.fields]
    return Planted("letters and marks apart (NFD)", draft.copy, "all cells")


def extra_spaces(draft: Draft) -> Planted:
    """More spaces than there should be, at the ends of cells and within names."""
    blank = draft.chance.choice((" ", "  ", "\u00a0"))
    for line in draft.copy.lines:
        if line.is_row and draft.chance.random() < 0.4:
            line.fields = [
                draft.chance.choice((f"{blank}{text}", f"{text}{blank}", text.replace(" ", f" {blank}")))
                if text
                else text
                for text in line.fields
            ]
    return Planted("extra spaces", draft.copy, f"{blank!r} in and around cells")


def row_order(draft: Draft) -> Planted:
    """The rows of an annex in another order, with the numbers that they had or numbered anew."""
    annex = draft.chance.choice(("01", "02", "03"))
    rows = draft.copy.rows(annex)
    shuffled = draft.chance.sample(rows, len(rows))
    places = [i for i, line in enumerate(draft.copy.lines) if line.origin and line.is_row and line.origin[0] == annex]
    for place, line in zip(places, shuffled, strict=True):
        draft.copy.lines[place] = line
    is_numbered_anew = draft.chance.random() < 0.5
    if is_numbered_anew:
        for number, line in enumerate(shuffled, 1):
            line.fields[0] = str(number)
    told = f"annex {annex}" + (", numbered anew" if is_numbered_anew else "")
    return Planted("row order", draft.copy, told)


def headers_repeated(draft: Draft) -> Planted:
    """The column headers once more above some row, as at the top of a page."""
    annex = draft.chance.choice(("01", "02", "03"))
    lines = draft.copy.lines
    rows = draft.copy.rows(annex)
    first = next(i for i, line in enumerate(lines) if line is rows[0])
    headers = [line for line in lines[first - 2 : first] if line.is_header]
    above = draft.chance.choice(rows[1:])
    at = next(i for i, line in enumerate(lines) if line is above)
    lines[at:at] = [Line([""]), *(Line(list(line.fields), is_header=True) for line in headers)]
    return Planted("headers repeated", draft.copy, f"annex {annex}")


def headers_not_repeated(draft: Draft) -> Planted:
    """All pages of an annex as one table."""
    seen: set[str] = set()
    annex, kept = "", []
    for line in draft.copy.lines:
        if found := re.match(r"Phụ lục (\d\d)\.", line.fields[0]):
            annex = found[1]
        text = f"{annex}|{'|'.join(line.fields)}"
        if line.is_header and text in seen:
            continue
        seen.add(text)
        kept.append(line)
    rows = [i for i, line in enumerate(kept) if line.is_row]
    blank = {
        i
        for before, after in pairwise(rows)
        for i in range(before + 1, after)
        if kept[before].origin[0] == kept[after].origin[0]  # type: ignore[index]
    }
    draft.copy.lines = [line for i, line in enumerate(kept) if i not in blank]
    return Planted("headers not repeated", draft.copy, "no pages")


def header_wording(draft: Draft) -> Planted:
    word, others = draft.chance.choice(list(_HEADERS.items()))
    other = draft.chance.choice(others)
    for line in draft.copy.lines:
        if line.is_header:
            line.fields = [other if text == word else text for text in line.fields]
    return Planted("wording of a header", draft.copy, f"{word!r} made {other!r}")


def level_wording(draft: Draft) -> Planted:
    wording = draft.chance.choice(_WORDINGS)
    in_digits = wording.startswith("M") and draft.chance.random() < 0.3
    for annex in ("01", "03"):
        for line in draft.copy.rows(annex):
            number = column_number(annex, "level")
            level = level_of(line.fields[number])
            if level != "unranked":
                line.fields[number] = wording.format(_IN_DIGITS[level] if in_digits else level)
    return Planted("wording of levels", draft.copy, wording.format("1" if in_digits else "I"))


def spelling(draft: Draft) -> Planted:
    """The other way of writing a syllable (Hòa, Hoà; Mỹ, Mĩ) wherever it stands."""
    for line in draft.copy.lines:
        for old, new in _SPELLINGS:
            line.fields = [text.replace(old, new) for text in line.fields]
    return Planted("tone's place, i or y", draft.copy, "all names")


def upper_case(draft: Draft) -> Planted:
    for annex in ("01", "03"):
        for line in draft.copy.rows(annex):
            line.fields[1] = line.fields[1].upper()
    return Planted("names in capitals", draft.copy, "all units")


def prefixed(draft: Draft) -> Planted:
    """'Ủy ban nhân dân' before names, as the summary has it."""
    prefix = draft.chance.choice(("Ủy ban nhân dân", "UBND", "Uỷ ban nhân dân"))
    for annex in ("01", "03"):
        for line in draft.copy.rows(annex):
            if draft.chance.random() < 0.6:
                line.fields[1] = f"{prefix} {line.fields[1]}"
    return Planted("'Ủy ban nhân dân' before names", draft.copy, prefix)


def parents_with_type(draft: Draft) -> Planted:
    """'Huyện Kiến Xương' for 'Kiến Xương', where the decision writes that rightly."""
    for (annex, place), unit in official_units().items():
        if annex == "03":
            parent = official_units()["02", summary_position(unit.parent)].name
            if parent == f"Huyện {draft.copy.get(annex, place, 'district')}":
                draft.copy.set(annex, place, "district", parent)
    return Planted("parents with their type", draft.copy, "all that are written rightly")


def blank_lines(draft: Draft) -> Planted:
    at = sorted(draft.chance.sample(range(len(draft.copy.lines)), 5), reverse=True)
    for place in at:
        draft.copy.lines.insert(place, Line([""]))
    return Planted("blank lines", draft.copy, f"above lines {', '.join(str(each + 1) for each in reversed(at))}")


def summary_wording(draft: Draft) -> Planted:
    """Counts without their leading zero, and a space less or more between the statements."""
    for line in draft.copy.rows("02"):
        text = re.sub(r"(?<![\d/])0(\d)(?=[ /])", r"\1", line.fields[2])
        line.fields[2] = text.replace("). -", ").  -").replace(
            ", Ủy", " ,Ủy" if draft.chance.random() < 0.3 else ", Ủy"
        )
    return Planted("wording of the summary", draft.copy, "counts without leading zeros")


def note_wording(draft: Draft) -> Planted:
    """Thresholds with a point or with trailing zeros, or in words."""
    way = draft.chance.choice(("point", "zeros", "words"))
    for line in draft.copy.lines:
        if line.origin and not line.is_row:
            text = re.sub(r"\$\\geq ?([0-9,]+)\$", r"≥ \1", line.fields[0])
            if way == "point":
                text = text.replace(",", ".")
            elif way == "zeros":
                text = re.sub(r"\d+(,\d+)?", lambda found: found[0] + ("0" if found[1] else ",00"), text)
            else:
                text = re.sub(r"≥ ?([\d,]+)", r"từ \1 điểm trở lên", text)
            line.fields = [text]
    return Planted("wording of the notes", draft.copy, way)


def number_wording(draft: Draft) -> Planted:
    way = draft.chance.choice(("{:02}", "{}.", "({})"))
    for annex in ("01", "02", "03"):
        for line in draft.copy.rows(annex):
            line.fields[0] = way.format(int(line.fields[0]))
    return Planted("wording of row numbers", draft.copy, way.format(1))


def figures_as_text(draft: Draft) -> Planted:
    draft.copy.as_text = True
    return Planted("figures as text in a workbook", draft.copy, "all figures", form="xlsx")


KINDS = (
    trailing_zeros,
    decimal_comma,
    decomposed,
    extra_spaces,
    row_order,
    headers_repeated,
    headers_not_repeated,
    header_wording,
    level_wording,
    spelling,
    upper_case,
    prefixed,
    parents_with_type,
    blank_lines,
    summary_wording,
    note_wording,
    number_wording,
    figures_as_text,
)


def clean() -> Copy:
    """The decision as it would be without its 16 findings."""
    copy = altered(decision())
    copy.set("01", 4, "r_total", "45.13")
    copy.set("03", 8, "level", "Mức IV")
    for place in (18, 24, 27, 28):
        copy.set("03", place, "level", "Không đủ điều kiện xếp hạng")
    units = official_units()
    for place in range(1, len(copy.rows("03")) + 1):
        unit = units["03", place]
        copy.set("03", place, "unit", unit.name)
        copy.set("03", place, "district", units["02", summary_position(unit.parent)].name.removeprefix("Huyện "))
    for line in copy.lines:
        line.fields = [
            text.replace("151/QĐ-UBND", "05/QĐ-UBND").replace("05/01/2021", "05/04/2021") for text in line.fields
        ]
        for old, new in _SUMMARY_MENDED:
            line.fields = [text.replace(old, new) for text in line.fields]
    return copy


# What the summary says of the units whose levels are mended, and the one name in it that is misspelt.
_SUMMARY_MENDED = (
    ("01/19 xã đạt mức độ III (Ủy ban nhân dân xã Đông Mỹ); 04/19", "05/19"),
    ("Ủy ban nhân dân xã Vũ Chính,", "Ủy ban nhân dân xã Đông Mỹ, Ủy ban nhân dân xã Vũ Chính,"),
    (", Ủy ban nhân dân xã Vũ Lễ", ""),
    ("08/33", "07/33"),
    ("25/33", "26/33"),
    (" Ủy ban nhân dân xã Vũ Lăng,", ""),
    ("05/32", "04/32"),
    ("27/32", "28/32"),
    (", Ủy ban nhân dân xã Thụy Dân, Ủy ban nhân dân xã Thụy Xuân", ""),
    ("03/36", "01/36"),
    ("33/36", "35/36"),
    ("xã Tiên Đức", "xã Tiến Đức"),
)


def _figures(draft: Draft, kind: str, change: Callable[[str], str]) -> Planted:
    """Some figures, or all, written otherwise."""
    if draft.chance.random() < 0.5:
        return _all_figures(draft, kind, change)
    annex, place, column = draft.figure()
    was = draft.copy.get(annex, place, column)
    draft.copy.set(annex, place, column, change(was))
    return Planted(kind, draft.copy, f"annex {annex}, row {place}, {column}: {was} made {change(was)}")


def _all_figures(draft: Draft, kind: str, change: Callable[[str], str]) -> Planted:
    for annex in ("01", "03"):
        for line in draft.copy.rows(annex):
            line.fields = [
                change(text) if column in FIGURES else text
                for column, text in zip(COLUMNS[annex], line.fields, strict=True)
            ]
    return Planted(kind, draft.copy, "all figures")
