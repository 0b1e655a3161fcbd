"""Runs in processes that are forked from one that has loaded what a run needs: loading is a third of each.

Here: that process, and asking it. Not here: the moments at which such a run dies (`dying.py`). What is not loaded yet a
run loads itself, dbt and Great Expectations beside itself as always, and nothing is done to a root before the fork: it
is the same run, but that its first seconds, in which it does nothing but load, have no part in it.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import dying

from dagster_project.root import REPOSITORY

_LOADED = (
    "dagster_project.cli",
    "dagster_project.defs.launch",
    "dagster_project.definitions",
    "dagster_project.defs.summary",
    "xlsxwriter",
    "rich.progress",
)
_SECONDS = 600  # of computing
_STANDS = "stands"


class Warm:
    """The process that has all loaded. It ends with the one that asks it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def run(self, arguments: list[str], number: int = 0, *moments: str) -> subprocess.CompletedProcess[str]:
        """`egov` with these arguments, and a signal at these moments (see `dying.py`)."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            code = int(self._asked(json.dumps([arguments, int(number), moments, str(out), str(err)])))
            said = [path.read_text("utf-8", errors="replace") for path in (out, err)]
        return subprocess.CompletedProcess(arguments, code, *said)

    def halted(self, arguments: list[str], *moments: str) -> Iterator[str]:
        """The same, but that it stands still at each moment, until the next is asked for; gives how long it has
        computed by then, and where it has ended, with which exit code."""
        answer = self._asked(json.dumps([arguments, int(signal.SIGSTOP), moments, os.devnull, os.devnull]))
        while answer.startswith(_STANDS):
            yield answer
            answer = self._asked("go on")
        yield f"ended with {answer}"

    def _asked(self, line: str) -> str:
        assert self._process.stdin and self._process.stdout
        print(line, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()


def main() -> None:
    """Loads, then forks a process for each line that comes, and answers with its exit code."""
    import resource  # Windows has none, where tests import this and skip

    for name in _LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        arguments, number, moments, out, err = json.loads(line)
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
            for descriptor, path in ((0, os.devnull), (1, out), (2, err)):
                os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), descriptor)
            dying.live(arguments, number, moments)
        times = [float(moment[4:]) for moment in moments if moment.startswith("cpu:")]
        print(_watched(child, sorted(times) if number == signal.SIGSTOP else []), flush=True)


def _watched(child: int, times: list[float]) -> int:
    """Halts the process when it has computed for so long, tells of each time that it stands; its exit code."""
    while True:
        ended, status = os.waitpid(child, os.WUNTRACED | (os.WNOHANG if times else 0))
        if ended and os.WIFSTOPPED(status):
            beside = _beside(child)
            _send(signal.SIGSTOP, beside)
            print(f"{_STANDS} after {_computed(child):.2f} s", flush=True)
            sys.stdin.readline()
            _send(signal.SIGCONT, [*beside, child])
        elif ended:
            return os.waitstatus_to_exitcode(status)
        elif times and _computed(child) >= times[0]:
            del times[0]
            os.kill(child, signal.SIGSTOP)
        else:
            time.sleep(0.002)


def _beside(process: int) -> list[int]:
    """All that it has started and that works beside it: dbt, Great Expectations, readers of files."""
    found = [process]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += map(int, children.read_text().split())
    return found[1:]


def _send(number: int, processes: list[int]) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _computed(process: int) -> float:
    """The seconds of the processor that it and those beside it have taken, also those that have ended."""
    ticks = 0
    for one in [process, *_beside(process)]:
        with contextlib.suppress(OSError):
            ticks += sum(map(int, Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
