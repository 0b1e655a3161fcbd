"""Units followed through names and mergers: which keys of `dim_unit` are one unit to a reader.

Here: a unit under another name or code is the same unit and has one page; a merger or a division makes new ones, and is
told as an event. Not here: how results are compared over such events; the published movement says that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..quality.gathering import Row

_SAME = ("rename", "keep")


@dataclass(frozen=True, slots=True)
class Event:
    """What became of units on a day. kind: of `unit_succession`; before, after: keys of `dim_unit`."""

    on: date
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    legal_basis: str | None


class Lineages:
    """The lines of all units: `line` gives the keys that are one unit, in the order of time; `events` what it came from
    and went into, as far back and forth as the registry says."""

    def __init__(self, succession: Iterable[Row]) -> None:
        self._before: dict[str, list[Row]] = defaultdict(list)
        self._after: dict[str, list[Row]] = defaultdict(list)
        for row in succession:
            self._before[row["successor_key"]].append(row)
            self._after[row["predecessor_key"]].append(row)

    def line(self, key: str) -> tuple[str, ...]:
        """The keys of the unit that this key is of; a chain of registry rows that comes back to itself ends there."""
        keys = [key]
        while (before := self._same(self._before[keys[0]], "predecessor_key")) and before not in keys:
            keys.insert(0, before)
        while (after := self._same(self._after[keys[-1]], "successor_key")) and after not in keys:
            keys.append(after)
        return tuple(keys)

    def events(self, line: tuple[str, ...]) -> list[Event]:
        """The events of a line and of all that it came from, earliest first, then of all that it went into."""
        found: dict[tuple[date, str, tuple[str, ...]], Event] = {}
        for way, end in ((self._before, "predecessor_key"), (self._after, "successor_key")):
            seen, open_keys = set(line), list(line)
            while open_keys:
                key = open_keys.pop()
                for row in way[key]:
                    event = self._event(row)
                    found[event.on, event.kind, (*event.before, *event.after)] = event
                    if row[end] not in seen:
                        seen.add(row[end])
                        open_keys.append(row[end])
        return sorted(found.values(), key=lambda event: (event.on, event.before, event.after))

    def _same(self, rows: list[Row], end: str) -> str | None:
        """The other end of the only row, where it says that the unit stayed one and the same."""
        if len(rows) != 1 or rows[0]["kind"] not in _SAME:
            return None
        row = rows[0]
        alone = len(self._before[row["successor_key"]]) == 1 == len(self._after[row["predecessor_key"]])
        return row[end] if alone else None

    def _event(self, row: Row) -> Event:
        """A merger with all that went in, a division with all that came out, of the same day."""
        if row["kind"] == "split":
            rows = [one for one in self._after[row["predecessor_key"]] if one["effective_on"] == row["effective_on"]]
        else:
            rows = [one for one in self._before[row["successor_key"]] if one["effective_on"] == row["effective_on"]]
        return Event(
            row["effective_on"],
            row["kind"],
            tuple(sorted({one["predecessor_key"] for one in rows})),
            tuple(sorted({one["successor_key"] for one in rows})),
            row["legal_basis"],
        )
