"""Kills and signals at moments of a run, chosen by a seed: before its file events, and by the time it has computed.

Here: the moments and the verdicts. Not here: the process that dies (`dying.py`), and how many (`run.py`).
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from world import NEVER, World

from dagster_project.root import REPOSITORY, Root

_DYING = Path(__file__).with_name("dying.py")
PUBLISHED = "/published/"


@dataclass(frozen=True, slots=True)
class Died:
    """One run that was ended. is_whole: what stood after it was one publication. is_healed: the next run completed, and
    left what a run that nothing happened to leaves. is_told: it said 'Stopped', ended with 130, and nothing else."""

    moment: str
    code: int
    is_whole: bool
    is_healed: bool
    is_told: bool


def moments(world: World, number: int, seed: int) -> list[str]:
    """So many moments: a third before events among what is published, a third before any event, a third by the time
    computed."""
    random = Random(seed)
    world.put_back()
    events, seconds = _measured(world, "event:1")
    world.put_back()
    among_published, _ = _measured(world, f"event:1:{PUBLISHED}")
    world.put_back()
    found = []
    for at in range(number):
        if at % 3 == 0:
            found.append(f"event:{random.randint(1, among_published)}:{PUBLISHED}")
        elif at % 3 == 1:
            found.append(f"event:{random.randint(1, events)}")
        else:
            found.append(f"cpu:{random.uniform(0.3, seconds):.2f}")
    return found


def died(world: World, chosen: list[str], number: int = signal.SIGKILL) -> Iterator[Died]:
    """Ends a run at each moment, looks, and runs again."""
    for moment in chosen:
        world.put_back()
        ended = die(world.root, number, moment)
        is_whole = world.is_whole()
        is_told = (
            ended.returncode == 130
            and ended.stderr.endswith("Stopped.\n")
            and not any(words in ended.stdout + ended.stderr for words in NEVER)
        )
        again = world.run()
        yield Died(moment, ended.returncode, is_whole, again.code == 0 and again.is_told and world.is_healed(), is_told)


def die(root: Root, number: int, moment: str) -> subprocess.CompletedProcess[str]:
    """A run that sends itself a signal at that moment (see `dying.py`)."""
    command = [sys.executable, str(_DYING), str(int(number)), moment, "--", "--root", str(root.path), "run"]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False
    )


def _measured(world: World, moment: str) -> tuple[int, float]:
    told = re.search(r"events (\d+) seconds ([\d.]+)", die(world.root, 0, moment).stdout)
    assert told is not None
    return int(told[1]), float(told[2])
