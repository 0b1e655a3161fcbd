"""What a report says in whole sentences, in both languages: effects, hints, sources, verdicts.

Here: sentences made of the values of published columns. Not here: the words that they are made of (`words.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .words import NOTHING, Kind, Words, figure, level

_OTHERS_TOLD = 2  # of those that one finding would move; the page has a table of all, and JSON has them
EFFECTS = {
    "level": Words(
        "Nếu lấy giá trị theo quy định, mức độ của đơn vị thay đổi.",
        "If the expected value is taken, the unit's level changes.",
    ),
    "rank": Words(
        "Nếu lấy giá trị theo quy định, thứ hạng của đơn vị thay đổi; mức độ giữ nguyên.",
        "If the expected value is taken, the unit's rank changes; its level stays.",
    ),
    "total": Words(
        "Nếu lấy giá trị theo quy định, tổng số điểm của đơn vị thay đổi; mức độ và thứ hạng giữ nguyên.",
        "If the expected value is taken, the unit's total changes; its level and rank stay.",
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
# Which side of a broken sum is wrong cannot be known, so both are said.
EFFECTS_OF_A_SUM = {
    "rank": Words(
        "Nếu lấy tổng của các tiêu chí thành phần, thứ hạng của đơn vị thay đổi, mức độ giữ nguyên; nếu tổng đã ghi là "
        "đúng thì một tiêu chí thành phần chưa đúng, thứ hạng và mức độ giữ nguyên.",
        "If the sum of the components is taken, the unit's rank changes and its level stays; if the stated total is "
        "right, a component is wrong, and rank and level stay.",
    ),
    "total": Words(
        "Mức độ và thứ hạng giữ nguyên, dù lấy tổng của các tiêu chí thành phần hay tổng đã ghi.",
        "Level and rank stay, whether the sum of the components or the stated total is taken.",
    ),
}
OF_NO_UNIT = {
    "level": Words(
        "Nếu áp dụng giá trị này, mức độ của ít nhất một đơn vị thay đổi.",
        "If this value were applied, the level of at least one unit would change.",
    ),
}


def effect(finding: Mapping[str, Any]) -> Words:
    """What a finding changes, from its row. A changed level is set against the one that the submission states."""
    materiality = finding["materiality"]
    if finding["unit_code"] is None and materiality in OF_NO_UNIT:
        return OF_NO_UNIT[materiality]
    if finding["code"] != "total_differs":
        return EFFECTS[materiality]
    if materiality != "level":
        return EFFECTS_OF_A_SUM.get(materiality, EFFECTS[materiality])
    stated, by_total, by_sum = (
        level(finding[column]) for column in ("level_stated", "level_with_stated", "level_with_expected")
    )
    return Words(
        f"Nếu lấy tổng của các tiêu chí thành phần, đơn vị đạt {by_sum.vi}; nếu tổng đã ghi là đúng thì một tiêu chí "
        f"thành phần chưa đúng, và đơn vị đạt {by_total.vi}. Hồ sơ ghi {stated.vi}.",
        f"If the sum of the components is taken, the unit is at {by_sum.en}; if the stated total is right, a component "
        f"is wrong, and the unit is at {by_total.en}. The submission states {stated.en}.",
    )


def hint(component: Words, score: Decimal, compared: Words, year: int, other: Decimal) -> Words:
    """Where to look first. score, other: the component's in this submission and in what it is compared with."""
    return Words(
        f"{component.vi} ở đây là {figure(score).vi}, còn trong {compared.vi.lower()} năm {year} là "
        f"{figure(other).vi}: chênh gần bằng chênh lệch của tổng. Nên kiểm tra ô này trước; đây không phải kết luận.",
        f"{component.en} is {figure(score).en} here and {figure(other).en} in the {compared.en.lower()} figures of "
        f"{year}: about as far apart as the two sides of the total. Look at this cell first; it is no verdict.",
    )


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


def headline(kinds: Sequence[Kind]) -> Words:
    """What a title says of the kinds that it is about: nothing of what is published alone."""
    if not any(kind.is_draft for kind in kinds):
        return NOTHING
    named = [
        Words(f"{kind.name.vi.lower()}, dự thảo", f"{kind.name.en.lower()}, a draft") if kind.is_draft else kind.name
        for kind in kinds
    ]
    return Words(f" ({'; '.join(one.vi.lower() for one in named)})", f" ({'; '.join(one.en.lower() for one in named)})")


def subject(year: int, name: Words, tier: str | None, kind: Kind) -> Words:
    """What a report is about: the figures of a submitter, or what the province's files say of no single unit."""
    vi, en = "số liệu", "figures"
    if kind.code and kind.code != "published":
        named = _with_draft(kind)
        vi, en = named.vi, f"{named.en} figures"
    match tier:
        case "district":
            return Words(
                f"{vi} năm {year} của {name.vi} và các đơn vị cấp xã trực thuộc",
                f"the {year} {en} of {name.en} and its communes",
            )
        case "province":
            part = "hồ sơ" if vi == "số liệu" else vi
            return Words(
                f"phần chung của {part} năm {year} của {name.vi}",
                f"the general parts of the {year} {'files' if en == 'figures' else en} of {name.en}",
            )
    return Words(f"{vi} năm {year} của {name.vi}", f"the {year} {en} of {name.en}")


