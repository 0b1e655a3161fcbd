"""The front page of a publication, `index.html`: every year and kind, and where to look for what.

Here: its rows and its rendering. Not here: the pages that it leads to. Its links stay within the publication's folder,
so that the folder can be copied anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from . import pages, start
from .annexes import gathering as annexes
from .contract import opened
from .publication import FRONT
from .quality import gathering
from .quality.words import SUBMITTER_NOT_KNOWN, Words

# Of a year by kind: what is scored, and what is still open. What is said again of an earlier year is no assessment of
# its own, and a finding about a file that nobody could place has no kind.
_KINDS = """
    WITH assessed AS (
        SELECT year, kind, sum(units_scored) AS units FROM dim_assessment
        WHERE kind NOT IN ('reply', 'restated')
        GROUP BY ALL
    ),
    found AS (
        SELECT
            year, kind,
            count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings,
            count(*) FILTER (severity = 'notice') AS notices
        FROM fct_finding WHERE status = 'open' AND year IS NOT NULL
        GROUP BY ALL
    )
    SELECT
        year, kind, coalesce(units, 0) AS units, coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings,
        coalesce(notices, 0) AS notices
    FROM assessed
    FULL JOIN found USING (year, kind)
    ORDER BY year DESC, list_position(['published', 'appraised', 'self_assessed'], kind) NULLS LAST, kind NULLS LAST
"""

# Who has a page: whoever a finding was sent to, whatever became of it.
_REPORTS = """
    SELECT
        finding.submitter_code AS code, unit.unit_name AS name, unit.unit_name_ascii AS ascii,
        count(*) FILTER (finding.status = 'open') AS still
    FROM fct_finding AS finding
    LEFT JOIN dim_unit AS unit ON finding.submitter_key = unit.unit_key
    WHERE finding.year = $1
    GROUP BY finding.submitter_code, unit.unit_name, unit.unit_name_ascii, unit.tier
    ORDER BY list_position(['province', 'district'], unit.tier) NULLS LAST, code NULLS LAST
"""

_PROVINCES = "SELECT DISTINCT province_name AS name FROM dim_assessment WHERE province_name IS NOT NULL ORDER BY 1"

_IN_ALL = """
    SELECT
        count(*) FILTER (status = 'open') AS still,
        count(*) FILTER (status = 'open' AND materiality IN ('level', 'rank')) AS material,
        (SELECT max(received_on) FROM fct_submission) AS received_on
    FROM fct_finding
"""

_MOST_PROVINCES = 3  # in the title


@dataclass(frozen=True, slots=True)
class Kind:
    """What a year holds of one kind. is_draft: it is a result before the decision."""

    name: Words
    is_draft: bool
    units: int
    errors: int
    warnings: int
    notices: int


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a submitter, and how many of its findings are open."""

    name: Words
    link: str
    still: int


@dataclass(frozen=True, slots=True)
class Annexes:
    """The page of the annexes of a decision. province: whose, where the year has several."""

    province: str
    link: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year: its kinds, and the pages that are written of it."""

    year: int
    kinds: tuple[Kind, ...]
    annexes: tuple[Annexes, ...]
    reports: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """All that the front page says. published_at: when this publication was made; received_on: when the last file
    came; still: open findings, material: those of them that change a level or a rank."""

    publication: str
    published_at: datetime | None
    received_on: date | None
    provinces: tuple[str, ...]
    years: tuple[Year, ...]
    still: int
    material: int
    start: Sequence[start.Start]


def write_front_page(published: Path, folder: Path, publication: str, published_at: datetime | None) -> None:
    """Writes the page into the folder of a publication, from its warehouse."""
    with opened(published) as connection:
        front = _front(connection, publication, published_at)
    pages.write(folder / FRONT, pages.environment(Path(__file__).parent / "templates"), "front.html", front=front)


def _front(connection: duckdb.DuckDBPyConnection, publication: str, published_at: datetime | None) -> Front:
    named = gathering.terms(connection)
    kinds: dict[int, list[Kind]] = {}
    for row in gathering.rows(connection, _KINDS):
        name = gathering.called(named, "kind", row["kind"])
        counts = (row[column] for column in ("units", "errors", "warnings", "notices"))
        is_draft = row["kind"] in ("appraised", "self_assessed")
        kinds.setdefault(row["year"], []).append(Kind(name, is_draft, *counts))
    for year in gathering.years(connection):
        kinds.setdefault(year, [])
    (in_all,) = gathering.rows(connection, _IN_ALL)
    places = annexes.places(connection)
    provinces = tuple(row["name"] for row in gathering.rows(connection, _PROVINCES))
    return Front(
        publication,
        published_at,
        in_all["received_on"],
        provinces if len(provinces) <= _MOST_PROVINCES else (),
        tuple(
            Year(year, tuple(kinds[year]), tuple(_annexes(places, year)), tuple(_reports(connection, year)))
            for year in sorted(kinds, reverse=True)
        ),
        in_all["still"],
        in_all["material"],
        start.TABLES,
    )


def _annexes(places: Sequence[annexes.Place], year: int) -> list[Annexes]:
    of_year = [place for place in places if place.year == year]
    return [
        Annexes(place.province if len(of_year) > 1 else "", f"annexes/{place.folder}/changes.html") for place in of_year
    ]


def _reports(connection: duckdb.DuckDBPyConnection, year: int) -> list[Page]:
    return [
        Page(
            _name(row["name"] or row["code"]),
            f"quality/{year}/{gathering.stem(row['code'], row['ascii'])}.html",
            row["still"],
        )
        for row in gathering.rows(connection, _REPORTS, year)
    ]


def _name(name: str | None) -> Words:
    return Words(name, name) if name else SUBMITTER_NOT_KNOWN
