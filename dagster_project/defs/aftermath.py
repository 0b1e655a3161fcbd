"""A run that does not end well, and one that finds what such a run has left.

Here: telling damage from other errors, clearing up, running again from nothing. Not here: the run itself (`launch.py`),
what stays whole whatever happens (`publishing/publication.py`), and the working database (`warehouse/working.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .. import room, stopping
from ..errors import UserError, is_disk_full, refused_path
from ..files import clear
from ..publishing import publication
from ..root import REPOSITORY, Root
from ..terminal import Line, show
from ..warehouse import working
from ..warehouse.build import CouldNotRun
from .lock import one_at_a_time

# Set for a run that has nothing to lean on any more: it fails for another reason than damage.
_ANEW = "EGOV_ANEW"
# The locks, what the last command added, the logs, and files that are nowhere else.
_STAYS = {"run.lock", "run.holder", "ledger.lock", "last_add.json", "egov.log", "cron.log", "task.log", "taken_back"}


def clear_what_is_no_file(root: Root) -> None:
    """Pipes, devices and links among what earlier runs made: to open one may never end, and no run has made it."""
    for path in root.warehouse.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            clear(path)


def may_be_damage(root: Root, error: Exception) -> bool:
    """Whether an error can come of something damaged among what earlier runs made, which has not been made anew yet."""
    if stopping.is_asked() or os.environ.get(_ANEW):
        return False
    if isinstance(error, UserError):
        return isinstance(error, CouldNotRun)
    refused = refused_path(error)
    return refused is None or (not isinstance(error, PermissionError) and refused.is_relative_to(root.warehouse))


def run_anew(root: Root, years: list[int] | None, engine: str) -> int:
    """Clears what earlier runs made for themselves, and runs in a process that has seen nothing of it."""
    show(
        [
            Line("Có gì đó trong data/warehouse đã hỏng; xóa đi và chạy lại từ đầu.", "warning"),
            Line("Something in data/warehouse is damaged: it is cleared, and all is made anew."),
        ]
    )
    with one_at_a_time(root):
        for path in root.warehouse.iterdir():
            if path.name not in _STAYS:
                clear(path)
    command = [sys.executable, "-m", "dagster_project", "--root", str(root.path), "run", "--engine", engine]
    command += [f"--year={year}" for year in years or ()]
    return subprocess.run(command, cwd=REPOSITORY, env={**os.environ, _ANEW: "1"}, check=False).returncode


@contextmanager
def no_litter(root: Root) -> Iterator[None]:
    """Takes away the publication that was begun where the run ends before it is in place; what stands stays. Where the
    disk is full, the working database goes too, and the sentence says how much room a run needs."""
    try:
        yield
    except BaseException as error:
        publication.give_up(root.published)
        if is_disk_full(error):
            working.remove(root)
            raise room.too_little(root) from error
        raise
