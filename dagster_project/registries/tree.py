"""Whether pillars and components make a tree that can be computed: what stands above is there, nothing stands above
itself, and what is weighed has weights.

Here: one index and tier at a time, in each year in which its rows change. Not here: how a total is made of its parts
(`int_rule_part`), and rows that speak of something else (`checks.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .mistakes import Mistake
from .periods import Span, by_columns, meet, spans, uncovered, year_of
from .tables import Table


def wrong_trees(pillars: Table, components: Table) -> Iterator[Mistake]:
    """What keeps a total from being computed, or makes nobody know which one ranks."""
    yield from _ranked_twice(pillars)
    yield from _without_parent(pillars)
    yield from _circles(pillars)
    yield from _parts_of_a_stated_total(pillars, components)
    yield from _without_weight(pillars, components)


def _ranked_twice(pillars: Table) -> Iterator[Mistake]:
    ranked: dict[tuple[str, str], list[Span]] = {}
    for row, span in zip(pillars.rows(), spans(pillars), strict=True):
        if row["is_ranked_by"] != "true":
            continue
        others = ranked.setdefault((row["index_code"], row["tier"]), [])
        for other in others:
            same = pillars.columns["pillar"][other.at] == row["pillar"]
            if not same and meet(other, span):
                yield Mistake(
                    pillars.file,
                    (pillars.lines[other.at], pillars.lines[span.at]),
                    "is_ranked_by",
                    "hai nhóm của một cấp cùng được dùng để xếp hạng; chỉ một nhóm được là true.",
                    "two pillars of one tier are ranked by; only one of them may be true.",
                )
        others.append(span)


def _without_parent(pillars: Table) -> Iterator[Mistake]:
    by_pillar = by_columns(pillars, "index_code", "tier", "pillar")
    for row, span, line in zip(pillars.rows(), spans(pillars), pillars.lines, strict=True):
        if not row["parent_pillar"]:
            continue
        above = row["index_code"], row["tier"], row["parent_pillar"]
        shown = " · ".join(above)
        if above not in by_pillar:
            yield Mistake(
                pillars.file,
                (line,),
                "parent_pillar",
                f"không có nhóm cấp trên {shown}. Hãy sửa tên ở đây, hoặc thêm một dòng cho nhóm đó.",
                f"there is no pillar {shown} to stand above. Mend the name here, or add a line for that pillar.",
            )
        elif day := uncovered(span, by_pillar[above]):
            yield Mistake(
                pillars.file,
                (line,),
                pillars.registry.valid[0],
                f"nhóm cấp trên {shown} không áp dụng trong năm {year_of(day)}. Hãy sửa thời gian áp dụng của một "
                "trong hai dòng.",
                f"the pillar above, {shown}, does not hold in {year_of(day)}. Mend the years of one of the two lines.",
            )


def _circles(pillars: Table) -> Iterator[Mistake]:
    """Each circle once, by the pillar of it that comes first."""
    rows, held, told = list(pillars.rows()), spans(pillars), set[int]()
    for span in held:
        path = [span.at]
        while (above := _above(rows, held, path[-1], span.start)) is not None and above not in path:
            path.append(above)
        if above is not None and not told.intersection(circle := path[path.index(above) :]):
            told.update(circle)
            shown = " → ".join(rows[at]["pillar"] for at in (*circle, above))
            yield Mistake(
                pillars.file,
                tuple(sorted(pillars.lines[at] for at in circle)),
                "parent_pillar",
                f"các nhóm đứng trên nhau thành vòng: {shown}. Hãy để trống ô của nhóm trên cùng.",
                f"the pillars stand above each other in a circle: {shown}. Leave the cell of the topmost pillar empty.",
            )


def _above(rows: list[dict[str, str]], held: list[Span], at: int, day: str) -> int | None:
    """The row of the pillar above, as it holds on a day."""
    above = rows[at]["index_code"], rows[at]["tier"], rows[at]["parent_pillar"]
    for row, span in zip(rows, held, strict=True):
        if (row["index_code"], row["tier"], row["pillar"]) == above and span.start <= day < span.end:
            return span.at
    return None


def _parts_of_a_stated_total(pillars: Table, components: Table) -> Iterator[Mistake]:
    """A total that is taken as it is stated has nothing to be computed of."""
    parts = (
        (components, by_columns(components, "index_code", "tier", "pillar"), "pillar"),
        (pillars, by_columns(pillars, "index_code", "tier", "parent_pillar"), "parent_pillar"),
    )
    for row, span in zip(pillars.rows(), spans(pillars), strict=True):
        if row["aggregation"] != "stated":
            continue
        for table, by_pillar, column in parts:
            below = by_pillar.get((row["index_code"], row["tier"], row["pillar"]), [])
            if there := [one for one in below if meet(one, span)]:
                yield Mistake(
                    table.file,
                    tuple(table.lines[one.at] for one in there),
                    column,
                    f"nhóm {row['pillar']} lấy nguyên tổng đã ghi (aggregation = stated) nên không có gì ở dưới. Hãy "
                    "xóa các dòng này, hoặc ghi sum hay weighted_mean trong pillars.csv.",
                    f"the pillar {row['pillar']} is taken as it is stated (aggregation = stated), so nothing stands "
                    "below it. Delete these lines, or write sum or weighted_mean in pillars.csv.",
                )


def _without_weight(pillars: Table, components: Table) -> Iterator[Mistake]:
    own = by_columns(components, "index_code", "tier", "pillar")
    below = by_columns(pillars, "index_code", "tier", "parent_pillar")
    for row, span in zip(pillars.rows(), spans(pillars), strict=True):
        if row["aggregation"] != "weighted_mean":
            continue
        key = row["index_code"], row["tier"], row["pillar"]
        parts = [(components, one) for one in own.get(key, []) if components.columns["is_bonus"][one.at] != "true"]
        parts += [(pillars, one) for one in below.get(key, [])]
        for day in sorted({span.start, *(one.start for _, one in parts if span.start < one.start < span.end)}):
            there = [(table, one.at) for table, one in parts if one.start <= day < one.end]
            if there and not sum(_weight(table.columns["weight"][at]) for table, at in there):
                file = there[0][0].file
                yield Mistake(
                    file,
                    tuple(table.lines[at] for table, at in there if table.file == file),
                    "weight",
                    f"nhóm {row['pillar']} là trung bình có trọng số, nhưng các trọng số cộng lại bằng 0.",
                    f"the pillar {row['pillar']} is a weighted mean, but its weights add up to 0.",
                )
                break


def _weight(text: str) -> Decimal:
    try:
        return Decimal(text or 0)
    except ArithmeticError:
        return Decimal(1)  # told already as no number
