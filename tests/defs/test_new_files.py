"""The sensor: one run for all that has changed since the last completed run, when it is whole, and again if need be.

The instances are Dagster's own. What a run does is cut short but for the last test: it notes what it was built from, as
all runs do at their end, or fails.
"""

import os
import subprocess
import sys
import time

import dagster as dg
import pytest

from dagster_project import last_run
from dagster_project.definitions import wired
from dagster_project.defs.history import prepare_home
from dagster_project.defs.triggers import LONGEST_PAUSE, PAUSE, SETTLED, new_files
from dagster_project.defs.years import years
from dagster_project.root import REPOSITORY, Root

SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic"
FIRST, LAST = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


@pytest.fixture
def root(tmp_path):
    """A root of its own with one file of 2020, some time ago."""
    root = Root(tmp_path)
    arrive(root, "2020/made.txt", "SYNTHETIC")
    return root


@pytest.fixture
def instance(root):
    prepare_home(root)
    with dg.DagsterInstance.from_config(str(root.dagster_home)) as instance:
        yield instance


def arrive(root, file, text, seconds_ago=SETTLED + 60):
    path = root.submissions / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - seconds_ago,) * 2)


def tick(root, instance, later=0.0):
    """What the sensor asks for, so many seconds from now; None where it asks for nothing."""
    with pytest.MonkeyPatch.context() as clock:
        now = time.time
        clock.setattr(time, "time", lambda: now() + later)
        result = new_files(root, years(root))(dg.build_sensor_context(instance=instance))
    return None if isinstance(result, dg.SkipReason) else result


def of_years(request):
    return request and (request.tags[FIRST], request.tags[LAST])


def short_job(what):
    @dg.op
    def do():
        what()

    @dg.job(name="main")
    def main():
        do()

    return main


def built(root):
    """What becomes of a root by a completed run, whoever started it."""
    with last_run.reading(root) as held:
        held.update(file[1] for files in last_run.inputs(root).years.values() for file in files)
    last_run.complete(root)


def run(root, instance, request):
    execute(instance, request, lambda: built(root))


def fail(instance, request):
    execute(instance, request, lambda: 1 / 0)


def execute(instance, request, what):
    tags = {**request.tags, "dagster/sensor_name": "new_files"}
    short_job(what).execute_in_process(instance=instance, tags=tags, raise_on_error=False)


def test_all_years_that_changed_are_one_run(root, instance):
    arrive(root, "2018/made.txt", "SYNTHETIC 2018")
    arrive(root, "2022/made.txt", "SYNTHETIC 2022")
    request = tick(root, instance)
    assert of_years(request) == ("2018", "2022")
    run(root, instance, request)
    assert tick(root, instance) is None
    arrive(root, "2021/made.txt", "SYNTHETIC 2021")
    arrive(root, "2022/made.txt", "SYNTHETIC 2022, corrected")
    assert of_years(tick(root, instance)) == ("2021", "2022")


def test_what_somebody_has_built_meanwhile_is_not_built_again(root, instance):
    built(root)
    assert tick(root, instance) is None
    arrive(root, "2020/made.txt", "SYNTHETIC, corrected")
    assert of_years(tick(root, instance)) == ("2020", "2020")


def test_a_file_that_changed_or_left_starts_a_run_and_one_that_was_touched_does_not(root, instance):
    built(root)
    arrive(root, "2020/made.txt", "SYNTHETIC", seconds_ago=SETTLED + 1)
    assert tick(root, instance) is None
    arrive(root, "2020/made.txt", "SYNTHETIC, corrected")
    run(root, instance, tick(root, instance))
    (root.submissions / "2020" / "made.txt").unlink()
    run(root, instance, tick(root, instance))
    assert tick(root, instance) is None


def test_a_year_that_lost_its_files_is_run_with_another(root, instance):
    """The year may not be one any more: 2016 has no rules, and was one by its file."""
    arrive(root, "2016/made.txt", "SYNTHETIC 2016")
    built(root)
    (root.submissions / "2016" / "made.txt").unlink()
    request = tick(root, instance)
    assert of_years(request) == ("2020", "2020")
    run(root, instance, request)
    assert tick(root, instance) is None


def test_a_file_that_was_put_back_starts_a_run_each_time(root, instance):
    """Add, build, undo, build, add again: the third state is the first one once more."""
    built(root)
    for _ in range(2):
        arrive(root, "2021/made.txt", "SYNTHETIC 2021")
        run(root, instance, tick(root, instance))
        assert tick(root, instance) is None
        (root.submissions / "2021" / "made.txt").unlink()
        run(root, instance, tick(root, instance))
        assert tick(root, instance) is None


