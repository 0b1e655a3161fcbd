"""What a report holds: what one submitter of a year is asked to mend or explain.

Here: the types. Not here: what fills them (`gathering.py`), how a report looks (`pages.py`), and what the province sees
of all submitters (`overview.py`). Texts that people read come in both languages (`Words`); beside them stands the value
that they were made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .words import Kind, Words


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was received. `title`: the decision that it is, else its name."""

    submission_id: str
    file_name: str
    kind: Words
    sender: str | None
    received_on: date | None
    title: Words


@dataclass(frozen=True, slots=True)
class Stand:
    """How a finding stood once a delivery had arrived."""

    received_on: date | None
    file_name: str | None
    stated: Words
    expected: Words
    status: Words


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to a finding; `kind` is `agree`, `correct` or `explain`."""

    kind: str
    kind_words: Words
    text: str | None
    proposed: str | None
    proposed_words: Words
    replied_by: str | None
    replied_on: date | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """By whom, when and why the stated figure may stand."""

    accepted_by: str | None
    accepted_on: date | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. Of `stated`, `expected` and `difference` the `raw_…` are the published values.

    about: the unit that it is about, or what else. place: annex, row, column, and where that is in the file. rule: what
    should hold; source: where that is laid down. effect: what the expected value alone would change. hint: where to
    look first; no verdict. short_id: what people type for it.
    """

    finding_id: str
    short_id: str
    code: str
    severity: str
    severity_words: Words
    status: str
    status_words: Words
    materiality: str | None
    kind: Words
    name: Words
    unit_code: str | None
    about: Words
    field: str
    field_name: Words
    place: Words
    cell: str | None
    occurrences: int
    file_name: str | None
    raw_stated: str | None
    raw_expected: str | None
    raw_difference: Decimal | None
    stated: Words
    expected: Words
    difference: Words
    message: Words
    rule: Words
    source: Words
    effect: Words
    advice: Words
    hint: Words | None
    acceptance: Acceptance | None
    resolved_in: Received | None
    history: tuple[Stand, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A component of a unit, or what else is stated and computed of it. is_faulty: a finding is about it."""

    field: str
    name: Words
    stated: Words
    computed: Words
    is_faulty: bool

    @property
    def differs(self) -> bool:
        return bool(self.computed.vi) and self.stated != self.computed


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar of a unit: its components, its total, and what the stated and the computed level ask of the total."""

    name: Words
    components: tuple[Figure, ...]
    total: Figure
    thresholds: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the province has put in a stated value's place; the finding stays what it is."""

    field_name: Words
    stated: Words
    corrected: Words
    decided_by: str | None
    decided_on: date | None
    authority: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The figures of a unit in a kind of submission, stated beside computed; a component has a computed figure only
    where a correction has put one in its place."""

    kind: str
    index_code: str
    tier: str
    unit_code: str
    unit_name: str
    is_name_faulty: bool
    pillars: tuple[Pillar, ...]
    level: Figure
    rank: Figure
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What one submitter of a year is asked to mend or explain: of a district, its communes' findings too.

    kinds: those that it is about, the decision last. verdict: a sentence for each on how it stands. code: of the unit
    or province, None where no province is known. stem: of the report's files. received: the files that the findings are
    about or the figures stand in; as_of: when the year's last file or reply came.
    """

    year: int
    code: str | None
    name: Words
    tier: str | None
    stem: str
    kinds: tuple[Kind, ...]
    verdict: Words
    findings: tuple[Finding, ...]
    units: tuple[UnitTable, ...]
    received: tuple[Received, ...]
    as_of: date | None

    def of_status(self, status: str) -> tuple[Finding, ...]:
        """The findings that are `open`, `accepted` or `resolved`, the gravest first."""
        return tuple(finding for finding in self.findings if finding.status == status)

    def of_kind(self, kind: Kind) -> tuple[UnitTable, ...]:
        """The units whose figures are shown of a kind."""
        return tuple(unit for unit in self.units if unit.kind == kind.code)
