"""The words of a report in both languages: figures, places, sources, effects, verdicts.

Here: sentences made of the values of published columns. Not here: what is published itself: the names, meanings and
advice of checks (`dim_check`), and what severities, statuses, kinds and tiers are called (`dim_term`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The same text in Vietnamese and in English."""

    vi: str
    en: str


NOTHING = Words("", "")
NOT_GIVEN = Words("không ghi", "not given")
NOT_KNOWN = Words("chưa thể xác định", "cannot be known")

REPLIES = {
    "agree": Words("Đồng ý với phát hiện", "Agrees"),
    "correct": Words("Đề nghị sửa số liệu", "Proposes a correction"),
    "explain": Words("Giải trình", "Explains"),
}
SUBMITTER_NOT_KNOWN = Words("Nơi gửi chưa xác định", "Submitter not known")
KIND_NOT_KNOWN = Words("Chưa rõ loại", "Kind not known")
EFFECT_NOT_KNOWN = Words("Chưa xác định được", "Cannot be known")
EFFECTS = {
    "level": Words(
        "Nếu ghi đúng, mức độ của đơn vị thay đổi.",
        "With the expected value, the unit's level changes.",
    ),
    "rank": Words(
        "Nếu ghi đúng, thứ hạng của đơn vị thay đổi; mức độ giữ nguyên.",
        "With the expected value, the unit's rank changes; its level stays.",
    ),
    "total": Words(
        "Nếu ghi đúng, tổng số điểm của đơn vị thay đổi; mức độ và thứ hạng giữ nguyên.",
        "With the expected value, the unit's total changes; its level and rank stay.",
    ),
    "none": Words(
        "Không làm thay đổi tổng số điểm, mức độ hoặc thứ hạng nào.",
        "It changes no total, level or rank.",
    ),
    None: Words(
        "Chưa xác định được ảnh hưởng, vì chưa biết giá trị đúng.",
        "What it changes cannot be known while the right value is not known.",
    ),
}
OF_NO_UNIT = {
    "level": Words(
        "Nếu áp dụng giá trị này, mức độ của ít nhất một đơn vị thay đổi.",
        "If this value were applied, the level of at least one unit would change.",
    ),
}
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


def effect(materiality: str | None, is_of_unit: bool) -> Words:
    """What a finding changes."""
    if not is_of_unit and materiality in OF_NO_UNIT:
        return OF_NO_UNIT[materiality]
    return EFFECTS[materiality]


def source(finding: Mapping[str, object], document: Words | None, year: int) -> Words:
    """Where the rule of a finding is laid down, by the basis of its check. document: the file that it was found in."""
    match finding["basis"]:
        case "index" if finding["index_source"]:
            return Words(str(finding["index_source"]), str(finding["index_source"]))
        case "units":
            of_unit = f" ({finding['unit_source']})" if finding["unit_source"] else ""
            return Words(
                f"Danh mục đơn vị hành chính có hiệu lực tại ngày 31/12/{year}",
                f"The official list of units as of 31 December {year}{of_unit}",
            )
        case "document" if document:
            return Words(f"Chính văn bản đã gửi: {document.vi}", f"The document itself: {document.en}")
    return Words("Yêu cầu chung đối với số liệu gửi đến", "What any figures that are sent in have to satisfy")


def subject(year: int, name: Words, tier: str | None) -> Words:
    """What a report is about: the figures of a submitter, or what the province's files say of no single unit."""
    match tier:
        case "district":
            return Words(
                f"số liệu năm {year} của {name.vi} và các đơn vị cấp xã trực thuộc",
                f"the {year} figures of {name.en} and its communes",
            )
        case "province":
            return Words(
                f"phần chung của hồ sơ năm {year} của {name.vi}", f"the general parts of the {year} files of {name.en}"
            )
    return Words(f"số liệu năm {year} của {name.vi}", f"the {year} figures of {name.en}")


