"""`egov diff`: what changed between two publications, told to people and to programs.

Here: which two are meant, and how their difference is told. Not here: finding it (`publishing/difference.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from ..errors import UserError
from ..publishing import kept
from ..publishing.changed_units import ChangedUnit, Roster
from ..publishing.difference import ADDED, CHANGED, GONE, TRACED, Difference, Row, Table, difference
from ..publishing.publication import WAREHOUSE, standing
from ..root import Root
from ..terminal import Line, one_line, show, show_table
from ..values import plain

# Of each kind, of each table; `--format json` has them all.
_ROWS_SHOWN = 20
_CURRENT = "hiện hành / current"
_SIGNS = {CHANGED: ("~", "warning"), ADDED: ("+", "good"), GONE: ("−", "error")}
_HEADINGS = (
    "bảng / table",
    "đổi số / figures",
    "đổi / changed",
    "thêm / added",
    "mất / gone",
    "đổi nguồn / traced",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two publications. name: what it is called."""

    name: str
    path: Path


def tell(
    root: Root,
    old: str | None,
    new: str | None,
    output: str,
    target: TextIO,
    *,
    year: int | None = None,
    table: str | None = None,
    unit: str | None = None,
) -> bool:
    """Prints the difference of two publications as `text` or `json`, of one year, table or unit where it is given;
    whether there is one.

    old and new: a file, the day or name of a publication that is kept, or None: then new is what is published now, and
    old what was kept before it. Raises UserError where one of them is not there or cannot be read.
    """
    with (
        _side(root, new) as after,
        _before(root, old, after) as before,
        difference(before.path, after.path, year, table, unit) as found,
    ):
        if output == "json":
            _write_json(found, before, after, target)
        else:
            _show(found, before, after)
        return bool(found)


@contextmanager
def _before(root: Root, old: str | None, after: Side) -> Iterator[Side]:
    """The older side; where it is not named, what was kept before the newer."""
    if old is not None:
        with _side(root, old) as side:
            yield side
        return
    earlier = kept.before(after.path, root.kept)
    if earlier is None:
        raise UserError(
            f"No publication before this one is kept in {root.kept}: there is nothing to compare with.",
            f"Chưa lưu bản công bố nào trước bản này ở {root.kept}: không có gì để so sánh.",
        )
    with kept.opened_again(earlier) as path:
        yield Side(earlier.name, path)


@contextmanager
def _side(root: Root, called: str | None) -> Iterator[Side]:
    if called is None:
        yield Side("current", _published(root))
    elif Path(called).is_file():
        yield Side(called, Path(called))
    else:
        one = kept.found(root.kept, called)
        with kept.opened_again(one) as path:
            yield Side(one.name, path)


def _published(root: Root) -> Path:
    """The warehouse that stands, where it is what was published; without a stamp, an earlier version did that."""
    if not root.published_database.exists():
        raise UserError(
            f"Nothing has been published yet: there is no {root.published_database}.",
            f"Chưa có kho dữ liệu đã công bố ({root.published_database}).",
        )
    now = standing(root.published)
    path = now.whole(WAREHOUSE) if now else root.published_database
    if path is None:
        raise UserError(
            f"{root.published_database} is not what was published: it is damaged, or somebody has changed it. Run "
            "`egov run`: it is made anew.",
            f"{root.published_database} không còn như lúc công bố: đã hỏng hoặc bị sửa. Hãy chạy `egov run` để tạo "
            "lại.",
        )
    return path


def _show(found: Difference, before: Side, after: Side) -> None:
    sides = (_CURRENT if one.name == "current" else one_line(one.name) for one in (before, after))
    show([Line(" → ".join(sides), "heading")])
    if not found:
        also = "" if found.is_described_alike else "; lời mô tả hoặc khung nhìn có đổi / but in descriptions or views"
        show([Line(f"Không có khác biệt / No difference{also}.", "good")])
        return
    show(_units(found))
    of_data = [one for one in found.tables if any(one.counts[what] for what in _SIGNS)]
    counts = [(one.name, one.figures, *(one.counts[what] for what in (*_SIGNS, TRACED))) for one in of_data]
    if counts:
        show_table(_HEADINGS, [tuple(map(str, line)) for line in counts])
    show(_technical(found))
    show(_lines(found, of_data))


def _units(found: Difference) -> Iterator[Line]:
    """Whose result is another, by name, with the figures before and after."""
    units, rosters = found.units.units, found.units.rosters
    if units:
        yield Line(
            f"Đơn vị đổi tổng số điểm, mức độ hoặc thứ hạng / Units whose total, level or rank changed: {len(units)}",
            "heading",
        )
    for one in units[:_ROWS_SHOWN]:
        yield Line(f"~ {_told_unit(one)}", "warning", 1)
    if len(units) > _ROWS_SHOWN:
        more = len(units) - _ROWS_SHOWN
        yield Line(f"~ … và {more} đơn vị nữa / and {more} more (--format json)", "quiet", 1)
    for roster in rosters:
        yield Line(_told_roster(roster), "good" if roster.is_new else "error", 1)
    if found.units:
        yield Line("")


