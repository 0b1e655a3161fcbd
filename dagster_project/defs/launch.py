"""`egov run`: the job of all assets in this process, recorded in the root's Dagster home, and what a person sees of it.

Here: starting the run and keeping the frameworks quiet. Not here: what the job does (`definitions.py`), what the
summary says (`summary.py`), and what becomes of a run that does not end well (`aftermath.py`). Start-up is most of a
small run, so nothing heavy is imported before something is shown.
"""

from __future__ import annotations

import gc
import logging
import os
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler

from .. import beside, kept_by_hand, last_run, room
from ..errors import UserError, held_by_other
from ..log import write_down
from ..root import Root
from ..submissions import arrivals
from ..terminal import Line, show
from ..warehouse import build
from . import aftermath
from .lock import one_at_a_time, sign
from .progress import Progress, shown


def run(root: Root, years: list[int] | None, engine: str) -> int:
    """Runs everything for these years (None: those that have to be built) and shows a summary; 0 when it is complete,
    or nothing has to be built.

    Raises UserError, with a sentence, where it could not be completed: what was published before then stays as it was.
    """
    since = time.monotonic()
    try:
        with one_at_a_time(root), _loading_without_garbage_collection():
            show(kept_by_hand.lines_of_mistakes(kept_by_hand.prepare(root)))
            if years is None:
                due = last_run.due(root)
                show(_told(root, due))
                if not due.why:
                    return 0
                years = due.years
            show(kept_by_hand.own_lines(root))
            sign(root)
            room.refuse_too_little(root)
            beside.begin(build.PROCESS)
            aftermath.clear_what_is_no_file(root)
            with aftermath.no_litter(root):
                _keep_quiet(root)
                with shown() as progress:
                    changes = _execute(root, years, engine, progress)
            from .summary import show_summary

            show_summary(root, changes, time.monotonic() - since)
    except Exception as error:
        if held := held_by_other(error):
            raise held from error
        if not aftermath.may_be_damage(root, error):
            raise
        write_down(root, "egov run", traceback.format_exc())
        return aftermath.run_anew(root, years, engine)
    finally:
        beside.end_waiting()
    return 0


def _told(root: Root, due: last_run.Due) -> Iterator[Line]:
    """What will be built and why; that nothing will, where nothing has to be."""
    if not due.why:
        when = f"{last_run.completed_at(root):%Y-%m-%d %H:%M}"
        yield Line(
            f"Không có gì thay đổi từ lượt chạy {when}: số liệu đã công bố vẫn đúng, không phải chạy lại.", "good"
        )
        yield Line(
            f"Nothing has changed since the run of {when}: what is published stands, and nothing is built again."
        )
        return
    which = ", ".join(map(str, due.years)) if due.years else "tất cả các năm / all years"
    yield Line(f"Sẽ xử lý / To be built: {which}", "heading")
    for reason in due.why:
        yield Line(f"• {reason}", "", 1)


def _execute(root: Root, years: list[int] | None, engine: str, progress: Progress) -> list[Mapping[str, str]]:
    """Runs the job; gives what changed in each published table."""
    from dagster import DagsterInstance

    from ..definitions import wired
    from .history import prepare_home
    from .years import run_tags

    prepare_home(root)
    os.environ["DAGSTER_HOME"] = str(root.dagster_home)
    definitions = wired(root, engine)
    _collect_garbage_again()
    job = definitions.resolve_job_def("main")
    assert job.partitions_def is not None
    wanted = _wanted(root, job.partitions_def.get_partition_keys(), years)
    with DagsterInstance.from_config(str(root.dagster_home)) as instance:
        progress.end()
        done = job.execute_in_process(
            instance=instance,
            run_config={"loggers": {"run_log": {}}},
            tags=run_tags(wanted),
        )
    (published,) = done.asset_materializations_for_node("published__warehouse")
    return [record.data for record in published.metadata["tables"].records]


def _wanted(root: Root, known: Sequence[str], years: list[int] | None) -> list[int]:
    """The years to run; where none are given, all that files have arrived for."""
    unknown = [year for year in years or [] if str(year) not in known]
    if unknown:
        raise UserError(
            f"{unknown[0]} is not a year of this warehouse: it has {known[0]} to {known[-1]}. An earlier year needs a "
            "line in the registry of pillars, or a folder in data/submissions.",
            f"Kho này không có năm {unknown[0]}: chỉ có từ {known[0]} đến {known[-1]}.",
        )
    return years or [one.year for one in arrivals(root).submissions] or [int(known[-1])]


@contextmanager
def _loading_without_garbage_collection() -> Iterator[None]:
    """What is loaded stays until the end; to look through it again and again costs an eighth of a small run."""
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def _collect_garbage_again() -> None:
    """All is loaded and is left alone. What is made from now on goes when it is done with: the pages of a country would
    be a gigabyte."""
    gc.freeze()
    gc.enable()


def _keep_quiet(root: Root) -> None:
    """Sends what the frameworks say to the log of runs, and nothing of it to the screen."""
    folder = root.warehouse / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    file = RotatingFileHandler(folder / "run.log", maxBytes=4_000_000, backupCount=2, encoding="utf-8")
    file.setLevel(logging.INFO)
    file.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(file)
    logging.captureWarnings(True)
