"""Who has sent what by when: the registry of deadlines beside what the warehouse says of each submitter.

Here: the words, and the one thing that depends on today, whether what has not come is late. Not here: what counts as
sent, and what came after its day (`agg_submitters`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from ..registries import rows
from ..root import Root
from ..submissions import KIND_NAMES
from ..terminal import Line, listed, one_line


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of the registry. due_on: None where no day is written, or none that can be understood."""

    year: int
    kind: str
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Submitter:
    """One row of `agg_submitters`."""

    year: int
    kind: str
    unit_name: str
    due_on: date | None
    first_received_on: date | None
    standing: str


def deadlines(root: Root) -> list[Deadline]:
    """The registry of a root; of its rows those with a year."""
    return [
        Deadline(int(row["year"]), row["kind"], _day(row["opens_on"]), _day(row["due_on"]))
        for row in rows(root, "deadlines")
        if row["year"].isdecimal()
    ]


def lines_of(
    deadline: Deadline, submitters: Collection[Submitter], has_come: bool, today: date | None
) -> Iterator[Line]:
    """What to say of a deadline. submitters: of the last build, of whatever year, kind and day. has_come: whether a
    file of that kind has, which is all that can be said where nothing has been built under this deadline."""
    asked = [
        one for one in submitters if (one.year, one.kind, one.due_on) == (deadline.year, deadline.kind, deadline.due_on)
    ]
    waiting = [one.unit_name for one in asked if one.standing == "nothing"]
    is_over = None not in (today, deadline.due_on) and today > deadline.due_on  # type: ignore[operator]
    is_missing = bool(waiting) or not (asked or has_come)
    heading = f"hạn / due {deadline.due_on or '?'}{_from_today(deadline, today) if is_missing else ''}"
    parts = [one_line(KIND_NAMES.get(deadline.kind, deadline.kind)), one_line(deadline.kind), heading]
    if asked:
        parts.append(f"{len(asked) - len(waiting)}/{len(asked)} đơn vị đã gửi / have sent")
    elif not has_come:
        parts.append("chưa có / missing")
    yield Line(("✗ " if is_missing else "✓ ") + " · ".join(parts), "warning" if is_missing and is_over else "", 1)
    late = [f"{one.unit_name} ({one.first_received_on})" for one in asked if one.standing == "late"]
    if late:
        yield Line(f"gửi muộn / sent late: {listed(late)}", "warning", 2)
    if waiting:
        words = "quá hạn, chưa gửi / overdue" if is_over else "chưa gửi / not yet"
        yield Line(f"{words}: {listed(waiting)}", "warning" if is_over else "", 2)


def _from_today(deadline: Deadline, today: date | None) -> str:
    if today is None or deadline.due_on is None:
        return ""
    if deadline.opens_on and today < deadline.opens_on:
        return f", nhận từ / opens {deadline.opens_on}"
    days = (deadline.due_on - today).days
    if days < 0:
        return f", quá hạn {-days} ngày / {-days} days over"
    return f", còn {days} ngày / {days} days left"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
