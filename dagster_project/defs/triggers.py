"""What starts runs: the job of all assets, once a year by the clock, and whenever files of a year arrive or change.

Here: the one date of the schedule, and when the sensor takes a folder for settled. Not here: what a run does.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import dagster as dg

from .. import last_run
from ..root import Root
from ..submissions import arrivals

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

JOB = "main"

# Decisions on a year are signed in the spring after it; by then a run shows who has not reported.
DAY = "0 6 1 5 *"
TIMEZONE = "Asia/Ho_Chi_Minh"

# A file that changed less than so many seconds ago may still be arriving.
SETTLED = 10


def main_job() -> "UnresolvedAssetJobDefinition":
    """All assets: read, compute, judge, publish. One process, because the warehouse has one writer."""
    return dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all(),
        executor_def=dg.in_process_executor,
        description="From the submitted files of a year to the published warehouse; `egov run` runs it too.",
    )


def yearly(years: dg.TimeWindowPartitionsDefinition) -> dg.ScheduleDefinition:
    """Once a year, for the year before."""

    @dg.schedule(
        name="yearly",
        job_name=JOB,
        cron_schedule=DAY,
        execution_timezone=TIMEZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Once a year, when the scores of the year before should be in.",
    )
    def run_for_last_year(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        year = str(context.scheduled_execution_time.year - 1)
        if not years.has_partition_key(year):
            return dg.SkipReason(f"No index has rules for {year}.")
        return dg.RunRequest(run_key=year, partition_key=year)

    return run_for_last_year


def new_files(root: Root, years: dg.TimeWindowPartitionsDefinition) -> dg.SensorDefinition:
    """A run for each year whose files or ledger lines are others than those of the last completed run, and than when
    one was last asked for."""

    @dg.sensor(
        name="new_files",
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a run for the year whose folder got a new or changed file, once it has settled.",
    )
    def look_into_folders(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        seen: dict[str, str] = json.loads(context.cursor or "{}")
        found = {year: fingerprint for year, fingerprint in _settled(root, seen) if years.has_partition_key(year)}
        changed = {year: fingerprint for year, fingerprint in found.items() if seen.get(year) != fingerprint}
        if not changed:
            return dg.SkipReason("No file has arrived or changed, or it is still arriving.")
        built = {year: _fingerprint(files) for year, files in last_run.built_years(root).items()}
        requests = [
            dg.RunRequest(run_key=f"{year}/{fingerprint}", partition_key=year)
            for year, fingerprint in changed.items()
            if built.get(year) != fingerprint
        ]
        return dg.SensorResult(run_requests=requests, cursor=json.dumps({**seen, **changed}))

    return look_into_folders


def _settled(root: Root, seen: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each year whose files are complete, with a fingerprint of its files and ledger lines; also a year seen before
    whose files are all gone."""
    submissions = arrivals(root).submissions
    files = last_run.by_year(submissions)
    for year in sorted({*seen, *files}):
        of_year = [one for one in submissions if str(one.year) == year]
        if not any(time.time() - one.path.stat().st_mtime < SETTLED for one in of_year):
            yield year, _fingerprint(files.get(year, []))


def _fingerprint(files: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps(files, ensure_ascii=False).encode()).hexdigest()[:16]
