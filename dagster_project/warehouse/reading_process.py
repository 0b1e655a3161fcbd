"""The process that reads files for `isolated_reader.py`: files in, answers out, until its input ends.

Here: what runs on the far side of the pipes. It is started as a module, with the folder of the registries and the
seconds of the processor that a file may take. A request is (content, file_name, year); an answer is a dictionary with
`read` (format, contents), `refused` (reason, English, Vietnamese) or `broke_down` (the traceback). Contents are texts
by then: whole tables of objects would cost as much to hand over as to read.
"""

from __future__ import annotations

import contextlib
import math
import pickle
import sys
import traceback
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

from dagster_project.beside import own_output
from dagster_project.reading import Labels, Unreadable, read
from dagster_project.warehouse.contents import contents_of

MEMORY_BYTES = 1 << 30

_TOO_LARGE = (
    "expands_too_much",
    "Reading this file takes more memory than is allowed: it holds far more than tables of scores.",
    "Đọc tệp này cần nhiều bộ nhớ hơn mức cho phép: tệp chứa nhiều hơn hẳn các bảng điểm.",
)


def main() -> None:
    requests, answers = sys.stdin.buffer, own_output()
    _limit_memory()
    labels = Labels.load(Path(sys.argv[1]))
    while True:
        try:
            content, file_name, year = pickle.load(requests)
        except EOFError:
            return
        _limit_time(int(sys.argv[2]))
        pickle.dump(_answer(content, file_name, labels, year), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answer(content: bytes, file_name: str, labels: Labels, year: int | None) -> dict[str, Any]:
    try:
        kind, document = read(content, file_name, labels, year)
        return {"read": (kind, contents_of(document))}
    except Unreadable as refusal:
        return {"refused": (refusal.reason, str(refusal), refusal.vietnamese)}
    except MemoryError:
        return {"refused": _TOO_LARGE}
    except Exception:
        return {"broke_down": traceback.format_exc()}


def _limit_memory() -> None:
    """Where the system can; Windows cannot, there the readers' own limits must do."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _limit_time(seconds: int) -> None:
    """From now on; the system ends the process that takes more."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        so_far = math.ceil(used.ru_utime + used.ru_stime)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (so_far + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
