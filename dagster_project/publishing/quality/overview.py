"""What the province sees of a year: all submitters at a glance, and what would change if every finding were right.

Here: the types, and the rows of the published tables put into them. Not here: the findings one by one, which are in the
submitters' reports (`content.py`), and how any of it looks (`pages.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

import duckdb

from . import queries, sentences, words
from .content import Received, Report
from .gathering import (
    SEVERITIES,
    STATUSES,
    Row,
    Terms,
    as_of,
    both,
    called,
    draft_kinds,
    kinds,
    received,
    rows,
    stem,
    terms,
)
from .words import Kind, Words

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
class Found:
    """A check that found something: how many findings there are, by their status."""

    name: Words
    severity: Words
    open: int
    accepted: int
    resolved: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A unit whose level or rank would change if every expected figure were taken."""

    kind: str
    unit_name: str
    district_name: str | None
    level_stated: Words
    level_expected: Words
    is_level_changed: bool
    rank_stated: int | None
    rank_expected: int | None
    is_rank_changed: bool


@dataclass(frozen=True, slots=True)
class Total:
    """A total of a draft. change: against the last published year."""

    name: Words
    stated: Words
    computed: Words
    change: Words


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a unit of the upper tier would be if nothing changed until the decision; previous_level: of the last
    published year."""

    unit_name: str
    stem: str | None
    totals: tuple[Total, ...]
    level_stated: Words
    level_computed: Words
    previous_year: int | None
    previous_level: Words
    rank: int | None
    units_ranked: int | None
    rank_change: int | None
    findings: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The units of one tier in a kind that comes before the decision, the first first."""

    kind: Kind
    tier: Words
    units: tuple[Drafted, ...]

    @property
    def previous_year(self) -> int | None:
        """The last published year that any of them is compared with."""
        return max((unit.previous_year for unit in self.units if unit.previous_year), default=None)


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
    found: tuple[Found, ...]
    drafts: tuple[Draft, ...]
    worked_out: frozenset[str]
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

    @property
    def changed_by_kind(self) -> tuple[tuple[Kind, tuple[Changed, ...]], ...]:
        """The units that would change, of each kind of which that is known."""
        return tuple(
            (kind, tuple(one for one in self.changed if one.kind == kind.code))
            for kind in self.kinds
            if kind.code in self.worked_out
        )


def overview(connection: duckdb.DuckDBPyConnection, year: int, reports: Sequence[Report]) -> Overview:
    """The overview of a year; reports: all of that year."""
    changed = tuple(_changed(row) for row in rows(connection, queries.CHANGED, year))
    named = terms(connection)
    indexes = {row["index_code"]: row["source"] for row in rows(connection, queries.INDEXES, year)}
    quality = rows(connection, queries.QUALITY, year)
    still = [finding for report in reports for finding in report.findings if finding.status == "open"]
    of_kinds = kinds(draft_kinds(connection), named, [row["kind"] for row in quality])
    worked_out = frozenset(row["kind"] for row in rows(connection, queries.WORKED_OUT, year))
    return Overview(
        year=year,
        provinces=tuple(report.name.vi for report in reports if report.tier == "province"),
        verdict=sentences.joined(_verdict(year, kind, quality, changed, worked_out) for kind in of_kinds),
        received=tuple(received(connection, year, named)),
        deadlines=tuple(_deadline(row, named) for row in rows(connection, queries.DEADLINES, year)),
        lines=tuple(_line(row, reports, named, indexes) for row in quality),
        kinds=of_kinds,
        found=_found(reports),
        drafts=tuple(_drafts(rows(connection, queries.DRAFTS, year), reports, of_kinds, named)),
        worked_out=worked_out,
        materialities=tuple(
            (called(named, "materiality", effect), count)
            for effect in MATERIALITIES
            if (count := sum(one.materiality == effect for one in still))
        ),
        changed=changed,
        spreads=tuple(_spreads(connection, year, named)),
        as_of=as_of(connection, year),
    )


def _verdict(year: int, kind: Kind, quality: Sequence[Row], changed: Sequence[Changed], worked_out: Set[str]) -> Words:
    """The sentence on one kind of the year."""
    lines = [row for row in quality if (row["kind"] or "") == kind.code]
    of_kind = [one for one in changed if one.kind == kind.code]
    counts = sum(one.is_level_changed for one in of_kind), sum(one.is_rank_changed for one in of_kind)
    return sentences.verdict_on_all(
        year,
        kind,
        len({row["submitter_code"] for row in lines}),
        sum(row["findings_open"] for row in lines),
        counts if kind.code in worked_out else None,
    )


def _drafts(found: Sequence[Row], reports: Sequence[Report], of_kinds: Sequence[Kind], named: Terms) -> Iterator[Draft]:
    stems = {report.code: report.stem for report in reports}
    by_code = {kind.code: kind for kind in of_kinds}
    for (kind, _, tier), table in groupby(found, key=lambda row: (row["kind"], row["index_code"], row["tier"])):
        units = (list(lines) for _, lines in groupby(table, key=lambda row: row["unit_code"]))
        drafted = tuple(_drafted(lines, stems.get(lines[0]["unit_code"])) for lines in units)
        yield Draft(by_code[kind], words.units_of(called(named, "tier", tier)), drafted)


def _drafted(lines: Sequence[Row], page: str | None) -> Drafted:
    """A unit from its rows, one for each pillar."""
    first = lines[0]
    return Drafted(
        unit_name=first["unit_name"],
        stem=page,
        totals=tuple(
            Total(
                both(row, "pillar"),
                words.figure(row["stated"]),
                words.figure(row["computed"]),
                words.change(row["total_change"]),
            )
            for row in lines
        ),
        level_stated=words.level_of_column(first["level_stated"]),
        level_computed=words.level_of_column(first["level_computed"]),
        previous_year=first["previous_year"],
        previous_level=words.level_of_column(first["previous_level"]),
        rank=first["rank_in_province"],
        units_ranked=first["units_ranked"],
        rank_change=first["rank_change"],
        findings=first["findings"],
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


def _found(reports: Sequence[Report]) -> tuple[Found, ...]:
    """By severity, then by how many are open."""
    findings = sorted((one for report in reports for one in report.findings), key=lambda one: one.code)
    found = []
    for _, group in groupby(findings, key=lambda one: one.code):
        same = list(group)
        by_status = {status: sum(one.status == status for one in same) for status in STATUSES}
        found.append((same[0], Found(same[0].name, same[0].severity_words, **by_status)))
    found.sort(key=lambda pair: (SEVERITIES.index(pair[0].severity), -pair[1].open, pair[0].code))
    return tuple(one for _, one in found)


def _changed(row: Row) -> Changed:
    return Changed(
        row["kind"],
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
        sentences.question(row, of) if row["is_pile"] else None,
    )
