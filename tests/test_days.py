"""Days are read alike wherever people write them: registries, ledger, replies, the command line."""

from __future__ import annotations

from datetime import date

import pytest

from dagster_project import days
from dagster_project.cli import invoke
from dagster_project.reading import replies
from dagster_project.registries.values import Unfit, value

DAY = date(2021, 4, 5)
WRITTEN = [
    "5/4/2021",
    "05/04/2021",
    "05-04-2021",
    "5.4.2021",
    "2021-04-05",
    "2021/4/5",
    "2021-04-05 00:00:00",
    " 5/4/2021 ",
]
NONE = ["4/15/2021", "31/02/2021", "5/4/21", "05/04", "2021", "hôm qua", "5/4/20211", ""]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_is_read_day_first(text):
    assert days.day_of(text) == days.day_at_start(text) == DAY
    assert value(text.strip(), "date") == "2021-04-05"


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_day_is_none(text):
    assert days.day_of(text) is None
    if text:
        with pytest.raises(Unfit):
            value(text, "date")


def test_words_may_follow_a_day_in_a_reply_and_nowhere_else():
    assert replies.day_at_start("5/4/2021, buổi sáng") == DAY and days.day_of("5/4/2021, buổi sáng") is None


@pytest.mark.parametrize("text", WRITTEN)
def test_the_command_line_takes_the_same(tmp_path, capsys, text):
    (tmp_path / "a.xlsx").write_bytes(b"")
    arguments = ["--root", str(tmp_path), "add", str(tmp_path / "a.xlsx"), "--year", "2020", "--received-on", text]
    assert invoke(arguments) == 0
    assert ",2021-04-05," in (tmp_path / "data" / "submissions" / "submissions.csv").read_text()
    capsys.readouterr()


def test_a_day_that_is_none_is_refused_in_both_languages(tmp_path, capsys):
    arguments = ["--root", str(tmp_path), "add", "a.xlsx", "--received-on", "04/15/2021"]
    assert invoke(arguments) == 2
    said = capsys.readouterr().err
    assert "phải là ngày theo thứ tự ngày/tháng/năm" in said and "must be a day, day first" in said


@pytest.mark.parametrize("option", ["--as-of", "--publication"])
def test_a_day_to_come_is_refused(tmp_path, capsys, option):
    assert invoke(["--root", str(tmp_path), "sql", "SELECT 1", option, "31/12/2999"]) == 1
    assert "2999-12-31 is still to come" in capsys.readouterr().err
