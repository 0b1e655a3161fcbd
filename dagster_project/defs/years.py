"""The partitions: a year each, from the first that an index has rules for, or that files lie in, to this one.

Here: which years there are, and how one run has several. Not here: what arrived for them (`submissions`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import dagster as dg

from ..registries import rows
from ..root import Root
from ..submissions import arrivals


def years(root: Root) -> dg.TimeWindowPartitionsDefinition:
    """The years of a root. A year that only files have, early or late, has its partition as well: nothing is lost.
    Raises UserError where the ledger cannot be understood."""
    with_files = [one.year for one in arrivals(root).submissions]
    today = date.today().year
    return dg.TimeWindowPartitionsDefinition(
        start=str(min([*_years_with_rules(root), *with_files, today])),
        fmt="%Y",
        cron_schedule="0 0 1 1 *",
        end_offset=max([1, *(year - today + 1 for year in with_files)]),  # 1: this year, though it has not ended
    )


def run_tags(wanted: Collection[int]) -> dict[str, str]:
    """What makes a run one of these years. The years between come with them: it costs nothing, because only what is
    new is read."""
    return {
        "dagster/asset_partition_range_start": str(min(wanted)),
        "dagster/asset_partition_range_end": str(max(wanted)),
    }


def _years_with_rules(root: Root) -> list[int]:
    starts = [row["valid_from_year"] for row in rows(root, "pillars")]
    return [int(year) for year in starts if year.isdecimal()]
