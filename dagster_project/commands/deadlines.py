"""Who has sent what by when: the registry of deadlines beside what the warehouse says of each submitter.

Here: the words, and the one thing that depends on today, whether what has not come is late. Not here: what counts as
sent, and what came after its day (`agg_submitters`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from ..days import day_of
from ..registries import rows
from ..root import Root
from ..submissions import KIND_NAMES
from ..terminal import Line, counted, listed, one_line


@dataclass(frozen=True, slots=True)
class Deadline:
    """One row of the registry. due_on: None where no day is written, or none that can be understood."""

    year: int
    kind: str
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Submitter:
    """One row of `agg_submitters`: who is asked for a kind of a year, and when the first of it came, where that is
    known."""

    year: int
    kind: str
    unit_name: str
    first_received_on: date | None
    has_sent: bool


def deadlines(root: Root) -> list[Deadline]:
    """The registry of a root; of its rows those with a year."""
    return [
        Deadline(int(row["year"]), row["kind"], day_of(row["opens_on"]), day_of(row["due_on"]))
        for row in rows(root, "deadlines")
        if row["year"].isdecimal()
    ]


def without_deadline(due: Collection[Deadline], submitters: Collection[Submitter]) -> list[Deadline]:
    """What has come from some and not from others, though no day is set for it."""
    set_ = {(one.year, one.kind) for one in due}
    waiting = {(one.year, one.kind) for one in submitters if not one.has_sent}
    return [Deadline(year, kind, None, None) for year, kind in sorted(waiting - set_)]


def lines_of(
    deadline: Deadline, submitters: Collection[Submitter], has_come: bool, unbuilt: int, today: date | None
) -> Iterator[Line]:
    """What to say of a deadline as the registry has it now. submitters: of the last build, of whatever year and kind.
    has_come: whether a file of that kind has; unbuilt: how many have that were not built yet."""
    asked = [one for one in submitters if (one.year, one.kind) == (deadline.year, deadline.kind)]
    waiting = [one.unit_name for one in asked if not one.has_sent]
    is_known = bool(asked) or not has_come  # who has sent the files that have come
    if not asked and not has_come and deadline.kind != "reply":
        waiting = _roster(deadline.year, submitters)
    is_over = None not in (today, deadline.due_on) and today > deadline.due_on  # type: ignore[operator]
    is_missing = bool(waiting) or not (asked or has_come)
    mark = "✗" if is_missing else "✓" if is_known else "?"
    heading = f"hạn / due {deadline.due_on}" if deadline.due_on else "không có hạn / no deadline"
    heading += _from_today(deadline, today) if is_missing else ""
    parts = [one_line(KIND_NAMES.get(deadline.kind, deadline.kind)), one_line(deadline.kind), heading]
    if asked:
        parts.append(f"{len(asked) - len(waiting)}/{len(asked)} đơn vị đã gửi / have sent")
    elif not has_come:
        parts.append("chưa có / missing")
    if unbuilt:
        parts.append(f"{unbuilt} tệp chưa đưa vào kho nên chưa tính / not built yet and not counted: {unbuilt}")
    yield Line(f"{mark} " + " · ".join(parts), "warning" if is_missing and is_over else "", 1)
    late = [f"{one.unit_name} ({one.first_received_on})" for one in asked if _is_late(one, deadline)]
    if late:
        yield Line(f"gửi muộn / sent late ({len(late)}): {listed(late)}", "warning", 2)
    if waiting:
        words = "quá hạn, chưa gửi / overdue" if is_over else "chưa gửi / not yet"
        yield Line(f"{words} ({len(waiting)}): {listed(waiting)}", "warning" if is_over else "", 2)


def _is_late(one: Submitter, deadline: Deadline) -> bool:
    return None not in (one.first_received_on, deadline.due_on) and one.first_received_on > deadline.due_on  # type: ignore[operator]


def _roster(year: int, submitters: Collection[Submitter]) -> list[str]:
    """Who is asked in a year, by what is known of another kind of it, else of the year before it that is known last."""
    years = [one.year for one in submitters if one.year <= year]
    of_year = [one for one in submitters if years and one.year == max(years)]
    return list(dict.fromkeys(one.unit_name for one in of_year))


def _from_today(deadline: Deadline, today: date | None) -> str:
    if today is None or deadline.due_on is None:
        return ""
    if deadline.opens_on and today < deadline.opens_on:
        return f", nhận từ / opens {deadline.opens_on}"
    days = (deadline.due_on - today).days
    if days < 0:
        return f", quá hạn {-days} ngày / {counted(-days, 'day')} over"
    return f", còn {days} ngày / {counted(days, 'day')} left"
