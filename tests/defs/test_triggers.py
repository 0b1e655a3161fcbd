"""What starts runs: the years there are, and the schedule of last year. The sensor: `test_new_files.py`."""

from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from dagster_project.defs.triggers import TIMEZONE, yearly
from dagster_project.defs.years import years
from dagster_project.root import Root

THIS_YEAR = datetime.now().year


@pytest.fixture
def root(tmp_path):
    return Root(tmp_path)


def arrive(root, file, text):
    path = root.submissions / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_years_run_from_the_first_with_rules_to_this_one(root):
    keys = years(root).get_partition_keys()
    assert keys == [str(year) for year in range(2018, THIS_YEAR + 1)]


def test_a_year_that_only_files_have_is_a_year_too(root):
    arrive(root, "2016/made.txt", "SYNTHETIC 2016")
    arrive(root, f"{THIS_YEAR + 2}/made.txt", "SYNTHETIC later")
    keys = years(root).get_partition_keys()
    assert (keys[0], keys[-1]) == ("2016", str(THIS_YEAR + 2))


def test_the_schedule_asks_for_the_year_before(root):
    schedule = yearly(years(root))
    for now, wanted in ((2021, "2020"), (THIS_YEAR, str(THIS_YEAR - 1))):
        context = dg.build_schedule_context(scheduled_execution_time=datetime(now, 5, 1, 6, tzinfo=ZoneInfo(TIMEZONE)))
        assert schedule(context).partition_key == wanted
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2010, 5, 1, 6, tzinfo=ZoneInfo(TIMEZONE)))
    assert isinstance(schedule(context), dg.SkipReason)
