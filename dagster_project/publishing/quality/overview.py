"""What the province sees of a year: all submitters at a glance, and what would change if every finding were right.

Here: the types, and the rows of the published tables put into them. Not here: the findings one by one, which are in the
submitters' reports (`content.py`), and how any of it looks (`pages.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

import duckdb

from . import queries, words
from .content import Received, Report
from .gathering import SEVERITIES, STATUSES, Row, Terms, as_of, both, called, received, rows, stem, terms
from .words import Words

_COUNTED = (
    "units", "units_scored", "units_counted_only", "units_missing", "findings_open", "errors_open", "warnings_open",
    "notices_open", "findings_settled", "findings_replied", "findings_that_matter",
)  # fmt: skip
MATERIALITIES = "level", "rank", "total", "none", None


@dataclass(frozen=True, slots=True)
class Line:
    """A submitter: what it had to account for, and how its findings stand. stem: of its page, None without one; basis:
    the decision that its index comes from."""

    name: Words
    stem: str | None
    basis: str
    kind: Words
    is_published: bool
    units: int
    units_scored: int
    units_counted_only: int
    units_missing: int
    completeness: Words
    findings_open: int
    errors_open: int
    warnings_open: int
    notices_open: int
    findings_settled: int
    findings_replied: int
    findings_that_matter: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """What was to be sent by a day: by how many, how many sent it, and the names of those who did not or were late."""

    kind: Words
    due_on: date
    asked: int
    sent: int
    late: tuple[str, ...]
    nothing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A check that found something: how many findings there are, by their status."""

    name: Words
    severity: Words
    open: int
    accepted: int
    resolved: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit whose level or rank would change if every expected figure were taken."""

    unit_name: str
    district_name: str | None
    level_stated: Words
    level_expected: Words
    is_level_changed: bool
    rank_stated: int | None
    rank_expected: int | None
    is_rank_changed: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """How totals lie about the threshold of a level. question: what may be asked, where a pile stands just above."""

    code: str
    level: Words
    value: Decimal
    words: Words
    just_below: int
    just_above: int
    question: Words | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The totals of a pillar over the units of a tier: how many have each, with the thresholds."""

    tier: Words
    pillar: Words
    units: int
    step: Words
    totals: tuple[tuple[Decimal, int], ...]
    thresholds: tuple[Threshold, ...]

    @property
    def near(self) -> tuple[Threshold, ...]:
        """The thresholds that units are near."""
        return tuple(one for one in self.thresholds if one.just_below or one.just_above)


@dataclass(frozen=True, slots=True)
class Overview:
    """A year at a glance."""

    year: int
    provinces: tuple[str, ...]
    verdict: Words
    received: tuple[Received, ...]
    deadlines: tuple[Deadline, ...]
    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]
    materialities: tuple[tuple[Words, int], ...]
    changed: tuple[Changed, ...]
    spreads: tuple[Spread, ...]
    as_of: date | None

    @property
    def has_indexes(self) -> bool:
        """Whether the lines are of several indexes, so that each has to say which."""
        return len({line.basis for line in self.lines}) > 1

    @property
    def without_findings(self) -> tuple[str, ...]:
        """The submitters that have no page, because nothing was found."""
        return tuple(dict.fromkeys(line.name.vi for line in self.lines if line.stem is None))


