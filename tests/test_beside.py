"""Work beside this process: what it tells, what it makes, what it raises, and that it never outlives who asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dagster_project import beside
from dagster_project.errors import TooLittleSaid
from dagster_project.root import REPOSITORY
from dagster_project.warehouse.build import CouldNotRun

MODULE = "tests.beside_module"


def test_what_is_told_comes_as_it_is_told_and_what_is_made_at_the_end():
    answers = beside.ask(MODULE, "count", 3)
    assert [next(answers), next(answers), next(answers)] == [0, 1, 2]
    with pytest.raises(StopIteration) as end:
        next(answers)
    assert end.value.value == "counted to 3"


def test_what_is_made_is_given_whatever_is_told():
    assert beside.made(MODULE, "count", 2) == "counted to 2"


@pytest.mark.parametrize(
    "error", [CouldNotRun("it could not", "không chạy được"), TooLittleSaid("a", "b"), OSError(28, "full")]
)
def test_an_error_is_raised_here_as_it_was_there(error):
    with pytest.raises(type(error)) as raised:
        beside.made(MODULE, "fail", error)
    assert raised.value.args == error.args
    assert getattr(raised.value, "vietnamese", None) == getattr(error, "vietnamese", None)
    assert "beside_module.py" in raised.value.__notes__[0]  # where it happened, for the log


def test_an_error_that_cannot_be_handed_over_is_told_by_its_words():
    with pytest.raises(beside.BrokeDown, match="cannot be pickled"):
        beside.made(MODULE, "fail_strangely")


def test_a_process_that_ends_without_an_answer_is_told():
    with pytest.raises(beside.BrokeDown, match="ended with 3"):
        beside.made(MODULE, "end", 3)


def test_what_a_library_prints_is_no_answer():
    assert beside.made(MODULE, "print", "\x80\x04rubbish") == "printed"


def test_whoever_stops_listening_ends_it():
    answers = beside.ask(MODULE, "go_on")
    process = next(answers)
    answers.close()
    assert not is_alive(process)


def test_one_that_was_begun_ahead_is_the_one_that_is_asked():
    beside.begin(MODULE)
    begun = beside._begun[MODULE].pid
    beside.begin(MODULE)
    assert beside.made(MODULE, "who") == begun
    assert beside.made(MODULE, "who") != begun


def test_one_that_was_begun_and_is_not_needed_is_ended():
    beside.begin(MODULE)
    begun = beside._begun[MODULE].pid
    beside.end_waiting()
    assert not is_alive(begun)
    assert beside.made(MODULE, "count", 1) == "counted to 1"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_it_is_gone_when_whoever_asked_was_killed():
    asking = (
        f"from dagster_project import beside; answers = beside.ask({MODULE!r}, 'go_on'); "
        "print(next(answers), flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", asking], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as asker:
        process = int(asker.stdout.readline())
        assert is_alive(process)
        asker.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while is_alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(process)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_stop_is_for_whoever_asked_to_hand_on():
    answers = beside.ask(MODULE, "go_on")
    process = next(answers)
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(process, number)
    assert next(answers) == process
    answers.close()


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
