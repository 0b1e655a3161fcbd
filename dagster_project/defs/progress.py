"""How far a run is, for the person who waits: a bar on a terminal, a line per step elsewhere.

Here: the words for each step, and following the run's log. Not here: Dagster, which takes a second to import; the first
line is to stand before that.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

RUN_LOG = "egov.run"

STARTING = "Khởi động / Starting"
WORDS = {
    "landing__submissions": "Đọc hồ sơ / Reading the files",
    "build_models": "Tính toán / Computing",
    "expectations__data_quality": "Đối chiếu / Judging",
    "published__warehouse": "Công bố kho dữ liệu / Publishing the warehouse",
    "published__exports": "Xuất tệp / Writing the exports",
    "published__data_docs": "Trang chất lượng số liệu / Data Docs",
    "published__quality": "Phiếu chất lượng số liệu / Quality reports",
    "published__annexes": "Quyết định và các phụ lục / The decision and its annexes",
    "published__dictionary": "Từ điển dữ liệu / The dictionary",
    "published__changes": "So với bản trước / Against the publication before",
    "published__site": "Trang kết quả / The site",
    "published__front_page": "Trang đầu / The front page",
    "published__publication": "Đặt bản công bố vào chỗ / Putting the publication in place",
    "published__kept": "Lưu bản công bố / Keeping the publication",
    "published__record": "Ghi nhận lượt chạy / Recording the run",
}


class Progress(logging.Handler):
    """Follows the log of a run from step to step; `begin` and `end` are what a person sees of it."""

    def emit(self, record: logging.LogRecord) -> None:
        event: Any = getattr(record, "dagster_event", None)
        if event is not None and event.event_type_value == "STEP_START":
            self.begin(WORDS.get(event.step_key, event.step_key))
        elif event is not None and event.event_type_value == "STEP_SUCCESS":
            self.end()
        elif event is not None and event.event_type_value == "ASSET_MATERIALIZATION":
            self.tell(event.asset_key.to_user_string())
        elif event is None and record.levelno == logging.INFO:
            self.tell(getattr(record, "dagster_meta", {}).get("orig_message", ""))

    def begin(self, words: str) -> None:
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError

    def tell(self, message: str) -> None:
        """A word from inside a step: the file that is being read, the table that is done."""

    def break_off(self) -> None:
        """The step that has begun will not end."""


class Lines(Progress):
    """For a file or a pipe: what is done and how long it took."""

    def begin(self, words: str) -> None:
        self.since = time.monotonic()
        print(f"{words} … ", end="", flush=True)

    def end(self) -> None:
        print(f"{time.monotonic() - self.since:.1f} s", flush=True)

    def break_off(self) -> None:
        print("✗", flush=True)


class Bar(Progress):
    """For a terminal: a bar over the steps, and what is going on."""

    def __init__(self, bar: Any) -> None:
        super().__init__()
        self.bar = bar
        self.task = bar.add_task("", total=len(WORDS) + 1)

    def begin(self, words: str) -> None:
        self.words = words
        self.bar.update(self.task, description=words)

    def end(self) -> None:
        self.bar.advance(self.task)

    def tell(self, message: str) -> None:
        from rich.markup import escape

        self.bar.update(self.task, description=f"{self.words}: {escape(message)}")


@contextmanager
def shown() -> Iterator[Progress]:
    """Shows the progress of the run that is logged meanwhile."""
    logger = logging.getLogger(RUN_LOG)
    with _made() as progress:
        logger.addHandler(progress)
        try:
            progress.begin(STARTING)
            yield progress
        except BaseException:
            progress.break_off()
            raise
        finally:
            logger.removeHandler(progress)


@contextmanager
def _made() -> Iterator[Progress]:
    if not sys.stdout.isatty():
        yield Lines()
        return
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn()
    with RichProgress(*columns, transient=True) as bar:
        yield Bar(bar)
