"""Kills and signals at moments of a run, chosen by a seed: before its file events, and by the time it has computed.

Here: the moments and the verdicts. Not here: the process that dies (`dying.py`), and how many (`run.py`).
"""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from world import World

from dagster_project.root import REPOSITORY, Root

_DYING = Path(__file__).with_name("dying.py")
PUBLISHED = "/published/"


@dataclass(frozen=True, slots=True)
class Died:
    """One run that was ended. is_whole: what stood after it was one publication. is_healed: the next run completed, and
    left what a run that nothing happened to leaves. kind: equal for those that left the same to the next run, which is
    then tried once. is_told: it said 'Stopped', ended with 130, and nothing else."""

    moment: str
    code: int
    is_whole: bool
    is_healed: bool
    kind: int
    is_told: bool = False


def moments(world: World, number: int, seed: int) -> list[str]:
    """So many moments: a third before events among what is published, a third before any event, a third by the time
    computed."""
    random = Random(seed)
    world.put_back()
    told = world.run(0, "event:1", f"event:1:{PUBLISHED}").out
    seconds, events, among_published = map(float, re.findall(r"[\d.]+", told[told.rindex("seconds") :]))
    kinds = [
        [f"event:{at}:{PUBLISHED}" for at in random.sample(range(1, int(among_published) + 1), -(-number // 3))],
        [f"event:{at}" for at in random.sample(range(1, int(events) + 1), -(-number // 3))],
        [f"cpu:{random.uniform(0.3, seconds - 0.3):.2f}" for _ in range(number // 3)],
    ]
    return [moment for each in itertools.zip_longest(*kinds) for moment in each if moment][:number]


def halted(world: World, chosen: list[str]) -> Iterator[Died]:
    """What kills at these moments would leave: of one run, that stands still at each. A process that the system has
    halted has written what it would have written if it were killed, and its locks do not hold for the copy."""
    world.put_back()
    for moment in world.left(chosen):
        yield Died(moment, 0, world.is_whole(), *world.healed())


def died(world: World, chosen: list[str], number: int = 9) -> Iterator[Died]:
    """Ends a run at each moment (9 is SIGKILL, which Windows does not know), looks, and runs again, where that has not
    been done with what is left."""
    for moment in chosen:
        world.put_back()
        ended = world.run(number, moment)
        is_told = ended.code == 130 and ended.err.endswith("Stopped.\n") and ended.is_told
        yield Died(f"{moment} exit {ended.code}", ended.code, world.is_whole(), *world.healed(), is_told)


def die(root: Root, number: int, moment: str) -> subprocess.CompletedProcess[str]:
    """A run that sends itself a signal at that moment (see `dying.py`)."""
    command = [sys.executable, str(_DYING), str(int(number)), moment, "--", "--root", str(root.path), "run"]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False
    )
