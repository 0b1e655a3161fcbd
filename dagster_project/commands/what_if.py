"""`egov what-if`: what open findings would change, and what units lack for the next level, for people and programs.

Here: how it is told. Not here: finding it (`publishing/quality/what_if.py`), any rule (the models).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, TextIO

import duckdb

from ..errors import UserError
from ..publishing.only import units_called
from ..publishing.quality import gathering
from ..publishing.quality.sentences import headline
from ..publishing.quality.what_if import Short, WhatIf, what_if
from ..publishing.quality.words import figure, level
from ..root import Root
from ..terminal import Line, one_line, show
from ..values import plain
from . import answers
from .querying import published_or_told

_SHOWN = 20  # of each list, where no unit is named
_COLUMNS = (
    *("about", "year", "kind", "unit_code", "unit_name", "finding", "field", "stated", "expected", "level_now"),
    *("level_if", "rank_now", "rank_if", "pillar", "total", "next_level", "next_min_total", "to_next_level"),
)


def tell(root: Root, year: int | None, unit: str | None, output: str, target: TextIO) -> None:
    """Prints what would be if, as `text`, `json` or `csv`; of one unit where it is given, and of the last year where
    none is. Raises UserError where nothing has been published, or there is no such year or unit."""
    with published_or_told(root) as connection:
        years = gathering.years(connection)
        if not years or year not in (None, *years):
            asked = f" {year}" if year else ""
            raise UserError(
                f"Nothing has come for the year{asked}: there is nothing to ask about.",
                f"Chưa nhận gì cho năm{asked} nên chưa có gì để hỏi.",
            )
        (database,) = connection.execute("SELECT current_database()").fetchall()[0]
        keys = None if unit is None else units_called(connection, unit, [database])
        try:
            found = what_if(connection, year or years[-1], keys)
        except duckdb.CatalogException as error:
            raise UserError(
                f"{root.published_database} was published by an earlier version, which did not work this out. Run "
                "`egov run`, then ask again.",
                f"{root.published_database} do phiên bản trước công bố, chưa tính việc này. Hãy chạy `egov run` rồi "
                "hỏi lại.",
            ) from error
    if output == "json":
        target.write(json.dumps(_plain(found), ensure_ascii=False, indent=1) + "\n")
    elif output == "csv":
        answers.to_csv(_COLUMNS, (tuple(row.get(name) for name in _COLUMNS) for row in _rows(found)), target)
    else:
        show(_lines(found, is_all=unit is not None))


def _plain(found: WhatIf) -> dict[str, Any]:
    """All of it as JSON has it: figures as text."""

    def told(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: told(one) for name, one in value.items()}
        return [told(one) for one in value] if isinstance(value, list | tuple) else plain(value)

    return {
        "year": found.year,
        "findings": [told(asdict(one)) for one in found.effects],
        "short_of_next_level": [told(asdict(one)) for one in found.short],
    }


def _rows(found: WhatIf) -> Iterator[dict[str, Any]]:
    """All of it as one table: a row per finding and unit, then one per unit and pillar."""
    for effect in found.effects:
        of_finding = {name: getattr(effect, name) for name in ("kind", "field", "stated", "expected")}
        for unit in effect.units:
            yield {"about": "finding", "year": found.year, "finding": effect.finding_id, **of_finding, **asdict(unit)}
    for unit in found.short:
        for one in unit.pillars:
            yield {
                **{"about": "next_level", "year": found.year, "kind": unit.kind, "level_now": unit.level},
                **{name: getattr(unit, name) for name in ("unit_code", "unit_name", "next_level")},
                **{name: getattr(one, name) for name in ("pillar", "total", "next_min_total", "to_next_level")},
            }


def _lines(found: WhatIf, is_all: bool) -> Iterator[Line]:
    """is_all: nothing is shortened, and findings that change no level and no rank are told, too."""
    most = None if is_all else _SHOWN
    yield Line(f"Năm / Year {found.year}", "heading")
    effects = found.effects if is_all else found.felt
    if not effects:
        yield Line(
            "Không có phát hiện nào làm đổi mức độ hoặc thứ hạng. / No finding would change a level or a rank.", "", 1
        )
    for effect in effects[:most]:
        yield Line(one_line(f"{effect.short_id} · {effect.told.vi}"), "warning" if effect.is_felt else "", 1)
        yield Line(one_line(effect.told.en), "quiet", 2)
    yield from _left_out(len(effects), most)
    for kind in found.kinds:
        for tier, units in found.short_of(kind):
            yield Line(
                f"Còn thiếu để lên mức độ tiếp theo: {tier.vi.lower()}{headline([kind]).vi} / "
                f"Short of the next level: {tier.en.lower()}{headline([kind]).en}",
                "heading",
            )
            for unit in units[:most]:
                yield from _short(unit, has_rooms=is_all)
            yield from _left_out(len(units), most)


def _short(unit: Short, has_rooms: bool) -> Iterator[Line]:
    lacks = ", ".join(
        f"{one.name.vi} {figure(one.total).vi}/{figure(one.next_min_total).vi}"
        + (f" (thiếu / lacks {figure(one.to_next_level).vi})" if one.to_next_level else " (đủ / enough)")
        for one in unit.pillars
    )
    where = f" ({unit.district_name})" if unit.district_name else ""
    levels = f"{level(unit.level).vi} → {level(unit.next_level).vi}"
    yield Line(one_line(f"{unit.unit_name}{where}: {levels}, thiếu / lacks {figure(unit.short_of).vi}: {lacks}"), "", 1)
    for one in unit.rooms if has_rooms else ():
        at = f"{figure(one.score).vi}/{figure(one.max_score).vi}"
        yield Line(one_line(f"{one.name.vi} / {one.name.en}: {at}, còn / room {figure(one.room).vi}"), "quiet", 2)


def _left_out(count: int, most: int | None) -> Iterator[Line]:
    if most is not None and count > most:
        left = count - most
        yield Line(f"… và {left} nữa / and {left} more: --unit, --format csv", "quiet", 1)
