"""`egov` in a process that sends itself a signal at chosen moments: `dying.py SIGNAL MOMENT -- ARGUMENTS`.

A moment is `event:N`, before the N-th time that Python opens, renames, makes or removes something below the root's
data; `event:N:TEXT`, of those whose path holds the text; or `cpu:SECONDS`, when it has computed for so long, also in
the middle of what DuckDB does. `SIGNAL` 0 sends nothing, and prints how many events and seconds there were.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import time
from collections import Counter, defaultdict
from typing import NoReturn

_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"}
_ANY = "/data/"


def main() -> None:
    end = sys.argv.index("--")
    live(sys.argv[end + 1 :], int(sys.argv[1]), sys.argv[2:end])


def live(arguments: list[str], number: int, moments: list[str]) -> NoReturn:
    """Runs `egov`, and sends the signal at each of the moments. SIGSTOP by time is left to whoever can see the time of
    a process that stands still (`warm.py`)."""
    if number not in (0, signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_DFL)  # a shell tells what it starts in the background to ignore Ctrl-C
    events: dict[str, set[int]] = defaultdict(set)
    for moment in moments:
        kind, at, *text = moment.split(":")
        if kind == "event":
            events[text[0] if text else _ANY].add(int(at))
        elif number != signal.SIGSTOP:
            _at_cpu(number, float(at))
    counts = _count_events(number, events)
    sys.argv = ["egov", *arguments]
    from dagster_project import cli

    if number == 0 and moments:
        atexit.register(
            lambda: print(f"seconds {time.process_time():.1f}", *(f"{text} {counts[text]}" for text in events))
        )
    cli.main()


def _at_cpu(number: int, seconds: float) -> None:
    if number == signal.SIGKILL:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # as deadly, and in the midst of everything
    else:
        signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), number))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _count_events(number: int, events: dict[str, set[int]]) -> Counter[str]:
    counts: Counter[str] = Counter()

    def hook(event: str, given: tuple) -> None:
        if event not in _EVENTS:
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        paths = [path for path in map(_path, given[:2]) if isinstance(path, str)]
        for text, numbers in events.items():
            if any(text in path for path in paths):
                counts[text] += 1
                if number and counts[text] in numbers:
                    os.kill(os.getpid(), number)

    if events:
        sys.addaudithook(hook)
    return counts


def _path(one: object) -> object:
    return os.fsdecode(one) if isinstance(one, bytes | os.PathLike) else one


if __name__ == "__main__":
    main()
