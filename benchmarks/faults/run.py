"""What holds when the product is broken on purpose, counted: `python benchmarks/faults/run.py`.

Here: the command and its table. What it does, and what it has found, stand in README.md beside this.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import breaking
import disk
import kills
import ledgers
from world import World

from dagster_project.root import Root

_Case = TypeVar("_Case")


def main() -> int:
    """Prints the table, and each case that does not hold; exit 1 where one does not."""
    arguments = argparse.ArgumentParser(description="Breaks runs on purpose and counts what holds.")
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--signals", type=int, default=20)
    arguments.add_argument("--damages", type=int, default=100, help="how many, by the seed; 0: all, many in one run")
    arguments.add_argument("--ledgers", type=int, default=2_000)
    arguments.add_argument("--only", nargs="+", choices=["kills", "signals", "damages", "disk", "ledgers"])
    arguments.add_argument("--seed", type=int, default=7)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="egov-faults-") as folder:
        failed = _all(chosen, Path(folder))
    return 1 if failed else 0


def _all(chosen: argparse.Namespace, folder: Path) -> int:
    failed = 0

    def count(what: str, cases: list[tuple[str, bool]]) -> None:
        nonlocal failed
        held = sum(holds for _, holds in cases)
        print(f"{what:<50}{held:>6} of {len(cases)}", flush=True)
        for case, holds in cases:
            if not holds:
                failed += 1
                print(f"    {case}", flush=True)

    def wanted(what: str) -> bool:
        return not chosen.only or what in chosen.only

    if wanted("ledgers"):
        found = ledgers.tried(Root(folder / "ledgers"), chosen.ledgers, chosen.seed)
        print(f"{'ledgers: read':<50}{found.read:>6}\n{'ledgers: refused with a sentence':<50}{found.refused:>6}")
        count("ledgers: either of them", [("wrong", False)] * found.wrong + [("", True)] * (found.read + found.refused))
    if chosen.only == ["ledgers"]:
        return failed
    world = World(folder)
    if wanted("kills"):
        died = _watched(kills.halted(world, kills.moments(world, chosen.kills, chosen.seed)))
        count("kills: whole, of one publication", [(one.moment, one.is_whole) for one in died])
        count("kills: healed by the next run", [(one.moment, one.is_healed) for one in died])
        print(f"    they left {len({one.kind for one in died})} kinds of state to the next run")
    if wanted("signals"):
        moments = kills.moments(world, chosen.signals, chosen.seed + 1)
        died = [
            one
            for number, some in ((signal.SIGINT, moments[::2]), (signal.SIGTERM, moments[1::2]))
            for one in _watched(kills.died(world, some, number))
        ]
        count("signals: 'Stopped', exit 130", [(one.moment, one.is_told) for one in died])
        count("signals: whole, and healed", [(one.moment, one.is_whole and one.is_healed) for one in died])
    if wanted("disk"):
        ran = _watched(disk.ran(world, free) for free in disk.SIZES)
        if None in ran:
            print("disk: not measured, because no tmpfs may be mounted here")
        else:
            count("disk: completed, or told and nothing harmed", [(f"{one.free} MB", one.is_sound) for one in ran])
    if wanted("damages"):
        some = breaking.damaged(world, chosen.damages, chosen.seed)
        damaged = _watched(some if chosen.damages else breaking.all_damaged(world, chosen.seed))
        count("damage: noticed, where it is published", [(f"{one.file}: {one.way}", one.is_noticed) for one in damaged])
        count("damage: healed by the next run", [(f"{one.file}: {one.way}", one.is_healed) for one in damaged])
        count("damage: told in sentences", [(f"{one.file}: {one.way}", one.is_told) for one in damaged])
    return failed


def _watched(cases: Iterable[_Case]) -> list[_Case]:
    """All of them; each is told on standard error when it is done, because all take hours."""
    done = []
    for one in cases:
        done.append(one)
        print(f"  {len(done)}: {one}", file=sys.stderr, flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
