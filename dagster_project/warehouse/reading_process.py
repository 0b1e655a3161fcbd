"""The process that reads files for `isolated_reader.py`: files in, answers out, until its input ends.

Here: what runs on the far side of the pipes. It is started as a module, with the folder of the registries. A request
is (content, file_name, year); an answer is a dictionary with `read` (format, contents), `refused` (reason, English,
Vietnamese) or `broke_down` (the traceback). Contents are texts by then: whole tables of objects would cost as much to
hand over as to read.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import traceback
from pathlib import Path
from typing import IO, Any

from dagster_project.reading import Labels, Unreadable, read
from dagster_project.warehouse.contents import contents_of

MEMORY_BYTES = 1 << 30

_TOO_LARGE = (
    "expands_too_much",
    "Reading this file takes more memory than is allowed: it holds far more than tables of scores.",
    "Đọc tệp này cần nhiều bộ nhớ hơn mức cho phép: tệp chứa nhiều hơn hẳn các bảng điểm.",
)


def main() -> None:
    requests, answers = sys.stdin.buffer, _own_output()
    _limit_memory()
    labels = Labels.load(Path(sys.argv[1]))
    while True:
        try:
            content, file_name, year = pickle.load(requests)
        except EOFError:
            return
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


def _own_output() -> IO[bytes]:
    """Where answers go; whatever a library prints goes nowhere."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return answers


def _limit_memory() -> None:
    """Where the system can; Windows cannot, there the readers' own limits must do."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()
