"""What starts runs: the years there are, the schedule of last year, and the sensor that sees what is new and whole."""

import json
import os
import time
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from dagster_project import last_run
from dagster_project.defs.triggers import SETTLED, TIMEZONE, new_files, yearly
from dagster_project.defs.years import years
from dagster_project.root import Root

THIS_YEAR = datetime.now().year


@pytest.fixture
def root(tmp_path):
    """A root of its own with one file of 2020, some time ago."""
    root = Root(tmp_path)
    arrive(root, "2020/made.txt", "SYNTHETIC")
    return root


def arrive(root, file, text, seconds_ago=SETTLED + 60):
    path = root.submissions / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - seconds_ago,) * 2)


def tick(root, cursor=None):
    """What the sensor asks for: the years, and its cursor afterwards."""
    context = dg.build_sensor_context(cursor=cursor)
    result = new_files(root, years(root))(context)
    if isinstance(result, dg.SkipReason):
        return [], cursor
    assert len({request.run_key for request in result.run_requests}) == len(result.run_requests)
    return [request.partition_key for request in result.run_requests], result.cursor


def test_years_run_from_the_first_with_rules_to_this_one(root):
    keys = years(root).get_partition_keys()
    assert keys == [str(year) for year in range(2018, THIS_YEAR + 1)]


def test_a_year_that_only_files_have_is_a_year_too(root):
    arrive(root, "2016/made.txt", "SYNTHETIC 2016")
    arrive(root, f"{THIS_YEAR + 2}/made.txt", "SYNTHETIC later")
    keys = years(root).get_partition_keys()
    assert (keys[0], keys[-1]) == ("2016", str(THIS_YEAR + 2))


def test_a_file_that_came_starts_a_run_of_its_year_once(root):
    asked, cursor = tick(root)
    assert asked == ["2020"]
    assert tick(root, cursor) == ([], cursor)
    arrive(root, "2021/made.txt", "SYNTHETIC 2021")
    asked, cursor = tick(root, cursor)
    assert asked == ["2021"]
    assert tick(root, cursor) == ([], cursor)


def test_a_year_that_somebody_has_built_meanwhile_is_not_built_again(root):
    with last_run.reading(root) as held:
        held.update(sha256 for _, sha256, _ in last_run.inputs(root).years["2020"])
    last_run.complete(root)
    asked, cursor = tick(root)
    assert asked == []
    arrive(root, "2020/made.txt", "SYNTHETIC, corrected")
    assert tick(root, cursor)[0] == ["2020"]


def test_a_file_that_changed_or_left_starts_a_run_and_one_that_was_touched_does_not(root):
    _, cursor = tick(root)
    arrive(root, "2020/made.txt", "SYNTHETIC", seconds_ago=SETTLED + 1)
    assert tick(root, cursor)[0] == []
    arrive(root, "2020/made.txt", "SYNTHETIC, corrected")
    asked, cursor = tick(root, cursor)
    assert asked == ["2020"]
    (root.submissions / "2020" / "made.txt").unlink()
    asked, cursor = tick(root, cursor)
    assert asked == ["2020"]
    assert tick(root, cursor)[0] == []


def test_a_line_in_the_ledger_starts_a_run(root):
    _, cursor = tick(root)
    root.ledger.write_text(
        "file,sha256,year,kind,received_on,sender,note\n2020/made.txt,,2020,published,2021-04-05,,\n", encoding="utf-8"
    )
    assert tick(root, cursor)[0] == ["2020"]


def test_a_file_that_is_still_arriving_is_waited_for(root):
    _, cursor = tick(root)
    arrive(root, "2020/more.txt", "SYNTHETIC, first half", seconds_ago=0)
    assert tick(root, cursor) == ([], cursor)
    arrive(root, "2020/more.txt", "SYNTHETIC, first half, second half")
    assert tick(root, cursor)[0] == ["2020"]


def test_a_lock_file_of_a_spreadsheet_starts_nothing(root):
    _, cursor = tick(root)
    arrive(root, "2020/~$made.xlsx", "somebody has it open")
    arrive(root, "2020/Thumbs.db", "pictures")
    assert tick(root, cursor) == ([], cursor)


def test_the_cursor_names_years_and_no_path(root):
    _, cursor = tick(root)
    assert list(json.loads(cursor)) == ["2020"]
    assert str(root.path) not in cursor


def test_the_schedule_asks_for_the_year_before(root):
    schedule = yearly(years(root))
    for now, wanted in ((2021, "2020"), (THIS_YEAR, str(THIS_YEAR - 1))):
        context = dg.build_schedule_context(scheduled_execution_time=datetime(now, 5, 1, 6, tzinfo=ZoneInfo(TIMEZONE)))
        assert schedule(context).partition_key == wanted
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2010, 5, 1, 6, tzinfo=ZoneInfo(TIMEZONE)))
    assert isinstance(schedule(context), dg.SkipReason)
