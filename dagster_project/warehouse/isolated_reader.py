"""Reading files in a process of its own, with a limit on its time and memory.

Here: starting that process, talking to it and ending it. Not here: what it does (`reading_process.py`), several of them
(`readers.py`), and what is kept of a file (`landing.py`).

The readers look at a file's sizes before a library opens it. But libraries of C and Rust, and patterns over a crafted
text, can still hang, eat the memory or end the whole process; no `except` helps against that. So every file is read
in a process that may be killed, one after another in the same one. Nobody waits for it: it starts while the parent
loads DuckDB and the registries.
"""

from __future__ import annotations

import contextlib
import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..root import REPOSITORY

if TYPE_CHECKING:
    from .contents import Contents

SECONDS = 25  # of the processor: on a busy machine a file may take longer by the clock
_BY_THE_CLOCK = 4  # times as long; it ends what waits and does nothing. On Windows it is the only limit

# How a process ends whose time of the processor is up; nobody ends one so on Windows.
_TIME_IS_UP = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None

_TOO_LONG = (
    "expands_too_much",
    f"Reading this file takes more than {SECONDS} seconds: it holds far more than tables of scores, or is damaged.",
    f"Đọc tệp này mất hơn {SECONDS} giây: tệp chứa nhiều hơn hẳn các bảng điểm, hoặc đã hỏng.",
)
_BROKE_DOWN = (
    "damaged_file",
    "This file could not be read: its content is not what its format demands. Open it, save it anew, send it again.",
    "Không đọc được tệp này: nội dung không đúng cấu trúc của định dạng. Hãy mở tệp, lưu lại rồi gửi lại.",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a file. format and contents: as `reading.read` gives them, or None. refused: why there is none, as
    `reading.Unreadable` has it: reason, English, Vietnamese. details: of an error that nobody foresaw, for the log."""

    format: str | None = None
    contents: Contents | None = None
    refused: tuple[str, str, str] | None = None
    details: str | None = None

    @property
    def size(self) -> int:
        """How many letters there are to store."""
        return self.contents.size if self.contents else 0


class IsolatedReader:
    """Reads files with the labels of a folder of registries. For use in a `with`; the process starts at once."""

    def __init__(self, registries: Path) -> None:
        self._registries = registries
        self._process: subprocess.Popen[bytes] | None = None
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def read(self, content: bytes, file_name: str, year: int | None = None) -> Reading:
        """Reads a file, in bounded time, whatever its bytes do to the libraries that read them. year: as in
        `reading.read`."""
        if self._process is None:
            self._start()
        answer = self._ask(content, file_name, year)
        if "read" in answer:
            return Reading(*answer["read"])
        return Reading(refused=answer.get("refused", _BROKE_DOWN), details=answer.get("broke_down"))

    def _ask(self, content: bytes, file_name: str, year: int | None) -> dict[str, Any]:
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(_BY_THE_CLOCK * SECONDS, end)
        timer.start()
        try:
            pickle.dump((content, file_name, year), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            code = self.stop()
            if is_late.is_set() or code == _TIME_IS_UP:
                return {"refused": _TOO_LONG}
            return {"broke_down": f"the reading process ended with {code}"}
        finally:
            timer.cancel()
        if "read" not in answer:
            self.stop()  # what a file left behind in its memory is nobody else's
        return answer

    def _start(self) -> None:
        # From the repository, so that no module of the folder where a person stands is taken for one of Python's.
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.reading_process", str(self._registries), str(SECONDS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=REPOSITORY,
        )

    def stop(self) -> int | None:
        """Ends the process, whatever it does; gives the code that it ended with. The next file starts another."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return process.wait()
