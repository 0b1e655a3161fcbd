"""`egov` in a process that sends itself a signal at a chosen moment: `dying.py SIGNAL MOMENT -- ARGUMENTS`.

A moment is `event:N`, before the N-th time that Python opens, renames, makes or removes something below the root's
data; `event:N:TEXT`, of those whose path holds the text; or `cpu:SECONDS`, when it has computed for so long, also in
the middle of what DuckDB does. `SIGNAL` 0 sends nothing, and prints how many events and seconds there were.
"""

from __future__ import annotations

import os
import signal
import sys
import time

_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link", "os.truncate"}


def main() -> None:
    number, moment = int(sys.argv[1]), sys.argv[2]
    arguments = sys.argv[4:]
    if number not in (0, signal.SIGKILL):
        signal.signal(number, signal.SIG_DFL)  # a shell tells what it starts in the background to ignore Ctrl-C
    kind, _, rest = moment.partition(":")
    if kind == "cpu":
        _at_cpu(number, float(rest))
    count = _count_events(number, *rest.split(":")) if kind == "event" else [0]
    sys.argv = ["egov", *arguments]
    from dagster_project import cli

    if number:
        cli.main()
    cli.invoke(arguments)
    print(f"events {count[0]} seconds {time.process_time():.1f}")


def _at_cpu(number: int, seconds: float) -> None:
    if number == signal.SIGKILL:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # as deadly, and in the midst of everything
    else:
        signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), number))
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _count_events(number: int, at: str, text: str = "/data/") -> list[int]:
    count = [0]

    def hook(event: str, given: tuple) -> None:
        if event not in _EVENTS or not any(isinstance(one, str) and text in one for one in map(_path, given[:2])):
            return
        if event == "open" and not (isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        count[0] += 1
        if number and count[0] == int(at):
            os.kill(os.getpid(), number)

    sys.addaudithook(hook)
    return count


def _path(one: object) -> object:
    return os.fsdecode(one) if isinstance(one, bytes | os.PathLike) else one


if __name__ == "__main__":
    main()
