"""All pages of the site into its folder, in both languages; what is unchanged is taken over from what stands.

Here: which pages there are and where, and writing them. Not here: what they say (`overview.py`, `units.py`, …).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from .. import pages
from ..contract import opened
from ..places import new_folder
from ..publication import SITE, Publication
from . import drawing, overview, units
from .facts import Facts, Unit
from .language import LANGUAGES, Language
from .tables import Tables

MOST_TILES = 700
MOST_FINDINGS = 20
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its path in the folder of a language, its template and what is filled in."""

    path: str
    template: str
    content: dict[str, Any]


@dataclass(slots=True)
class Written:
    """How many files the site has, and how many of them were taken over as they stood."""

    files: int = 0
    taken_over: int = 0


def write_site(published: Path, folder: Path, before: Publication | None) -> Written:
    """Writes the site of a published warehouse into a folder. before: the publication that stands, of which unchanged
    files are taken over. Raises UserError where the folder cannot be replaced."""
    with opened(published) as connection:
        facts = Facts(Tables(connection))
    with new_folder(folder) as beside:
        return _Writer(facts, beside, before).write()


class _Writer:
    def __init__(self, facts: Facts, folder: Path, before: Publication | None) -> None:
        self.facts, self.folder, self.before = facts, folder, before
        self.written = Written()
        self.environments = [(language, _environment(facts, language)) for language in LANGUAGES]

    def write(self) -> Written:
        for name in ("site.css", "site.js"):
            self._put(name, (_FOLDER / name).read_bytes())
        self._put("units.js", _search_list(self.facts))
        self._put("index.html", (_FOLDER / "templates" / "entrance.html").read_bytes())
        for language, made in self.environments:
            for part in ("years", "units"):
                (self.folder / language.code / part).mkdir(parents=True)
            made.globals["menu"] = _MENU
        for page in _pages(self.facts):
            up = "../" * page.path.count("/")
            for language, made in self.environments:
                text = made.get_template(page.template).render(page.content, path=page.path, up=up)
                self._put(f"{language.code}/{page.path}", text.encode())
        return self.written

    def _put(self, name: str, content: bytes) -> None:
        self.written.files += 1
        if self._take_over(name, content):
            self.written.taken_over += 1
        else:
            (self.folder / name).write_bytes(content)

    def _take_over(self, name: str, content: bytes) -> bool:
        """Whether the same file stands and could be linked to: a page that says the same is not written again."""
        stood = self.before.files.get(f"{SITE}/{name}") if self.before else None
        if self.before is None or stood is None or stood.size != len(content):
            return False
        if stood.sha256 != hashlib.sha256(content).hexdigest():
            return False
        path = self.before.folder / SITE / name
        try:
            found = path.stat()
            if (found.st_size, found.st_mtime_ns) != (stood.size, stood.mtime_ns):
                return False
            os.link(path, self.folder / name)
        except OSError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    vi: str
    en: str


_MENU = (_Entry("index.html", "Tổng quan", "Overview"),)


def _pages(facts: Facts) -> Iterator[Page]:
    for place, assessment in enumerate(facts.tables.assessments):
        scope = facts.scope_of[assessment["assessment_key"]]
        content = {
            "page": overview.overview(facts, assessment),
            "others": [
                {"name": overview.name_of(one, scope), "assessment": one} for one in reversed(scope.assessments)
            ],
            "charts": {tier: None for tier in facts.tiers(assessment["assessment_key"])},
            "most_tiles": MOST_TILES,
            "draft_years": facts.draft_years,
        }
        yield Page(f"years/{overview.name_of(assessment, scope)}.html", "overview.html", content)
        if place == 0:
            yield Page("index.html", "overview.html", content)
    seen = set()
    for unit in facts.units.values():
        if unit.stem not in seen:
            seen.add(unit.stem)
            yield Page(
                f"units/{unit.stem}.html",
                "unit.html",
                {
                    "unit": unit,
                    "indices": units.of_indices(facts, unit),
                    "children": units.children(facts, unit),
                    "above": _above(facts, unit),
                    "most_findings": MOST_FINDINGS,
                },
            )


def _above(facts: Facts, unit: Unit) -> Unit | None:
    """What the unit was directly under in its last year."""
    years = [row for by_year in unit.results.values() for row in by_year.values()]
    last = max(years, key=lambda row: row["year"], default=None)
    return facts.parent(last) if last else None


def _search_list(facts: Facts) -> bytes:
    """The names of all units with what they are under, as a script, because a page in a folder can load nothing else."""
    seen: dict[str, list[str]] = {}
    for unit in facts.units.values():
        if unit.stem not in seen:
            above = _above(facts, unit)
            seen[unit.stem] = [pages.readable(unit.name), pages.readable(above.name) if above else "", unit.stem]
    listed = json.dumps([seen[stem] for stem in sorted(seen)], ensure_ascii=False, separators=(",", ":"))
    safe = listed.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.egovUnits={safe};\n".encode()


def _environment(facts: Facts, language: Language) -> Environment:
    made = pages.environment(_FOLDER / "templates")
    made.globals |= {"t": language.t, "lang": language, "facts": facts, "rule_source": _rule_source(facts)}
    made.filters |= {
        "name": language.name,
        "message": language.message,
        "figure": language.figure,
        "signed": language.signed,
        "day": language.day,
        "share_of": lambda total, highest: f"{max(0.0, min(100.0, 100 * float(total) / float(highest))):.1f}",
        "trend": _trend,
        "spark": lambda part: drawing.spark(part.points, part.averages, part.span),
        "chart": lambda chart, title, up: Markup(""),
    }
    return made


def _trend(pillar: units.Pillar, language: Language) -> Markup:
    points = [
        drawing.Point(point.year, point.value, language.figure(point.label), point.is_joined) for point in pillar.points
    ]
    told = "; ".join(f"{point.year}: {point.label}" for point in points)
    return drawing.trend(points, pillar.thresholds, f"{language.name(pillar.row)}. {told}")


def _rule_source(facts: Facts):
    sources: dict[str, str] = {}
    for row in facts.tables.pillars:
        sources.setdefault(row["index_code"], row["source"] or row["index_code"])
    return lambda index: sources.get(index, index)
