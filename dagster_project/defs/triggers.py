"""What starts runs: the job of all assets, once a year by the clock, and whenever files arrive, change or leave.

Here: the one date of the schedule, when the sensor takes a folder for settled, and when it asks again. Not here: what a
run does.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import dagster as dg

from .. import last_run
from ..errors import UserError
from ..root import Root
from ..submissions import Submission, arrivals
from .lock import one_at_a_time
from .years import run_tags

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

JOB = "main"
SENSOR = "new_files"

# Decisions on a year are signed in the spring after it; by then a run shows who has not reported.
DAY = "0 6 1 5 *"
TIMEZONE = "Asia/Ho_Chi_Minh"

# A file that changed less than so many seconds ago may still be arriving.
SETTLED = 10

# What was asked for and is not built is asked for again after so many seconds, after twice as many each time, and after
# a day at most.
PAUSE = 600
LONGEST_PAUSE = 86_400

# Tags of the sensor's runs: from what was built to what had arrived, and the how manieth run for that it is.
DIFFERENCE = "egov/difference"
ATTEMPT = "egov/attempt"


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
    """One run for all years whose files or ledger lines are others than those that the last completed run was built
    from; again after a pause where a run has not brought them together."""

    @dg.sensor(
        name=SENSOR,
        job_name=JOB,
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a run for all years whose files have changed since the last completed run, once they have "
        "settled; a run that failed is tried again after a pause.",
    )
    def look_into_folders(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        submissions = arrivals(root).submissions
        found, built = last_run.by_year(submissions), last_run.built_years(root)
        changed = sorted(year for year in found.keys() | built.keys() if found.get(year) != built.get(year))
        if not changed:
            return dg.SkipReason("All that has arrived is built.")
        if _is_arriving(submissions):
            return dg.SkipReason("A file is still arriving.")
        if _is_at_work(root):
            return dg.SkipReason("A run is at work; what it leaves is asked for when it has ended.")
        # Of years that lost all their files nothing is to be read: any other will do.
        of_files = [year for year in changed if year in found] or list(found) or years.get_partition_keys()[-1:]
        known = [int(year) for year in of_files if years.has_partition_key(year)]
        if not known:
            return dg.SkipReason(f"{of_files[0]} was no year of this warehouse when the daemon started: restart it.")
        difference = hashlib.sha256(json.dumps([found, built], sort_keys=True).encode()).hexdigest()[:16]
        attempt, pause = _attempt(context.instance, difference)
        if pause > 0:
            return dg.SkipReason(
                f"A run for this was asked for; another one is, if need be, in {pause / 60:.0f} minutes."
            )
        return dg.RunRequest(tags={**run_tags(known), DIFFERENCE: difference, ATTEMPT: str(attempt)})

    return look_into_folders


def _attempt(instance: dg.DagsterInstance, difference: str) -> tuple[int, float]:
    """Which attempt at this difference is the next, and the seconds until its time has come.

    The runs themselves are the memory, and no run key and no cursor: a key is never asked for twice, though files may
    be put back, and a cursor moves on whatever becomes of the run.
    """
    of_sensor = dg.RunsFilter(job_name=JOB, tags={"dagster/sensor_name": SENSOR})
    last = next(iter(instance.get_run_records(of_sensor, limit=1)), None)
    if last is None:
        return 1, 0
    tags, is_same = last.dagster_run.tags, last.dagster_run.tags.get(DIFFERENCE) == difference
    done = int(tags.get(ATTEMPT, "1")) if is_same else 0
    ended = last.end_time or last.create_timestamp.timestamp()  # one that was killed never ends
    is_over = last.dagster_run.is_finished and not is_same
    pause = 0 if is_over else min(PAUSE * 2 ** max(done - 1, 0), LONGEST_PAUSE)
    return done + 1, ended + pause - time.time()


def _is_arriving(submissions: Sequence[Submission]) -> bool:
    return any(abs(time.time() - one.path.stat().st_mtime) < SETTLED for one in submissions)


def _is_at_work(root: Root) -> bool:
    try:
        with one_at_a_time(root):
            return False
    except UserError:
        return True
