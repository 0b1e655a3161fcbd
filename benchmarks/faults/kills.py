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

from world import World

from dagster_project.root import REPOSITORY, Root

_DYING = Path(__file__).with_name("dying.py")
PUBLISHED = "/published/"


@dataclass(frozen=True, slots=True)
class Died:
    """One run that was ended. is_whole: what stood after it was one publication. is_healed: the next run completed, and
    left what a run that nothing happened to leaves. is_told: it said 'Stopped', ended with 130, and nothing else.
    kind: equal for those that left the same to the next run."""

    moment: str
    code: int
    is_whole: bool
    is_healed: bool
    is_told: bool
    kind: int = 0


def moments(world: World, number: int, seed: int) -> list[str]:
    """So many moments: a third before events among what is published, a third before any event, a third by the time
    computed."""
    random = Random(seed)
    world.put_back()
    told = world.run(0, "event:1", f"event:1:{PUBLISHED}").out
    seconds, events, among_published = map(float, re.findall(r"[\d.]+", told[told.rindex("seconds") :]))
    found = []
    for at in range(number):
        if at % 3 == 0:
            found.append(f"event:{random.randint(1, int(among_published))}:{PUBLISHED}")
        elif at % 3 == 1:
            found.append(f"event:{random.randint(1, int(events))}")
        else:
            found.append(f"cpu:{random.uniform(0.3, seconds):.2f}")
    return found


def halted(world: World, chosen: list[str]) -> Iterator[Died]:
    """What kills at these moments would leave: of one run, that stands still at each. A process that the system has
    halted has written what it would have written if it were killed, and its locks do not hold for the copy. Where what
    the next run reads is what it was at a moment before, that run is not run again."""
    healed: dict[str, tuple[int, bool]] = {}
    world.put_back()
    for moment in world.left(chosen):
        is_whole, state = world.is_whole(), world.state()
        if state not in healed:
            again = world.run()
            healed[state] = len(healed) + 1, again.code == 0 and again.is_told and world.is_healed()
        yield Died(moment, 0, is_whole, healed[state][1], False, healed[state][0])


def died(world: World, chosen: list[str], number: int = signal.SIGKILL) -> Iterator[Died]:
    """Ends a run at each moment, looks, and runs again."""
    for moment in chosen:
        world.put_back()
        ended = world.run(number, moment)
        is_whole = world.is_whole()
        is_told = ended.code == 130 and ended.err.endswith("Stopped.\n") and ended.is_told
        again = world.run()
        yield Died(moment, ended.code, is_whole, again.code == 0 and again.is_told and world.is_healed(), is_told)


def die(root: Root, number: int, moment: str) -> subprocess.CompletedProcess[str]:
    """A run that sends itself a signal at that moment (see `dying.py`)."""
    command = [sys.executable, str(_DYING), str(int(number)), moment, "--", "--root", str(root.path), "run"]
    return subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False
    )