def verdict(about: Words, severities: Sequence[tuple[Words, int]], material: int, unknown: int, settled: int) -> Words:
    """One sentence on how a submitter stands. severities: their names and how many findings of each are open; material:
    open findings that change a level or a rank; unknown: those of which nobody can know what they change; settled:
    those that are not open."""
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
    if unknown:
        not_known = Words(
            f"{unknown} phát hiện chưa xác định được ảnh hưởng",
            f"what {unknown} of them {'changes' if unknown == 1 else 'change'} cannot be known yet",
        )
        then = Words(
            f"{then.vi}, {not_known.vi}" if material else f"trong đó {not_known.vi}",
            f"{then.en}, and {not_known.en}" if material else not_known.en,
        )
    return Words(
        f"{vi[0].upper()}{vi[1:]} còn {count} phát hiện cần xử lý ({kinds_vi}), {then.vi}.",
        f"{en[0].upper()}{en[1:]} still have {_counted(count, 'open finding')} ({kinds_en}); {then.en}.",
    )


def verdict_on_all(year: int, kind: Kind, submitters: int, still: int, changed: tuple[int, int] | None) -> Words:
    """One sentence on a kind of a year. still: open findings; changed: the units whose level and whose rank would
    change with all of them taken, None where there is none to change."""
    vi, en = "Số liệu", "figures"
    if kind.code != "published":
        named = _with_draft(kind)
        vi, en = f"{named.vi[0].upper()}{named.vi[1:]}", f"{named.en} figures"
    of = f"{submitters} {'unit' if submitters == 1 else 'units'} reported to"
    if not still:
        return Words(
            f"{vi} năm {year} của {submitters} đơn vị nhận phiếu không còn phát hiện nào chưa xử lý.",
            f"The {year} {en} of {of} have no open finding.",
        )
    then = NOTHING
    if changed is not None:
        levels, ranks = changed
        then = Words(
            f"; nếu lấy mọi giá trị theo quy định thì {_none_vi(levels)} thay đổi mức độ "
            f"và {_none_vi(ranks)} thay đổi thứ hạng",
            f"; with every expected value the level of {_counted(levels or 'no', 'unit')} "
            f"and the rank of {_counted(ranks or 'no', 'unit')} would change",
        )
    return Words(
        f"{vi} năm {year} của {submitters} đơn vị nhận phiếu còn {still} phát hiện chưa xử lý{then.vi}.",
        f"The {year} {en} of {of} have {_counted(still, 'open finding')}{then.en}.",
    )


def joined(texts: Iterable[Words]) -> Words:
    """Sentences one after the other."""
    every = list(texts)
    return Words(" ".join(one.vi for one in every), " ".join(one.en for one in every))


def _with_draft(kind: Kind) -> Words:
    vi, en = kind.name.vi.lower(), kind.name.en.lower()
    return Words(f"{vi} (dự thảo)", f"{en} (draft)") if kind.is_draft else Words(vi, en)


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


def what_if(field: Words, effects: Sequence[Mapping[str, Any]]) -> Words:
    """What taking the expected figure of a finding would change. effects: its rows, that of its own unit first."""
    own, others = effects[0], effects[1:]
    if own["code"] == "total_differs":
        expected, stated = (figure(Decimal(own[side])) for side in ("expected", "stated"))
        begin = Words(
            f"Nếu {field.vi} của {_placed(own)} là {expected.vi} thay vì {stated.vi}",
            f"If {field.en} of {_placed(own)} were {expected.en} instead of {stated.en}",
        )
    else:
        begin = Words(
            f"Nếu {field.vi.lower()} của {_placed(own)} được sửa theo quy định",
            f"If the {field.en.lower()} of {_placed(own)} were as the rules give it",
        )
    parts = []
    if own["is_level_changed"]:
        now, then = level(own["level_now"]), level(own["level_if"])
        parts.append(
            Words(
                f"đơn vị {'' if own['level_if'] == 'unranked' else 'xếp '}{then.vi} thay vì {now.vi}",
                f"it would be {then.en} instead of {now.en}",
            )
        )
    if own["is_rank_changed"]:
        now, then = own["rank_now"], own["rank_if"]
        parts.append(Words(f"thứ hạng là {then} thay vì {now}", f"its rank would be {then} instead of {now}"))
    if not parts:
        parts.append(Words("mức độ và thứ hạng giữ nguyên", "its level and rank would stay"))
    told = [
        Words(
            f"{_placed(one)} từ hạng {one['rank_now']} {_way(one)} {one['rank_if']}",
            f"{_placed(one)} would go from rank {one['rank_now']} to {one['rank_if']}",
        )
        for one in others[:_OTHERS_TOLD]
    ]
    if len(others) > _OTHERS_TOLD:
        more = len(others) - _OTHERS_TOLD
        told.append(Words(f"{more} đơn vị khác cũng đổi hạng", f"{more} more would change ranks"))
    return Words(
        f"{begin.vi}, thì {'; '.join(one.vi for one in (Words(', '.join(part.vi for part in parts), ''), *told))}.",
        f"{begin.en}, {'; '.join(one.en for one in (Words('', ', '.join(part.en for part in parts)), *told))}.",
    )


def _placed(unit: Mapping[str, Any]) -> str:
    """A unit by its name; a commune with its district, because names return."""
    return unit["unit_name"] + (f" ({unit['district_name']})" if unit["district_name"] else "")


def _way(unit: Mapping[str, Any]) -> str:
    return "xuống" if unit["rank_if"] > unit["rank_now"] else "lên"
