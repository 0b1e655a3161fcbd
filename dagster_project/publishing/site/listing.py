"""Which pages and charts the site has, where each lies, and what is put into each.

Here: the list of them. Not here: what they say (`overview.py`, `units.py`, …), writing them (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .. import start
from ..quality.gathering import Row
from ..quality.words import Words
from . import charts, movement, overview, units
from .charts import Charts, Drawn
from .facts import Facts, Scope, Unit
from .language import LANGUAGES

MOST_TILES = 700  # on a page; of more units each has its page still
MOST_FINDINGS = 20  # on the page of a unit
MOST_TOLD = 200  # of a year, on the page of data quality
_VI, _EN = LANGUAGES


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path in the folder of a language, its template and what is filled in."""

    path: str
    template: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that every page leads to, and its name in both languages."""

    path: str
    vi: str
    en: str


MENU = (
    Entry("index.html", "Tổng quan", "Overview"),
    Entry("units.html", "Đơn vị", "Units"),
    Entry("movement.html", "Biến động", "Movement"),
    Entry("transitions.html", "Chuyển mức độ", "Between levels"),
    Entry("quality.html", "Chất lượng số liệu", "Data quality"),
    Entry("method.html", "Cách tính", "Method"),
    Entry("downloads.html", "Tải số liệu", "Data"),
)


def above(facts: Facts, unit: Unit) -> Unit | None:
    """What a unit was directly under in its last year."""
    years = [row for by_year in unit.results.values() for row in by_year.values()]
    last = max(years, key=lambda row: row["year"], default=None)
    return facts.parent(last) if last else None


class Listing:
    """The pages of the site. Charts are begun with it, and waited for by the pages that show them, which come last."""

    def __init__(self, facts: Facts, drawing: Charts) -> None:
        self.facts = facts
        self._moved = {scope.stem: movement.tiers(facts, scope) for scope in facts.scopes}
        self._titles: dict[str, Words] = {}
        self._levels: dict[tuple[str, str], dict[str, Any]] = {}
        self._charts: dict[tuple[str, str, str], tuple[str, Future[Drawn]]] = {}
        for scope in facts.scopes:
            self._begin(scope, drawing)

    def pages(self) -> Iterator[Page]:
        """All pages; the order says nothing to a reader."""
        yield from self._units()
        yield self._list_of_units()
        yield self._quality()
        yield self._method()
        for assessment in self.facts.tables.assessments:
            yield Page(f"years/{_name(self.facts, assessment)}.html", "overview.html", self._overview(assessment))
        yield from self._entrance()
        yield from self._of_scopes("movement", self._movement)
        yield from self._of_scopes("transitions", self._transitions)
        pictures = [
            {"name": drawn.result().name, "vi": self._titles[name].vi, "en": self._titles[name].en}
            for name, drawn in self._charts.values()
        ]
        yield Page("downloads.html", "downloads.html", {"start": start.TABLES, "pictures": pictures})

    def drawn(self) -> Iterator[Drawn]:
        """All charts."""
        return (drawn.result() for _, drawn in self._charts.values())

    def _begin(self, scope: Scope, drawing: Charts) -> None:
        codes = dict.fromkeys(code for one in scope.assessments for code in self.facts.tiers(one["assessment_key"]))
        moved = {tier.code: tier for tier in self._moved[scope.stem]}
        for code in codes:
            level_rows = movement.level_rows(self.facts, scope, code)
            self._levels[scope.stem, code] = _by_year(level_rows)
            wanted: list[tuple[str, Words, list[charts.Spec], Any]] = [
                (
                    "levels",
                    Words("Tỷ lệ đơn vị theo mức độ", "Share of units by level"),
                    level_rows,
                    charts.levels,
                )
            ]
            if code in moved:
                wanted += [
                    ("ranks", Words("Thứ hạng qua các năm", "Ranks"), movement.rank_rows(moved[code]), charts.ranks),
                    (
                        "drivers",
                        Words("Tiêu chí làm thay đổi", "What drove the change"),
                        self._drivers(scope, moved[code]),
                        charts.drivers,
                    ),
                ]
            for kind, title, rows, make in wanted:
                if rows:
                    name = f"{scope.stem}-{code}-{kind}"
                    self._titles[name] = titles = self._title(scope, code, title)
                    above_and_below = (titles.vi, titles.en, self._source(scope))
                    self._charts[scope.stem, code, kind] = name, drawing.draw(name, make(rows), above_and_below)

    def _title(self, scope: Scope, tier: str, title: Words) -> Words:
        years = sorted(one["year"] for one in scope.assessments)
        row = self.facts.term("tier", tier)
        place = scope.name or self.facts.rule_source(scope.index)
        vi, en = (f"{place}, {language.lower(language.name(row))}, {years[0]}–{years[-1]}" for language in LANGUAGES)
        return Words(f"{title.vi}: {vi}", f"{title.en}: {en}")

    def _source(self, scope: Scope) -> str:
        rule = self.facts.rule_source(scope.index)
        return f"Nguồn / Source: các quyết định công bố kết quả / published decisions. {rule}"

    def _drivers(self, scope: Scope, tier: movement.Tier) -> list[charts.Spec]:
        """In both languages, because the chart is one."""
        named = [
            (row, self.facts.component_name(scope.index, tier.code, tier.year, row["component"]))
            for row in tier.drivers
        ]
        return [
            {
                "name": _VI.name(name) if _VI.name(name) == _EN.name(name) else f"{_VI.name(name)} / {_EN.name(name)}",
                "value": float(movement.total_change(row)),
                "label": _VI.short(movement.total_change(row), tier.size, is_change=True),
            }
            for row, name in named
        ]

    def _drawn(self, scope: Scope, kind: str, tier: str) -> Drawn | None:
        found = self._charts.get((scope.stem, tier, kind))
        return found[1].result() if found else None

    def _units(self) -> Iterator[Page]:
        for unit in {unit.stem: unit for unit in self.facts.units.values()}.values():
            content = {
                "unit": unit,
                "indices": units.of_indices(self.facts, unit),
                "children": units.children(self.facts, unit),
                "above": above(self.facts, unit),
                "most_findings": MOST_FINDINGS,
            }
            yield Page(f"units/{unit.stem}.html", "unit.html", content)

    def _list_of_units(self) -> Page:
        """Units that nothing else leads to, by their province: of a district those below it are on its page."""
        top: dict[str, list[Unit]] = {}
        for unit in {unit.stem: unit for unit in self.facts.units.values()}.values():
            if above(self.facts, unit) is None:
                top.setdefault(self._province(unit), []).append(unit)
        groups = [(name, sorted(rows, key=lambda unit: unit.stem)) for name, rows in sorted(top.items())]
        return Page("units.html", "units.html", {"groups": groups})

    def _province(self, unit: Unit) -> str:
        keys = [row["assessment_key"] for by_year in unit.results.values() for row in by_year.values()]
        keys += list(unit.children)
        last = max((self.facts.assessments[key] for key in keys), key=lambda one: one["year"], default=None)
        return (last["province_name"] or "") if last else ""

    def _overview(self, assessment: Row) -> dict[str, Any]:
        scope = self.facts.scope_of[assessment["assessment_key"]]
        return {
            "page": overview.overview(self.facts, assessment),
            "others": [{"name": _name(self.facts, one), "assessment": one} for one in reversed(scope.assessments)],
            "charts": {
                tier: self._drawn(scope, "levels", tier) if assessment is scope.assessments[0] else None
                for tier in self.facts.tiers(assessment["assessment_key"])
            },
            "levels_by_year": {tier: rows for (stem, tier), rows in self._levels.items() if stem == scope.stem},
            "most_tiles": MOST_TILES,
            "draft_years": self.facts.draft_years,
        }

    def _entrance(self) -> Iterator[Page]:
        """The overview of the latest year; where there are several provinces or indices, a list of theirs."""
        scopes = self.facts.scopes
        if len(scopes) == 1:
            yield Page("index.html", "overview.html", self._overview(scopes[0].assessments[0]))
        else:
            yield self._hub("index.html", Words("Kết quả mới nhất", "The latest results"), None)

    def _of_scopes(self, kind: str, content: Any) -> Iterator[Page]:
        """A page of that kind for each scope, and one that leads to them; of a single scope it is the page."""
        scopes = self.facts.scopes
        entry = next(entry for entry in MENU if entry.path == f"{kind}.html")
        if len(scopes) == 1:
            yield Page(entry.path, entry.path, content(scopes[0]))
            return
        yield self._hub(entry.path, Words(entry.vi, entry.en), kind)
        for scope in scopes:
            yield Page(f"{kind}/{scope.stem}.html", entry.path, content(scope))

    def _hub(self, path: str, title: Words, kind: str | None) -> Page:
        rows = []
        for scope in self.facts.scopes:
            found = overview.overview(self.facts, scope.assessments[0])
            target = f"{kind}/{scope.stem}.html" if kind else f"years/{_name(self.facts, scope.assessments[0])}.html"
            rows.append({"scope": scope, "path": target, "year": found.year, "tiers": found.tiers})
        return Page(path, "hub.html", {"title": title, "scopes": rows, "draft_years": self.facts.draft_years})

    def _movement(self, scope: Scope) -> dict[str, Any]:
        tiers = self._moved[scope.stem]
        shown = {
            tier.code: {kind: self._drawn(scope, kind, tier.code) for kind in ("ranks", "drivers")} for tier in tiers
        }
        return {"scope": scope, "tiers": tiers, "charts": shown}

    def _transitions(self, scope: Scope) -> dict[str, Any]:
        has_levels = any(
            self.facts.levels(scope.index, tier, one["year"])
            for one in scope.assessments
            for tier in self.facts.tiers(one["assessment_key"])
        )
        return {"scope": scope, "matrices": movement.matrices(self.facts, scope), "has_levels": has_levels}

    def _quality(self) -> Page:
        found = self.facts.tables.findings
        years = []
        for year, of_year in groupby(found, key=lambda row: row["year"]):
            rows = list(of_year)
            told = [row for row in rows if row["status"] == "open"]
            by_code: dict[str, list[Row]] = {}
            for row in rows:
                by_code.setdefault(row["code"], []).append(row)
            years.append(
                {
                    "year": year,
                    "open": len(told),
                    "told": told[:MOST_TOLD],
                    "kinds": [
                        {
                            "first": of_code[0],
                            "open": sum(row["status"] == "open" for row in of_code),
                            "settled": sum(row["status"] != "open" for row in of_code),
                            "material": sum(_is_material(row) for row in of_code),
                        }
                        for of_code in by_code.values()
                    ],
                }
            )
        content = {
            "years": years,
            "open": sum(row["status"] == "open" for row in found),
            "material": sum(_is_material(row) for row in found),
        }
        return Page("quality.html", "quality.html", content)

    def _method(self) -> Page:
        """The rules of the indices that have results."""
        tables = self.facts.tables
        used = dict.fromkeys(
            (self.facts.assessments[key]["index_code"], tier) for key, tier in sorted(self.facts.results)
        )
        indices = [
            {
                "code": index,
                "tiers": [
                    {
                        "code": tier,
                        "pillars": _of(tables.pillars, index, tier),
                        "components": [
                            row for row in _of(tables.components, index, tier) if row["component"] != row["pillar"]
                        ],
                        "levels": _of(tables.levels, index, tier),
                    }
                    for _, tier in of_index
                ],
            }
            for index, of_index in groupby(sorted(used), key=lambda one: one[0])
        ]
        return Page("method.html", "method.html", {"indices": indices})


def _name(facts: Facts, assessment: Row) -> str:
    return f"{assessment['year']}-{facts.scope_of[assessment['assessment_key']].stem}"


def _by_year(rows: list[charts.Spec]) -> dict[str, Any]:
    """The rows of the chart of levels as a table."""
    years: dict[str, dict[str, int]] = {}
    for row in rows:
        years.setdefault(row["year"], {})[row["level"]] = row["units"]
    return {"levels": list(dict.fromkeys(row["level"] for row in rows)), "years": years}


def _is_material(row: Row) -> bool:
    return row["status"] == "open" and row["materiality"] in ("level", "rank")


def _of(rows: list[Row], index: str, tier: str) -> list[Row]:
    return [row for row in rows if row["index_code"] == index and row["tier"] == tier]
