"""The large charts of the site: which there are, what stands above and below each, and the same as a table.

Here: choosing them for each scope and tier, and beginning them. Not here: how one looks (`charts.py`), what its
rows are (`movement.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from ..quality.words import Words
from . import charts, movement
from .charts import Charts, Drawn, Spec
from .facts import Facts, Scope
from .language import LANGUAGES

_VI, _EN = LANGUAGES


@dataclass(frozen=True, slots=True)
class _Picture:
    title: Words
    drawn: Future[Drawn]


class Pictures:
    """The charts, begun at once; who shows one waits for it. moved: what `movement.tiers` says, by the scope's stem."""

    def __init__(self, facts: Facts, moved: dict[str, list[movement.Tier]], drawing: Charts) -> None:
        self._facts, self._drawing = facts, drawing
        self._pictures: dict[tuple[str, str, str], _Picture] = {}
        self._levels: dict[tuple[str, str], dict[str, Any]] = {}
        for scope in facts.scopes:
            for code in dict.fromkeys(code for one in scope.assessments for code in facts.tiers(one["assessment_key"])):
                rows = movement.level_rows(facts, scope, code)
                self._levels[scope.stem, code] = _by_year(rows)
                title = Words("Tỷ lệ đơn vị theo mức độ", "Share of units by level")
                self._begin(scope, code, "levels", title, rows, charts.levels)
            for tier in moved[scope.stem]:
                title = Words("Thứ hạng qua các năm", "Ranks over the years")
                self._begin(scope, tier.code, "ranks", title, movement.rank_rows(tier), charts.ranks)
                title = Words("Tiêu chí làm thay đổi", "What drove the change")
                self._begin(scope, tier.code, "drivers", title, self._drivers(scope, tier), charts.drivers)

    def of(self, scope: Scope, tier: str, kind: str) -> Drawn | None:
        """A chart; None where there is nothing to draw."""
        found = self._pictures.get((scope.stem, tier, kind))
        return found.drawn.result() if found else None

    def levels_by_year(self, scope: Scope) -> dict[str, dict[str, Any]]:
        """The charts of levels as tables, by tier."""
        return {tier: table for (stem, tier), table in self._levels.items() if stem == scope.stem}

    def all(self) -> Iterator[tuple[Words, Drawn]]:
        """Every chart with its title."""
        return ((picture.title, picture.drawn.result()) for picture in self._pictures.values())

    def _begin(
        self, scope: Scope, tier: str, kind: str, title: Words, rows: list[Spec], make: Callable[[list[Spec]], Spec]
    ) -> None:
        if rows:
            titles = self._title(scope, tier, title)
            source = (
                "Nguồn / Source: các quyết định công bố kết quả / published decisions. "
                f"{self._facts.rule_source(scope.index)}"
            )
            drawn = self._drawing.draw(f"{scope.stem}-{tier}-{kind}", make(rows), (titles.vi, titles.en, source))
            self._pictures[scope.stem, tier, kind] = _Picture(titles, drawn)

    def _title(self, scope: Scope, tier: str, title: Words) -> Words:
        years = sorted(one["year"] for one in scope.assessments)
        row = self._facts.term("tier", tier)
        place = scope.name or self._facts.rule_source(scope.index)
        vi, en = (f"{place}, {language.lower(language.name(row))}, {years[0]}–{years[-1]}" for language in LANGUAGES)
        return Words(f"{title.vi}: {vi}", f"{title.en}: {en}")

    def _drivers(self, scope: Scope, tier: movement.Tier) -> list[Spec]:
        """In both languages, because the chart is one for both."""
        named = [
            (row, self._facts.component_name(scope.index, tier.code, tier.year, row["component"]))
            for row in tier.drivers
        ]
        return [
            {
                "name": " / ".join(dict.fromkeys((_VI.name(name), _EN.name(name)))),
                "value": float(movement.total_change(row)),
                "label": _VI.short(movement.total_change(row), tier.size, is_change=True),
            }
            for row, name in named
        ]


def _by_year(rows: list[Spec]) -> dict[str, Any]:
    years: dict[str, dict[str, int]] = {}
    for row in rows:
        years.setdefault(row["year"], {})[row["level"]] = row["units"]
    return {"levels": list(dict.fromkeys(row["level"] for row in rows)), "years": years}