def _told_unit(one: ChangedUnit) -> str:
    """'Huyện Tiền Hải, 2020: tổng số điểm Điều kiện sẵn sàng 44,93 → 45,13; thứ hạng 8 → 4'."""
    changes = [
        f"{change.name.vi}{f' ({change.said.vi})' if change.said.vi else ''} "
        f"{change.before.vi or '–'} → {change.after.vi or '–'}"
        for change in one.changes
    ]
    where = f" ({one.district_name})" if one.district_name else ""
    return one_line(f"{one.unit_name}{where}, {one.year}, {one.kind.vi.lower()}: {'; '.join(changes)}")


def _told_roster(one: Roster) -> str:
    """How many units have a result on one side alone."""
    if one.is_new:
        return f"+ {one.year}, {one.kind.vi.lower()}: {one.units} đơn vị mới có kết quả / units have a result now"
    return f"− {one.year}, {one.kind.vi.lower()}: {one.units} đơn vị không còn kết quả / units have none any more"


def _technical(found: Difference) -> Iterator[Line]:
    """What says nothing new of the data, a line each: columns that came or went, and rows that only come from
    elsewhere."""
    of_columns = [
        f"{one.name} ({', '.join([*(f'+{it}' for it in one.columns_added), *(f'−{it}' for it in one.columns_gone)])})"
        for one in found.tables
        if one.columns_added or one.columns_gone
    ]
    traced = [f"{one.name} ({one.counts[TRACED]})" for one in found.tables if one.counts[TRACED]]
    for words, names in (
        ("Cột mới hoặc không còn / Columns that came or went", of_columns),
        ("Chỉ đổi nguồn, vị trí hoặc ngày / Only source, place or day is another", traced),
    ):
        if names:
            yield Line(f"{words}: {', '.join(names)}", "quiet")


def _lines(found: Difference, of_data: Sequence[Table]) -> Iterator[Line]:
    for table in found.tables_added:
        yield Line(f"+ bảng mới / new table: {table}", "good")
    for table in found.tables_gone:
        yield Line(f"− bảng không còn / table gone: {table}", "error")
    for table in of_data:
        yield Line("")
        yield Line(table.name, "heading")
        for what, (sign, style) in _SIGNS.items():
            for row in found.rows(table, what, _ROWS_SHOWN):
                yield Line(f"{sign} {_told(row)}", style, 1)
            if table.counts[what] > _ROWS_SHOWN:
                more = table.counts[what] - _ROWS_SHOWN
                yield Line(f"{sign} … và {more} dòng nữa / and {more} more (--format json)", "quiet", 1)


def _told(row: Row) -> str:
    """A row by its key, or all its values, and its unit's name; of a changed one the figures before and after."""
    values = row.key or row.after or row.before or {}
    named = " · ".join([*map(_text, values.values()), *([one_line(row.unit)] if row.unit else [])])
    if row.before is None or row.after is None:
        return named
    changes = [f"{column} {_text(row.before[column])} → {_text(after)}" for column, after in row.after.items()]
    return f"{named}: {'; '.join(changes)}"


def _text(value: object) -> str:
    value = plain(value)
    if value is None:
        return "–"
    return one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _write_json(found: Difference, before: Side, after: Side, target: TextIO) -> None:
    """One object, written as it is read: a country's rows need not fit into memory twice."""
    head = {
        "old": before.name,
        "new": after.name,
        "units": [asdict(one) for one in found.units.units],
        "rosters": [asdict(one) for one in found.units.rosters],
        "tables_added": found.tables_added,
        "tables_gone": found.tables_gone,
    }
    target.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": [')
    for number, table in enumerate(found.tables):
        about = {
            "table": table.name,
            "key": table.key,
            "columns_added": table.columns_added,
            "columns_gone": table.columns_gone,
            "counts": table.counts,
        }
        target.write(("," if number else "") + "\n" + json.dumps(about, ensure_ascii=False)[:-1])
        for what in table.counts:
            target.write(f',\n "{what}": [')
            for at, row in enumerate(found.rows(table, what)):
                target.write((",\n  " if at else "\n  ") + json.dumps(_object(row), ensure_ascii=False))
            target.write("]")
        target.write("}")
    target.write("]}\n")


def _object(row: Row) -> dict[str, object]:
    """A row as JSON has it. Sides that are not there are left out."""
    sides = {"key": row.key, "unit_name": row.unit, "before": row.before, "after": row.after}
    return {name: plain(value) for name, value in sides.items() if value is not None}
