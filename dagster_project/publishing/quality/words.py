"""The words of a report in both languages: figures, days, levels, places.

Here: texts made of the values of published columns. Not here: whole sentences on a finding, a submitter or a year
(`sentences.py`), and what is published itself: the names, meanings and advice of checks (`dim_check`), and what
severities, statuses, kinds and tiers are called (`dim_term`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of submission. is_draft: it comes before the decision, and nothing of it is published."""

    code: str
    name: Words
    is_draft: bool


NOTHING = Words("", "")
NOT_GIVEN = Words("không ghi", "not given")
NOT_KNOWN = Words("chưa thể xác định", "cannot be known")

REPLIES = {
    "agree": Words("Đồng ý với phát hiện", "Agrees"),
    "correct": Words("Đề nghị sửa số liệu", "Proposes a correction"),
    "explain": Words("Giải trình", "Explains"),
}
# What a report says of a reply; a workbook offers only the kinds.
REPLIES_AS_TOLD = REPLIES | {
    "set_aside": Words(
        "Câu trả lời được giữ riêng, chưa được tính: chưa chọn hình thức trả lời, hoặc không rõ là hình thức nào; hãy "
        "chọn lại và gửi lại",
        "A reply that is set aside and not counted: no kind of reply is chosen, or none that is known; choose one and "
        "send it again",
    ),
}
SUBMITTER_NOT_KNOWN = Words("Đơn vị nhận phiếu chưa xác định", "Nobody known to report to")
KIND_NOT_KNOWN = Words("Chưa rõ loại", "Kind not known")
EFFECT_NOT_KNOWN = Words("Chưa xác định được", "Cannot be known")
UNRANKED = Words("không đủ điều kiện xếp hạng", "not eligible for a level")


def units_of(tier: Words) -> Words:
    """The units of a tier, by its name: 'đơn vị cấp xã'."""
    return Words(f"đơn vị {tier.vi.lower()}", f"{tier.en.lower()} units")


def share(ratio: Decimal | None) -> Words:
    """A ratio in per cent, cut and never rounded up: only what is whole is 100 %."""
    if ratio is None:
        return NOTHING
    tenths = Decimal(int(ratio * 1000)) / 10
    return Words(f"{figure(tenths).vi} %", f"{figure(tenths).en} %")


def figure(value: Decimal | None) -> Words:
    """A decimal as people write it: 45,13 and 45.13; without zeros behind."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return Words(text.replace(".", ",").replace("-", "−"), text.replace("-", "−"))


def change(value: Decimal | None) -> Words:
    """A change with its sign: +0,5 and −0,5."""
    plain = figure(value)
    return Words(f"+{plain.vi}", f"+{plain.en}") if value is not None and value > 0 else plain


def day(value: date | None) -> Words:
    """A day as 05/04/2021; in English, 5 April 2021 by its ISO form."""
    return NOTHING if value is None else Words(f"{value:%d/%m/%Y}", value.isoformat())


def level(value: str | None) -> Words:
    """A level: 'mức độ III'; `unranked` in words."""
    if value is None:
        return NOT_GIVEN
    return UNRANKED if value == "unranked" else Words(f"mức độ {value}", f"level {value}")


def level_of_column(value: str | None) -> Words:
    """A level in a column of levels: 'III'; nothing where there is none."""
    if value is None:
        return NOTHING
    return UNRANKED if value == "unranked" else Words(value, value)


_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_COUNTED = {"reported": Words("có trong hồ sơ", "in the submission")}


def value(text: str | None, compares: str, field: str, unknown: Words) -> Words:
    """What a finding states or expects, as people write it. compares: of its check. unknown: for what is not there."""
    if text is None:
        return unknown
    if field in ("level", "summary") and compares == "words":
        return level(text)
    if compares == "figures" and _DECIMAL.fullmatch(text):
        return figure(Decimal(text))
    if field == "citation":
        return Words(_ISO_DAY.sub(r"\3/\2/\1", text), text)
    return _COUNTED.get(text, Words(text, text))


def place(at: Mapping[str, object]) -> Words:
    """Where a cell stands, from the columns of `fct_finding` and the format of its file: on paper first (annex and row
    as printed), then in the file (sheet and cell, page and table, or line)."""
    paper_vi = [f"Phụ lục {at['annex']}"] if at["annex"] else []
    paper_en = [f"Annex {at['annex']}"] if at["annex"] else []
    if at["position"]:
        paper_vi.append(f"dòng đơn vị thứ {at['position']}")
        paper_en.append(f"unit row {at['position']}")
    if at["column_name"]:
        paper_vi.append(f"cột “{at['column_name']}”")
        paper_en.append(f"column “{at['column_name']}”")
    file_vi, file_en = _in_file(at)
    vi = "; ".join(filter(None, (", ".join(paper_vi), ", ".join(file_vi)))) or "toàn bộ tệp"
    en = "; ".join(filter(None, (", ".join(paper_en), ", ".join(file_en)))) or "the whole file"
    return Words(vi[0].upper() + vi[1:], en[0].upper() + en[1:])


def _in_file(at: Mapping[str, object]) -> tuple[list[str], list[str]]:
    vi: list[str] = []
    en: list[str] = []
    if at["cell"]:
        return [f"trang tính “{at['page_or_sheet']}”, ô {at['cell']}"], [f"sheet “{at['page_or_sheet']}”, {at['cell']}"]
    is_paged = at["format"] == "pdf"
    if at["page_or_sheet"]:
        vi.append(f"trang {at['page_or_sheet']}" if is_paged else f"trang tính “{at['page_or_sheet']}”")
        en.append(f"page {at['page_or_sheet']}" if is_paged else f"sheet “{at['page_or_sheet']}”")
    if at["table_number"]:
        vi.append(f"bảng {at['table_number']}")
        en.append(f"table {at['table_number']}")
    in_table = bool(at["table_number"] or at["page_or_sheet"])
    if at["row_number"]:
        vi.append(f"hàng {at['row_number']}" if in_table else f"dòng {at['row_number']} của tệp")
        en.append(f"row {at['row_number']}" if in_table else f"line {at['row_number']} of the file")
    if at["column_number"]:
        vi.append(f"cột thứ {at['column_number']}")
        en.append(f"column {at['column_number']}")
    return vi, en
