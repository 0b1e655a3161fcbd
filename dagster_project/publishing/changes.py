"""What changed since the publication before, as a page: `changes.html`.

Here: its content and its rendering. Not here: finding what changed (`difference.py`, `changed_units.py`), and which
publication was before (`kept.py`). `egov diff` tells the same on a screen, row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from . import kept, pages
from .changed_units import ChangedUnits
from .comparing import columns
from .difference import TRACED, Difference, Table, difference
from .publication import CHANGES
from .quality.gathering import rows, stem
from .quality.words import Words

MOST = 300  # units, and findings; `egov diff --format json` has them all

# Findings that are open on one side and not on the other.
_FINDINGS = """
    SELECT
        after.year, after.finding_id, after.unit_name, after.message_vi, after.message_en, after.status,
        after.submitter_code, unit.unit_name_ascii AS ascii
    FROM new.main.fct_finding AS after
    LEFT JOIN old.main.fct_finding AS before USING (finding_id)
    LEFT JOIN new.main.dim_unit AS unit ON after.submitter_key = unit.unit_key
    WHERE (after.status = 'open') IS DISTINCT FROM (coalesce(before.status, 'resolved') = 'open')
    ORDER BY after.year DESC, after.status <> 'open', after.submitter_code NULLS FIRST, after.finding_id
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that was opened or closed. link: to its place in the report."""

    year: int
    about: str | None
    message: Words
    is_open: bool
    status: str
    link: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that the page says. before: what the publication before is called; None: there is none."""

    before: str | None
    units: ChangedUnits
    findings: tuple[Found, ...]
    tables: tuple[Table, ...]
    tables_added: Sequence[str]
    tables_gone: Sequence[str]
    most: int = MOST

    @property
    def of_data(self) -> list[Table]:
        """The tables in which rows came, went or changed."""
        return [one for one in self.tables if any(n for what, n in one.counts.items() if what != TRACED)]

    @property
    def of_columns(self) -> list[str]:
        """The tables that gained or lost columns."""
        return [one.name for one in self.tables if one.columns_added or one.columns_gone]


def write_changes(published: Path, kept_in: Path, folder: Path) -> int:
    """Writes the page into the folder of a publication; gives how many units changed. kept_in: where publications are
    kept."""
    earlier = kept.before(published, kept_in)
    changes = Changes(None, ChangedUnits((), ()), (), (), (), ())
    if earlier is not None:
        with kept.opened_again(earlier) as before, difference(before, published) as found:
            changes = _changes(earlier.name, found)
    made = pages.environment(Path(__file__).parent / "templates")
    made.globals["home"] = "index.html"
    pages.write(folder / CHANGES, made, "changes.html", changes=changes)
    return len(changes.units.units)


def _changes(before: str, found: Difference) -> Changes:
    return Changes(
        before,
        found.units,
        tuple(_findings(found.connection)),
        tuple(found.tables),
        found.tables_added,
        found.tables_gone,
    )


def _findings(connection: duckdb.DuckDBPyConnection) -> list[Found]:
    """Nothing where the publication before had no findings as they are now."""
    if not {"finding_id", "status"} <= columns(connection, "old").get("fct_finding", {}).keys():
        return []
    return [
        Found(
            row["year"],
            row["unit_name"],
            Words(row["message_vi"], row["message_en"]),
            row["status"] == "open",
            row["status"],
            f"quality/{row['year']}/{stem(row['submitter_code'], row['ascii'])}.html#f-{row['finding_id']}",
        )
        for row in rows(connection, _FINDINGS)
    ]
