"""Which pages and charts the site has, where each lies, and what is put into each.

Here: the list of them. Not here: what they say (`overview.py`, `units.py`, …), writing them (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from .. import start
from ..quality.gathering import Row
from ..quality.words import Words
from . import about, movement, overview, units
from .charts import Charts
from .facts import Facts, Scope, Unit
from .pictures import Pictures
from .unchanged import Marks

MOST_TILES = 700  # on a page; of more units each has its page still
MOST_FINDINGS = 20  # on the page of a unit


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path in the folder of a language, its template, what gives all that is filled in. mark: of what that
    is, where it can be told beforehand (`unchanged.py`)."""

    path: str
    template: str
    content: Callable[[], dict[str, Any]]
    mark: str | None = None


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

    def __init__(self, facts: Facts, drawing: Charts, marks: Marks) -> None:
        self.facts, self._marks = facts, marks
        self._moved = {scope.stem: movement.tiers(facts, scope) for scope in facts.scopes}
        self.pictures = Pictures(facts, self._moved, drawing)

    def pages(self) -> Iterator[Page]:
        """All pages; the order says nothing to a reader."""
        yield from self._units()
        yield self._list_of_units()
        yield Page("quality.html", "quality.html", partial(about.quality, self.facts))
        yield Page("method.html", "method.html", partial(about.method, self.facts))
        for assessment in self.facts.tables.assessments:
            path = f"years/{_name(self.facts, assessment)}.html"
            mark = self._marks.of_scopes[self.facts.scope_of[assessment["assessment_key"]].stem]
            yield Page(path, "overview.html", partial(self._overview, assessment), mark)
        yield from self._entrance()
        yield from self._of_scopes("movement", self._movement)
        yield from self._of_scopes("transitions", self._transitions)
        yield Page("downloads.html", "downloads.html", self._downloads)

    def _downloads(self) -> dict[str, Any]:
        return {"start": start.TABLES, "pictures": list(self.pictures.all())}

    def _units(self) -> Iterator[Page]:
        for unit in self.facts.shown:
            path, mark = f"units/{unit.stem}.html", self._marks.of_units[unit.stem]
            yield Page(path, "unit.html", partial(self._unit, unit), mark)

    def _unit(self, unit: Unit) -> dict[str, Any]:
        return {
            "unit": unit,
            "indices": units.of_indices(self.facts, unit),
            "children": units.children(self.facts, unit),
            "above": above(self.facts, unit),
            "most_findings": MOST_FINDINGS,
        }

    def _list_of_units(self) -> Page:
        """Units that nothing else leads to, by their province: of a district those below it are on its page."""
        top: dict[str, list[Unit]] = {}
        for unit in self.facts.shown:
            if above(self.facts, unit) is None:
                top.setdefault(self._province(unit), []).append(unit)
        groups = [(name, sorted(rows, key=lambda unit: unit.stem)) for name, rows in sorted(top.items())]
        return Page("units.html", "units.html", lambda: {"groups": groups})

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
                tier: self.pictures.of(scope, tier, "levels") if assessment is scope.assessments[0] else None
                for tier in self.facts.tiers(assessment["assessment_key"])
            },
            "levels_by_year": self.pictures.levels_by_year(scope),
            "most_tiles": MOST_TILES,
            "draft_years": self.facts.draft_years,
        }

    def _entrance(self) -> Iterator[Page]:
        """The overview of the latest year; where there are several provinces or indices, a list of theirs."""
        scopes = self.facts.scopes
        if len(scopes) == 1:
            yield Page("index.html", "overview.html", partial(self._overview, scopes[0].assessments[0]))
        else:
            yield self._hub("index.html", Words("Kết quả mới nhất", "The latest results"), None)

    def _of_scopes(self, kind: str, content: Any) -> Iterator[Page]:
        """A page of that kind for each scope, and one that leads to them; of a single scope it is the page."""
        scopes = self.facts.scopes
        entry = next(entry for entry in MENU if entry.path == f"{kind}.html")
        if len(scopes) == 1:
            yield Page(entry.path, entry.path, partial(content, scopes[0]))
            return
        yield self._hub(entry.path, Words(entry.vi, entry.en), kind)
        for scope in scopes:
            path, mark = f"{kind}/{scope.stem}.html", self._marks.of_scopes[scope.stem]
            yield Page(path, entry.path, partial(content, scope), mark)

    def _hub(self, path: str, title: Words, kind: str | None) -> Page:
        rows = []
        for scope in self.facts.scopes:
            found = overview.overview(self.facts, scope.assessments[0])
            target = f"{kind}/{scope.stem}.html" if kind else f"years/{_name(self.facts, scope.assessments[0])}.html"
            rows.append({"scope": scope, "path": target, "year": found.year, "tiers": found.tiers})
        content = {"title": title, "scopes": rows, "draft_years": self.facts.draft_years}
        return Page(path, "hub.html", lambda: content)

    def _movement(self, scope: Scope) -> dict[str, Any]:
        tiers = self._moved[scope.stem]
        shown = {
            tier.code: {kind: self.pictures.of(scope, tier.code, kind) for kind in ("ranks", "drivers")}
            for tier in tiers
        }
        return {"scope": scope, "tiers": tiers, "charts": shown}

    def _transitions(self, scope: Scope) -> dict[str, Any]:
        has_levels = any(
            self.facts.levels(scope.index, tier, one["year"])
            for one in scope.assessments
            for tier in self.facts.tiers(one["assessment_key"])
        )
        return {"scope": scope, "matrices": movement.matrices(self.facts, scope), "has_levels": has_levels}


def _name(facts: Facts, assessment: Row) -> str:
    return f"{assessment['year']}-{facts.scope_of[assessment['assessment_key']].stem}"
