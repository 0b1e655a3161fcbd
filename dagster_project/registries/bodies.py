"""The bodies that an index assesses beside administrative units (sở, ban, ngành): what their registry must hold.

Here: their codes, provinces and successions, and units and bodies taken together. Not here: how they get into the build
(`stg_registry__units`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .mistakes import Mistake
from .periods import Span, by_columns
from .tables import Table

# The registries of what is assessed, and how their columns begin.
UNITS = {"units": "unit", "bodies": "body"}


def held_by_code(tables: Mapping[str, Table]) -> dict[str, list[Span]]:
    """The validity of units and bodies, by their codes."""
    found: dict[str, list[Span]] = {}
    for name, called in UNITS.items():
        for (code,), held in by_columns(tables[name], f"{called}_code").items():
            found.setdefault(code, []).extend(held)
    return found


def wrong_bodies(bodies: Table, succession: Table, units: Table) -> Iterator[Mistake]:
    """Bodies that could be taken for a unit, stand under nothing, or do not follow each other."""
    yield from _codes_of_units(bodies, units)
    yield from _unknown_provinces(bodies, units)
    yield from _steps_from_nowhere(succession, bodies)


def _codes_of_units(bodies: Table, units: Table) -> Iterator[Mistake]:
    taken = set(units.columns["unit_code"])
    for line, code in zip(bodies.lines, bodies.columns["body_code"], strict=True):
        if code in taken:
            yield Mistake(
                bodies.file,
                (line,),
                "body_code",
                f"{code} là mã của một đơn vị hành chính trong units.csv. Hãy dùng mã khác, ví dụ mã định danh điện "
                "tử của cơ quan.",
                f"{code} is the code of an administrative unit in units.csv. Use another, such as the body's "
                "electronic identifier.",
            )


def _unknown_provinces(bodies: Table, units: Table) -> Iterator[Mistake]:
    codes, above = units.columns["unit_code"], units.columns["parent_code"]
    provinces = {code for code, parent in zip(codes, above, strict=True) if not parent}
    for line, code in zip(bodies.lines, bodies.columns["province_code"], strict=True):
        if code and code not in provinces:
            yield Mistake(
                bodies.file,
                (line,),
                "province_code",
                f"không có tỉnh nào mang mã {code} trong units.csv. Hãy sửa mã; để trống nếu là cơ quan của cả nước.",
                f"no province has the code {code} in units.csv. Mend it; leave it empty for a body of the whole "
                "country.",
            )


def _steps_from_nowhere(succession: Table, bodies: Table) -> Iterator[Mistake]:
    """A step joins the end of one line to the beginning of another. Without either nobody could tell a body before a
    merger from the same after it, and years that lie before it would be compared with those merged into it."""
    ends = set(zip(bodies.columns["body_code"], bodies.columns["valid_to"], strict=True))
    begins = set(zip(bodies.columns["body_code"], bodies.columns["valid_from"], strict=True))
    for row, line in zip(succession.rows(), succession.lines, strict=True):
        day = row["effective_on"]
        for column, there, bound in (("predecessor_code", ends, "valid_to"), ("successor_code", begins, "valid_from")):
            code = row[column]
            if (code, day) not in there:
                yield Mistake(
                    succession.file,
                    (line,),
                    column,
                    f"bodies.csv không có dòng nào của {code} với {bound} = {day}. Khi sáp nhập, chia tách hay đổi "
                    "tên, dòng cũ kết thúc và dòng mới bắt đầu vào ngày đó.",
                    f"bodies.csv has no line of {code} with {bound} = {day}. At a merger, a division or a new name, "
                    "the old line ends and a new one begins on that day.",
                )