def verdict(about: Words, severities: Sequence[tuple[Words, int]], material: int, settled: int) -> Words:
    """One sentence on how a submitter stands. severities: their names and how many findings of each are open; material:
    open findings that change a level or a rank; settled: those that are not open."""
    count = sum(number for _, number in severities)
    vi, en = about.vi, about.en
    if not count and settled:
        return Words(
            f"Mọi phát hiện về {vi} đã được khắc phục hoặc được tỉnh chấp nhận.",
            f"All findings about {en} are resolved or accepted.",
        )
    if not count:
        return Words(f"Không có phát hiện nào về {vi}.", f"There are no findings about {en}.")
    kinds_vi = _listed([f"{number} {one.vi.lower()}" for one, number in severities if number], "và")
    kinds_en = _listed([_counted(number, one.en.lower()) for one, number in severities if number], "and")
    then = Words("không phát hiện nào làm thay đổi mức độ hoặc thứ hạng", "none of them changes a level or a rank")
    if material:
        then = Words(
            f"trong đó {material} phát hiện làm thay đổi mức độ hoặc thứ hạng",
            f"{material} of them {'changes' if material == 1 else 'change'} a level or a rank",
        )
    return Words(
        f"{vi[0].upper()}{vi[1:]} còn {count} phát hiện cần xử lý ({kinds_vi}), {then.vi}.",
        f"{en[0].upper()}{en[1:]} still have {_counted(count, 'open finding')} ({kinds_en}); {then.en}.",
    )


def verdict_on_all(year: int, submitters: int, still: int, levels: int, ranks: int) -> Words:
    """One sentence on a year. still: open findings; levels, ranks: units whose level or rank would change with all of
    them taken."""
    if not still:
        return Words(
            f"Số liệu năm {year} của {submitters} nơi gửi không còn phát hiện nào chưa xử lý.",
            f"The {year} figures of {_counted(submitters, 'submitter')} have no open finding.",
        )
    return Words(
        f"Số liệu năm {year} của {submitters} nơi gửi còn {still} phát hiện chưa xử lý; "
        f"nếu ghi đúng theo mọi phát hiện thì {_none_vi(levels)} thay đổi mức độ "
        f"và {_none_vi(ranks)} thay đổi thứ hạng.",
        f"The {year} figures of {_counted(submitters, 'submitter')} have {_counted(still, 'open finding')}; "
        f"with every expected value the level of {_counted(levels or 'no', 'unit')} "
        f"and the rank of {_counted(ranks or 'no', 'unit')} would change.",
    )


def question(bunch: Mapping[str, Any], of: Words) -> Words:
    """What may be asked where many totals stand just above a threshold; `bunch` is a row of agg_threshold_bunching with
    the pillar's names, `of` its units."""
    total, threshold = figure(bunch["commonest_total"]), figure(bunch["min_total"])
    above = figure(bunch["commonest_total"] - bunch["min_total"])
    step, at = figure(bunch["step"]), level(bunch["level"])
    is_equal = bunch["commonest_total"] == bunch["min_total"]
    where_vi = f"đúng bằng ngưỡng {at.vi}" if is_equal else f"cao hơn ngưỡng {at.vi} ({threshold.vi}) {above.vi} điểm"
    where_en = (
        f"exactly the threshold of {at.en}"
        if is_equal
        else f"{above.en} above the threshold of {at.en} ({threshold.en})"
    )
    count, below = bunch["units_at_commonest_total"], bunch["units_just_below"]
    few_vi = f"chỉ {below} đơn vị" if below else "không đơn vị nào"
    few_en = f"only {below} {'stands' if below == 1 else 'stand'}" if below else "none stands"
    return Words(
        f"{count} trong {bunch['units']} {of.vi} có tổng số điểm {bunch['pillar_vi']} là {total.vi}, {where_vi}, "
        f"trong khi {few_vi} đứng dưới ngưỡng trong khoảng {step.vi} điểm.",
        f"{count} of {bunch['units']} {of.en} have a total of {total.en} in {bunch['pillar_en']}, {where_en}, "
        f"while {few_en} below it within {step.en}.",
    )


def _listed(parts: list[str], last: str) -> str:
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _none_vi(units: int) -> str:
    return f"{units} đơn vị" if units else "không đơn vị nào"


def _counted(number: int | str, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
