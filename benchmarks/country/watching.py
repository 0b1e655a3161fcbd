"""What a command costs: time by the clock, processor time, and the most memory that its processes hold together.

Here: running it and looking at it meanwhile (Linux: it reads /proc). Not here: what is run (`run.py`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds between two looks at the memory
_STEP = re.compile(r"^(.+?) … ([0-9.]+) s$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of all processors, megabytes of all processes at their most (what they share counted
    once), and the seconds of each step that the command told of."""

    seconds: float
    processor: float
    megabytes: float
    steps: dict[str, float]


def watched(checkout: Path, root: Path, *arguments: str) -> Cost:
    """Runs `egov --root root …` by the code of a checkout, with the Python that runs this. Raises SystemExit with what
    it printed where it does not end well."""
    command = [sys.executable, "-m", "dagster_project", "--root", str(root), *arguments]
    before, began = os.times(), time.monotonic()
    most = 0.0
    with subprocess.Popen(
        command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        while process.poll() is None:
            most = max(most, sum(map(_megabytes, _with_children(process.pid))))
            time.sleep(EVERY)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(told)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    steps = {words.rpartition(" / ")[2]: float(seconds) for words, seconds in _STEP.findall(told)}
    return Cost(time.monotonic() - began, used, most, steps)


def _with_children(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, _text(children).split())
    return found


def _megabytes(process: int) -> float:
    share = re.search(r"^Pss:\s+(\d+)", _text(Path(f"/proc/{process}/smaps_rollup")), re.MULTILINE)
    return int(share[1]) / 1024 if share else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""  # it has ended meanwhile