def overview(connection: duckdb.DuckDBPyConnection, year: int, reports: Sequence[Report]) -> Overview:
    """The overview of a year; reports: all of that year."""
    changed = tuple(_changed(row) for row in rows(connection, queries.CHANGED, year))
    named = terms(connection)
    indexes = {row["index_code"]: row["source"] for row in rows(connection, queries.INDEXES, year)}
    lines = [_line(row, reports, named, indexes) for row in rows(connection, queries.QUALITY, year)]
    findings = [finding for report in reports for finding in report.findings]
    still = [finding for finding in findings if finding.status == "open"]
    return Overview(
        year=year,
        provinces=tuple(report.name.vi for report in reports if report.tier == "province"),
        verdict=words.verdict_on_all(
            year,
            len({line.name for line in lines}),
            len(still),
            sum(one.is_level_changed for one in changed),
            sum(one.is_rank_changed for one in changed),
        ),
        received=tuple(received(connection, year, named)),
        deadlines=tuple(_deadline(row, named) for row in rows(connection, queries.DEADLINES, year)),
        lines=tuple(lines),
        kinds=_kinds(reports),
        materialities=tuple(
            (called(named, "materiality", effect), count)
            for effect in MATERIALITIES
            if (count := sum(one.materiality == effect for one in still))
        ),
        changed=changed,
        spreads=tuple(_spreads(connection, year, named)),
        as_of=as_of(connection, year),
    )


def _line(row: Row, reports: Sequence[Report], named: Terms, indexes: Mapping[str | None, str]) -> Line:
    name = row["submitter_name"] or row["submitter_code"]
    has_page = any(report.code == row["submitter_code"] for report in reports)
    return Line(
        name=Words(name, name) if name else words.SUBMITTER_NOT_KNOWN,
        stem=stem(row["submitter_code"], row["submitter_ascii"]) if has_page else None,
        basis=indexes.get(row["index_code"], ""),
        kind=called(named, "kind", row["kind"]),
        is_published=row["kind"] == "published",
        completeness=words.share(row["completeness"]),
        **{column: row[column] for column in _COUNTED},
    )


def _deadline(row: Row, named: Terms) -> Deadline:
    late, nothing = (tuple(row[column] or ()) for column in ("late", "nothing"))
    return Deadline(called(named, "kind", row["kind"]), row["due_on"], row["asked"], row["sent"], late, nothing)


def _kinds(reports: Sequence[Report]) -> tuple[Kind, ...]:
    """By severity, then by how many are open."""
    findings = sorted((one for report in reports for one in report.findings), key=lambda one: one.code)
    kinds = []
    for _, group in groupby(findings, key=lambda one: one.code):
        same = list(group)
        by_status = {status: sum(one.status == status for one in same) for status in STATUSES}
        kinds.append((same[0], Kind(same[0].name, same[0].severity_words, **by_status)))
    kinds.sort(key=lambda pair: (SEVERITIES.index(pair[0].severity), -pair[1].open, pair[0].code))
    return tuple(kind for _, kind in kinds)


def _changed(row: Row) -> Changed:
    return Changed(
        row["unit_name"],
        row["district_name"],
        words.level(row["level_stated"]),
        words.level(row["level_by_expected_totals"]),
        row["is_level_changed"],
        row["rank_stated"] or row["rank_by_stated_totals"],
        row["rank_by_expected_totals"],
        row["is_rank_changed"],
    )


def _spreads(connection: duckdb.DuckDBPyConnection, year: int, named: Terms) -> list[Spread]:
    def key(row: Row) -> tuple[str, ...]:
        return row["index_code"], row["province_code"] or "", row["tier"], row["pillar"]

    totals = {place: list(group) for place, group in groupby(rows(connection, queries.TOTALS, year), key=key)}
    spreads = []
    for place, group in groupby(rows(connection, queries.BUNCHES, year), key=key):
        bunches = list(group)
        first = bunches[0]
        of = words.units_of(called(named, "tier", first["tier"]))
        spreads.append(
            Spread(
                of,
                both(first, "pillar"),
                first["units"],
                words.figure(first["step"]),
                tuple((row["computed"], row["units"]) for row in totals.get(place, [])),
                tuple(_threshold(row, of) for row in bunches),
            )
        )
    return spreads


def _threshold(row: Row, of: Words) -> Threshold:
    return Threshold(
        row["level"],
        words.level(row["level"]),
        row["min_total"],
        words.figure(row["min_total"]),
        row["units_just_below"],
        row["units_within_step"] - row["units_just_below"],
        words.question(row, of) if row["is_pile"] else None,
    )
