"""What the rows of the registries must be together: told apart by their keys, and speaking of what there is.

Here: keys, levels, labels, units that are named. Not here: single values (`tables.py`), codes that lost their zeros
(`codes.py`, which comes first), and whether pillars and components make a tree (`tree.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .bodies import held_by_code, wrong_bodies
from .mistakes import Mistake
from .periods import Span, by_columns, holds_in, meet, spans, uncovered, wrong_periods, year_of
from .tables import Table
from .tree import wrong_trees

Tables = Mapping[str, Table]
_KINDS = ("published", "appraised", "self_assessed", "reply")
# What may stand in braces in a text of a decision, and is filled in where the decision is written.
NAMES_IN_TEXTS = {
    "PROVINCE", "PROVINCE_TYPE", "annex", "annexes", "assessed", "count", "date", "day", "level", "minima", "minimum",
    "names", "number", "of", "pillar", "place", "province", "province_type", "tier", "tiers", "types", "unit", "year",
}  # fmt: skip
_IN_BRACES = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TARGETS = {"kind": _KINDS, "reply_kind": ("agree", "correct", "explain")}


def wrong_rows(table: Table) -> Iterator[Mistake]:
    """Rows of one file that cannot stand together."""
    if table.registry.valid:
        yield from wrong_periods(table)
    elif table.registry.key:
        yield from _repeated(table)
    if table.registry.name == "labels":
        yield from _two_meanings(table)
    if table.registry.name == "decision_texts":
        yield from _texts_to_be_left_open(table)


def repeated_keys(units: Table, called: str) -> Iterator[Mistake]:
    """Units that share a key, once all have one."""
    first: dict[str, int] = {}
    for line, key in zip(units.lines, units.columns[f"{called}_key"], strict=True):
        if first.setdefault(key, line) != line:
            yield Mistake(
                units.file,
                (first[key], line),
                f"{called}_key",
                f"{key} có hai dòng; hãy sửa một trong hai, hoặc để trống cột này.",
                f"{key} has two lines; mend one of them, or leave this column empty.",
            )


def wrong_relations(tables: Tables) -> Iterator[Mistake]:
    """Rows that speak of a pillar, component, level or unit that there is not, or not then."""
    for name in ("components", "level_rules"):
        yield from _without_pillar(tables[name], tables["pillars"])
    yield from wrong_trees(tables["pillars"], tables["components"])
    yield from wrong_bodies(tables["bodies"], tables["body_succession"], tables["units"])
    by_code = held_by_code(tables)
    for name in ("aliases", "corrections"):
        yield from _unknown_units(tables[name], by_code)
    yield from _aliases_without_effect(tables["aliases"], by_code)
    yield from _unknown_fields(tables["corrections"], tables)


def wrong_targets(labels: Table, tables: Tables) -> Iterator[Mistake]:
    """Labels that point at what there is not, each file of labels on its own."""
    known = {
        "component": _of_index(tables["components"], "component"),
        "pillar": _of_index(tables["pillars"], "pillar"),
        "total": _of_index(tables["pillars"], "pillar"),
        "level_name": _of_index(tables["level_rules"], "level"),
    }
    indices = {index for index, _ in known["pillar"]}
    for line, row in zip(labels.lines, labels.rows(), strict=True):
        index, role, target = row["index_code"], row["role"], row["target"]
        if index and index not in indices:
            yield Mistake(labels.file, (line,), "index_code", *_no_index(index), is_warning=True)
        elif role in _TARGETS and target not in _TARGETS[role]:
            yield Mistake(labels.file, (line,), "target", *_no_target(target, role, _TARGETS[role]))
        elif index and role in known and target and (index, target) not in known[role] and target != "unranked":
            there = tuple(sorted(one for code, one in known[role] if code == index))
            yield Mistake(labels.file, (line,), "target", *_no_target(target, role, there))


def _repeated(table: Table) -> Iterator[Mistake]:
    first: dict[tuple[str, ...], int] = {}
    keys = zip(*(table.columns[name] for name in table.registry.key), strict=True)
    for line, key in zip(table.lines, keys, strict=True):
        if any(key) and first.setdefault(key, line) != line:
            shown = " · ".join(filter(None, key))
            yield Mistake(
                table.file,
                (first[key], line),
                table.registry.key[-1] if len(key) == 1 else "",
                f"{shown} có hai dòng; chỉ được giữ một dòng.",
                f"{shown} has two lines; only one of them may stay.",
            )


def _two_meanings(labels: Table) -> Iterator[Mistake]:
    from ..reading.texts import key

    first: dict[tuple[str, str, str], tuple[str, int]] = {}
    for line, row in zip(labels.lines, labels.rows(), strict=True):
        word = row["index_code"], row["role"], key(row["label"])
        target, before = first.setdefault(word, (row["target"], line))
        if target != row["target"]:
            shown = target or "–", row["target"] or "–"
            yield Mistake(
                labels.file,
                (before, line),
                "target",
                f"nhãn “{row['label']}” (vai trò {row['role']}) có hai nghĩa: {shown[0]} và {shown[1]}. Hãy xóa một "
                "dòng.",
                f"the label '{row['label']}' (role {row['role']}) has two meanings: {shown[0]} and {shown[1]}. Delete "
                "one of the lines.",
            )


def _texts_to_be_left_open(texts: Table) -> Iterator[Mistake]:
    """Names in braces that stand for nothing, and a day that is none: the decision would show braces, or dots."""
    for line, part, text in zip(texts.lines, texts.columns["part"], texts.columns["text"], strict=True):
        for name in _IN_BRACES.findall(text):
            if name not in NAMES_IN_TEXTS:
                known = ", ".join(sorted(NAMES_IN_TEXTS))
                yield Mistake(
                    texts.file,
                    (line,),
                    "text",
                    f"{{{name}}} không thay cho gì nên sẽ đứng nguyên trong quyết định; có thể dùng: {known}.",
                    f"{{{name}}} stands for nothing and would be printed as it is; there may be: {known}.",
                    is_warning=True,
                )
        if part == "date" and not _DAY.fullmatch(text):
            yield Mistake(
                texts.file,
                (line,),
                "text",
                f"“{text}” phải là ngày ở dạng 2021-04-05; ngày của quyết định tạm để trống.",
                f"'{text}' must be a day such as 2021-04-05; the decision's day is left open.",
                is_warning=True,
            )


def _without_pillar(table: Table, pillars: Table) -> Iterator[Mistake]:
    by_pillar = by_columns(pillars, "index_code", "tier", "pillar")
    for row, span, line in zip(table.rows(), spans(table), table.lines, strict=True):
        pillar = row["index_code"], row["tier"], row["pillar"]
        shown = " · ".join(pillar)
        if pillar not in by_pillar:
            yield Mistake(
                table.file,
                (line,),
                "pillar",
                f"pillars.csv không có nhóm {shown}. Hãy sửa tên nhóm ở đây, hoặc thêm nhóm vào pillars.csv.",
                f"pillars.csv has no pillar {shown}. Mend the name here, or add the pillar there.",
            )
        elif day := uncovered(span, by_pillar[pillar]):
            yield Mistake(table.file, (line,), table.registry.valid[0], *_no_pillar_then(shown, year_of(day)))


def _no_pillar_then(shown: str, year: str) -> tuple[str, str]:
    return (
        f"nhóm {shown} không áp dụng trong năm {year} theo pillars.csv. Hãy sửa thời gian áp dụng ở một trong hai nơi.",
        f"the pillar {shown} does not hold in {year}, says pillars.csv. Mend the years in one of the two places.",
    )


def _unknown_units(table: Table, known: Mapping[str, list[Span]]) -> Iterator[Mistake]:
    for line, code in zip(table.lines, table.columns["unit_code"], strict=True):
        if code and code not in known:
            yield Mistake(
                table.file,
                (line,),
                "unit_code",
                f"không có đơn vị nào mang mã {code} trong units.csv; mã đứng trong danh mục của Tổng cục Thống kê.",
                f"no unit has the code {code} in units.csv; codes are those of the General Statistics Office's list.",
            )


def _aliases_without_effect(aliases: Table, by_code: Mapping[str, list[Span]]) -> Iterator[Mistake]:
    for row, span, line in zip(aliases.rows(), spans(aliases), aliases.lines, strict=True):
        of_code = by_code.get(row["unit_code"], [])
        if of_code and not any(meet(one, span) for one in of_code):
            yield Mistake(
                aliases.file,
                (line,),
                "unit_code",
                f"không có tác dụng: trong những năm của dòng này không đơn vị nào mang mã {row['unit_code']}.",
                f"without effect: in the years of this line no unit has the code {row['unit_code']}.",
                is_warning=True,
            )


def _unknown_fields(corrections: Table, tables: Tables) -> Iterator[Mistake]:
    components, pillars = tables["components"], tables["pillars"]
    for line, row in zip(corrections.lines, corrections.rows(), strict=True):
        if not row["field"] or not row["year"].isdecimal():
            continue
        of_year = _of_year(components, row["index_code"], row["year"], "component", str)
        of_year += _of_year(pillars, row["index_code"], row["year"], "pillar", "{}_total".format)
        if not of_year:
            yield Mistake(corrections.file, (line,), "year", *_no_rules(row["index_code"], row["year"]))
        elif row["field"] not in (*of_year, "level", "rank"):
            allowed = ", ".join((*dict.fromkeys(of_year), "level", "rank"))
            yield Mistake(
                corrections.file,
                (line,),
                "field",
                f"“{row['field']}” không phải ô nào đính chính được; năm đó có: {allowed}.",
                f"'{row['field']}' is no field that can be corrected; in that year there are: {allowed}.",
            )


def _of_year(table: Table, index: str, year: str, column: str, called: Callable[[str], str]) -> list[str]:
    return [
        called(table.columns[column][span.at])
        for span in spans(table)
        if table.columns["index_code"][span.at] == index and holds_in(span, year)
    ]


def _of_index(table: Table, column: str) -> set[tuple[str, str]]:
    return set(zip(table.columns["index_code"], table.columns[column], strict=True))


def _no_index(index: str) -> tuple[str, str]:
    return (
        f"không có tác dụng: pillars.csv không có bộ tiêu chí {index}.",
        f"without effect: pillars.csv has no index {index}.",
    )


def _no_target(target: str, role: str, there: tuple[str, ...]) -> tuple[str, str]:
    known = ", ".join(there)
    return (
        f"vai trò {role} không có đích “{target}”; chỉ có: {known}.",
        f"the role {role} has no target '{target}'; there are: {known}.",
    )


def _no_rules(index: str, year: str) -> tuple[str, str]:
    return (
        f"bộ tiêu chí {index or '–'} không có quy định nào cho năm {year}.",
        f"the index {index or '–'} has no rules for {year}.",
    )