def test_a_run_that_failed_is_tried_again_after_a_pause_that_grows(root, instance):
    fail(instance, tick(root, instance))
    assert tick(root, instance, later=PAUSE - 30) is None
    again = tick(root, instance, later=PAUSE + 1)
    assert of_years(again) == ("2020", "2020")
    fail(instance, again)
    assert tick(root, instance, later=PAUSE + 1) is None
    again = tick(root, instance, later=2 * PAUSE + 1)
    run(root, instance, again)
    assert tick(root, instance, later=LONGEST_PAUSE) is None


def test_however_often_it_failed_it_is_tried_each_day(root, instance):
    request = tick(root, instance)
    request.tags["egov/attempt"] = "5000"
    fail(instance, request)
    assert tick(root, instance, later=LONGEST_PAUSE - 30) is None
    assert tick(root, instance, later=LONGEST_PAUSE + 1) is not None


def test_what_comes_after_a_failure_is_not_made_to_wait_for_it(root, instance):
    fail(instance, tick(root, instance))
    arrive(root, "2020/made.txt", "SYNTHETIC, corrected")
    assert tick(root, instance) is not None


def test_a_run_that_ends_without_having_built_what_arrived_is_tried_again(root, instance):
    """Such as one that was told to make only parts."""
    execute(instance, tick(root, instance), lambda: None)
    assert tick(root, instance) is None
    assert of_years(tick(root, instance, later=PAUSE + 1)) == ("2020", "2020")


def test_a_run_that_begins_is_waited_for_and_one_that_was_killed_is_not_for_ever(root, instance):
    request = tick(root, instance)
    tags = {**request.tags, "dagster/sensor_name": "new_files"}
    instance.create_run_for_job(short_job(lambda: None), tags=tags, status=dg.DagsterRunStatus.STARTED)
    assert tick(root, instance) is None
    arrive(root, "2021/made.txt", "SYNTHETIC 2021")
    assert tick(root, instance) is None
    assert of_years(tick(root, instance, later=PAUSE + 1)) == ("2020", "2021")


def test_while_a_run_is_at_work_nothing_is_asked_for(root, instance):
    held = "import sys; from pathlib import Path; from dagster_project.root import Root; "
    held += "from dagster_project.defs.lock import one_at_a_time\n"
    held += "with one_at_a_time(Root(Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", held, str(root.path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline().strip() == b"held"
        assert tick(root, instance) is None
        process.stdin.close()
    assert tick(root, instance) is not None


def test_a_line_in_the_ledger_starts_a_run(root, instance):
    built(root)
    root.ledger.write_text(
        "file,sha256,year,kind,received_on,sender,note\n2020/made.txt,,2020,published,2021-04-05,,\n", encoding="utf-8"
    )
    assert of_years(tick(root, instance)) == ("2020", "2020")


def test_a_file_that_is_still_arriving_is_waited_for(root, instance):
    arrive(root, "2021/more.txt", "SYNTHETIC, first half", seconds_ago=0)
    assert tick(root, instance) is None
    arrive(root, "2021/more.txt", "SYNTHETIC, first half, second half")
    assert of_years(tick(root, instance)) == ("2020", "2021")


def test_a_file_of_a_wrong_clock_is_not_waited_for(root, instance):
    arrive(root, "2021/more.txt", "SYNTHETIC 2021", seconds_ago=-86_400)
    assert of_years(tick(root, instance)) == ("2020", "2021")


def test_a_lock_file_of_a_spreadsheet_starts_nothing(root, instance):
    built(root)
    arrive(root, "2020/~$made.xlsx", "somebody has it open")
    arrive(root, "2020/Thumbs.db", "pictures")
    assert tick(root, instance) is None


def test_what_is_asked_for_names_no_path(root, instance):
    assert str(root.path) not in str(tick(root, instance))


@pytest.mark.slow
def test_the_run_that_is_asked_for_builds_all_of_it(root, instance):
    """The real job, on (SYNTHETIC) decisions of two years, one of which is taken back and put back."""
    (root.submissions / "2020" / "made.txt").unlink()
    decisions = {year: f"{year}/thai-binh-{year}-synthetic.txt" for year in (2021, 2022)}

    def put(year):
        arrive(root, decisions[year], (SYNTHETIC / f"thai-binh-{year}-synthetic.txt").read_text(encoding="utf-8"))

    def run_what_is_asked_for():
        request = tick(root, instance)
        tags = {**request.tags, "dagster/sensor_name": "new_files"}
        wired(root).resolve_job_def("main").execute_in_process(instance=instance, tags=tags)
        assert tick(root, instance) is None
        assert last_run.due(root).why == []
        return of_years(request)

    put(2021), put(2022)
    assert run_what_is_asked_for() == ("2021", "2022")
    assert instance.get_materialized_partitions(dg.AssetKey(["landing", "submissions"])) == {"2021", "2022"}
    (root.submissions / decisions[2022]).unlink()
    assert run_what_is_asked_for() == ("2021", "2021")
    put(2022)
    assert run_what_is_asked_for() == ("2022", "2022")
    assert instance.get_runs_count() == 3
