"""All pages of the site into its folder, in both languages; what is unchanged is taken over from what stands.

Here: writing them, and taking over. Not here: which pages there are (`listing.py`), what they say (`overview.py`, …).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup, escape

from .. import before, pages
from ..before import Before
from ..contract import opened
from ..places import new_folder
from ..publication import SITE, Publication
from ..quality.gathering import Row
from . import drawing, units
from .charts import Charts
from .facts import Facts
from .language import LANGUAGES, Language
from .listing import MENU, Listing, Page, above
from .movement import Matrix
from .tables import Tables
from .unchanged import Marks

_FOLDER = Path(__file__).parent


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
        return _Writer(facts, Before(before, SITE, beside)).write()


class _Writer:
    def __init__(self, facts: Facts, before: Before) -> None:
        self.facts, self.before = facts, before
        self.written = Written()
        self.environments = [(language, _environment(facts, language)) for language in LANGUAGES]

    def write(self) -> Written:
        for name in ("site.css", "site.js"):
            self._put(name, (_FOLDER / name).read_bytes())
        self._put("units.js", _search_list(self.facts))
        self._put("index.html", (_FOLDER / "templates" / "entrance.html").read_bytes())
        marks: dict[str, str] = {}
        with Charts(self._png_before) as charts:
            listing = Listing(self.facts, charts, Marks(self.facts))
            for page in listing.pages():
                if page.mark:
                    marks[page.path] = page.mark
                if not self._take_over_unmade(page):
                    self._make(page)
            for _, drawn in listing.pictures.all():
                self._put(f"charts/{drawn.name}", drawn.png)
        self._put(before.MADE_OF, before.content(marks))
        return self.written

    def _make(self, page: Page) -> None:
        content, up = page.content(), "../" * page.path.count("/")
        for language, made in self.environments:
            text = made.get_template(page.template).render(content, path=page.path, up=up)
            self._put(f"{language.code}/{page.path}", text.encode())

    def _take_over_unmade(self, page: Page) -> bool:
        """Whether the page stands in both languages, is made of the same, and could be linked to."""
        if page.mark is None or not self.before.is_made_of(page.path, page.mark):
            return False
        is_there = self.before.links([f"{language.code}/{page.path}" for language in LANGUAGES])
        if is_there:
            self.written.files += len(LANGUAGES)
            self.written.taken_over += len(LANGUAGES)
        return is_there

    def _png_before(self, name: str) -> bytes | None:
        path = self.before.whole(f"charts/{name}")
        return path.read_bytes() if path else None

    def _put(self, name: str, content: bytes) -> None:
        self.written.files += 1
        if self._take_over(name, content):
            self.written.taken_over += 1
        else:
            self.before.place(name).write_bytes(content)

    def _take_over(self, name: str, content: bytes) -> bool:
        """Whether the same file stands and could be linked to: a page that says the same is not written again."""
        stood = self.before.stamp(name)
        if stood is None or stood.size != len(content) or stood.sha256 != hashlib.sha256(content).hexdigest():
            return False
        return self.before.links([name])


def _search_list(facts: Facts) -> bytes:
    """The names of all units with what they are under, as a script: a page in a folder can load nothing else."""
    rows = []
    for unit in sorted(facts.shown, key=lambda unit: unit.stem):
        over = above(facts, unit)
        rows.append([pages.readable(unit.name), pages.readable(over.name) if over else "", unit.stem])
    listed = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    safe = listed.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.egovUnits={safe};\n".encode()


def _environment(facts: Facts, language: Language) -> Environment:
    made = pages.environment(_FOLDER / "templates")
    made.globals |= {"t": language.t, "lang": language, "facts": facts, "rule_source": facts.rule_source, "menu": MENU}
    made.globals["source"] = _source(made)
    made.filters |= {
        "name": language.name,
        "message": language.message,
        "figure": language.figure,
        "signed": language.signed,
        "day": language.day,
        "share_of": lambda total, highest: f"{max(0.0, min(100.0, 100 * float(total) / float(highest))):.0f}",
        "trend": _trend,
        "cells": lambda texts: Markup("".join(f"<td>{escape(language.figure(text))}" for text in texts)),
        "short": language.short,
        "plain": language.plain,
        "way": _way,
    }
    return made


def _source(made: Environment) -> Callable[[Row], Markup]:
    """The line of sources of an assessment, rendered once."""
    rendered: dict[str, Markup] = {}

    def source(assessment: Row) -> Markup:
        key = assessment["assessment_key"]
        if key not in rendered:
            rendered[key] = Markup(made.get_template("source.html").render(assessment=assessment))
        return rendered[key]

    return source


def _trend(pillar: units.Pillar, language: Language) -> Markup:
    points = [
        drawing.Point(point.year, point.value, language.figure(point.label), point.is_joined) for point in pillar.points
    ]
    told = f"{points[0].year}: {points[0].label} → {points[-1].year}: {points[-1].label}"
    return drawing.trend(points, pillar.thresholds, f"{language.name(pillar.row)}, {told}")


def _way(matrix: Matrix, before: str, now: str) -> str:
    """The class of a cell of transitions: up, down, kept; nothing where one side is no level."""
    levels = [state for state in matrix.states_to if state not in ("missing", "merged", "entered", "left")]
    if before not in levels or now not in levels:
        return ""
    return "kept" if before == now else "rose" if levels.index(now) < levels.index(before) else "fell"
