"""What was found set beside what was planted: seen or not, at which cell, with which figure, and what was said besides.

Here: judging one copy, and adding up. Not here: planting (`planting.py`) and checking (`egov_check.py`,
`baselines.py`).

A false alarm is something new (the unaltered copy does not have it) that is said of a cell on which the alteration has
no bearing. On a neutral copy nothing has any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from baselines import Flag
from egov_check import Finding
from original import COLUMNS, Address, address, column_number
from planting import Expected, Planted


@dataclass(slots=True)
class Outcome:
    """What one tool made of one copy. right_*: None where nothing was asked. said: how many new things. lost: what the
    unaltered copy has and this one should have too."""

    tool: str
    kind: str
    told: str
    is_neutral: bool
    is_seen: bool = False
    is_exact: bool = False
    right_figure: bool | None = None
    right_materiality: bool | None = None
    said: int = 0
    false_alarms: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def is_perfect(self) -> bool:
        wrong = False in (self.right_figure, self.right_materiality)
        seen = self.is_neutral or (self.is_seen and self.is_exact)
        return seen and not (wrong or self.false_alarms or self.lost)


def of_findings(planted: Planted, before: list[Finding], after: list[Finding]) -> Outcome:
    """`egov check` on a copy, beside what it says of the unaltered one."""
    outcome = Outcome("egov check", planted.kind, f"{planted.told} ({planted.form})", planted.is_neutral)
    known = {one.finding_id if planted.is_neutral else one.says for one in before}
    still = {one.finding_id if planted.is_neutral else one.says for one in after}
    new = [one for one in after if (one.finding_id if planted.is_neutral else one.says) not in known]
    gone = [one for one in before if (one.finding_id if planted.is_neutral else one.says) not in still]
    outcome.said = len(new)
    outcome.false_alarms = [_words(one) for one in new if not planted.touches(*_place(one))]
    outcome.lost = [_words(one) for one in gone if not planted.touches(*_place(one))]
    answers = [(one, each) for each in planted.expected for one in new if _is_answer(one, each)]
    if answers:
        outcome.is_seen = True
        # Of several ways to be right, the one that points best.
        found, expected = max(answers, key=lambda pair: (_is_at(*pair, planted), pair[0].expected == pair[1].figure))
        outcome.is_exact = _is_at(found, expected, planted)
        if expected.figure is not None:
            outcome.right_figure = found.expected == expected.figure
        if expected.materiality is not None:
            outcome.right_materiality = found.materiality == expected.materiality
    elif planted.expected:
        first = planted.expected[0]
        outcome.right_figure = None if first.figure is None else False
        outcome.right_materiality = None if first.materiality is None else False
    return outcome


def of_flags(tool: str, planted: Planted, before: set[Flag], after: set[Flag]) -> Outcome:
    """Another tool on a copy. Any new flag that the alteration bears on counts as seeing it."""
    outcome = Outcome(tool, planted.kind, planted.told, planted.is_neutral)
    new = after - before
    outcome.said = len(new)
    seen = [flag for flag in new if planted.touches(flag[1], flag[2])]
    outcome.false_alarms = [
        f"{check} at {origin}, {column}" for check, origin, column in sorted(new - set(seen), key=str)
    ]
    outcome.is_seen = bool(seen)
    cells = {(each.line.origin, each.column) for each in planted.expected}
    outcome.is_exact = any((origin, column) in cells for _, origin, column in seen)
    return outcome


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    right: int
    of: int

    @classmethod
    def count(cls, answers: Iterable[bool | None]) -> Share:
        asked = [answer for answer in answers if answer is not None]
        return cls(sum(asked), len(asked))

    def __str__(self) -> str:
        if not self.of:
            return "–"
        share = 100 * self.right / self.of
        return "100 %" if self.right == self.of else f"{min(share, 99.9):.1f} %"


def _is_answer(found: Finding, expected: Expected) -> bool:
    origin, _ = _place(found)
    return (
        found.code == expected.code
        and origin == expected.line.origin
        and (expected.stated is None or found.stated == expected.stated)
    )


def _is_at(found: Finding, expected: Expected, planted: Planted) -> bool:
    annex = expected.line.origin[0] if expected.line.origin else ""
    where: Address = address(planted.copy, planted.form, expected.line, column_number(annex, expected.column))
    return found.address == where


def _place(found: Finding) -> tuple[tuple | None, str | None]:
    """The row and the column that a finding points at."""
    origin = found.line.origin if found.line else None
    if origin is None or found.address is None:
        return origin, None
    if isinstance(origin[1], str):
        return origin, "note"
    column = found.address.column
    return origin, COLUMNS[origin[0]][column - 1] if column else None


def _words(found: Finding) -> str:
    return f"{found.code} ({found.field}, {found.about}): {found.stated} / {found.expected}"
