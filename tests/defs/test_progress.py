"""What a person sees while a run goes on: a line per step in a file, a bar on a terminal."""

import io
import logging
from types import SimpleNamespace

import pytest
from rich.console import Console
from rich.progress import Progress

from dagster_project.defs.progress import RUN_LOG, Bar, shown


def happened(kind, step):
    return {"dagster_event": SimpleNamespace(event_type_value=kind, step_key=step)}


def log(logger):
    logger.debug("", extra=happened("STEP_START", "landing__submissions"))
    logger.info("", extra={"dagster_meta": {"orig_message": "2020/[bold].txt (1/2)"}})
    logger.debug("", extra=happened("STEP_SUCCESS", "landing__submissions"))


def test_lines_tell_each_step_and_its_time(capsys):
    logger = logging.getLogger(RUN_LOG)
    logger.setLevel(logging.DEBUG)
    with shown() as progress:
        progress.end()
        log(logger)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["Khởi động / Starting … 0.0 s", "Đọc hồ sơ / Reading the files … 0.0 s"]
    assert progress not in logger.handlers


def test_a_line_that_does_not_end_well_is_broken_off(capsys):
    with pytest.raises(ValueError), shown():
        raise ValueError
    assert capsys.readouterr().out == "Khởi động / Starting … ✗\n"


def test_a_bar_names_the_file_that_is_read_as_it_is_called():
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    logger = logging.Logger("made", logging.DEBUG)
    with Progress(console=console, auto_refresh=False) as rich:
        bar = Bar(rich)
        logger.addHandler(bar)
        log(logger)
        rich.refresh()
    assert "Reading the files: 2020/[bold].txt (1/2)" in console.file.getvalue()
