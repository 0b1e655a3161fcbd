"""`egov diff`: what changed between two publications, told to people and to programs.

Here: which two are meant, and how their difference is told. Not here: finding it (`publishing/difference.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ..errors import UserError
from ..publishing.difference import ADDED, CHANGED, GONE, TRACED, Difference, Row, difference
from ..publishing.kept import found, kept, opened_again, says_the_same
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


def tell(root: Root, old: str | None, new: str | None, output: str, target: TextIO) -> bool:
    """Prints the difference of two publications as `text` or `json`; whether there is one.

    old and new: a file, the day or name of a publication that is kept, or None: then new is what is published now, and
    old what was kept before it. Raises UserError where one of them is not there or cannot be read.
    """
    with _side(root, new) as after, _before(root, old, after) as before, difference(before.path, after.path) as found:
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
    earlier = kept(root.kept)
    if earlier and says_the_same(earlier[-1], after.path):
        earlier.pop()
    if not earlier:
        raise UserError(
            f"No publication before this one is kept in {root.kept}: there is nothing to compare with.",
            f"Chưa lưu bản công bố nào trước bản này ở {root.kept}: không có gì để so sánh.",
        )
    with opened_again(earlier[-1]) as path:
        yield Side(earlier[-1].name, path)


@contextmanager
def _side(root: Root, called: str | None) -> Iterator[Side]:
    if called is None:
        yield Side("current", _published(root))
    elif Path(called).is_file():
        yield Side(called, Path(called))
    else:
        one = found(root.kept, called)
        with opened_again(one) as path:
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
    counts = [(one.name, one.figures, *(one.counts[what] for what in (*_SIGNS, TRACED))) for one in found.tables]
    show_table(_HEADINGS, [tuple(map(str, line)) for line in counts])
    show(_lines(found))


def _lines(found: Difference) -> Iterator[Line]:
    for table in found.tables_added:
        yield Line(f"+ bảng mới / new table: {table}", "good")
    for table in found.tables_gone:
        yield Line(f"− bảng không còn / table gone: {table}", "error")
    for table in found.tables:
        yield Line("")
        yield Line(table.name, "heading")
        for words, columns in (("cột mới / new", table.columns_added), ("cột không còn / gone", table.columns_gone)):
            if columns:
                yield Line(f"{words}: {', '.join(columns)}", "", 1)
        if table.counts[TRACED]:
            yield Line(
                f"{table.counts[TRACED]} dòng chỉ đổi nguồn, vị trí hoặc ngày / "
                "rows of which only source, place or day is another",
                "quiet",
                1,
            )
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
    head = {"old": before.name, "new": after.name, "tables_added": found.tables_added, "tables_gone": found.tables_gone}
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
