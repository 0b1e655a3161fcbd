"""Where Dagster keeps what happened in runs: one SQLite file whose connections stay open, and the log of `egov run`.

Here: these, and the settings of a root's Dagster home. Dagster's own storage opens and closes two files for each of the
hundreds of events of a run, which takes longer than all of its work: 18 s against 4 s for 150 assets with 450 checks.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import dagster as dg
import sqlalchemy
from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage

from ..files import write_atomically
from ..root import Root
from .progress import RUN_LOG

_SETTINGS = """\
# Written by each run: Dagster's home of this warehouse. Nothing is sent anywhere, and pages ask for no newsletter.
telemetry:
  enabled: false
nux:
  enabled: false
event_log_storage:
  module: dagster_project.defs.history
  class: History
  config:
    base_dir: {base_dir}
# What steps print is not caught: what there is to say stands in the events.
compute_logs:
  module: dagster.core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""


class History(ConsolidatedSqliteEventLogStorage):
    """Dagster's storage of events in one SQLite file, with a pool of connections instead of one for each statement.

    In write-ahead mode `synchronous = NORMAL` keeps the file whole whatever is killed; what a power cut may take is the
    last events of a run, which is then run again.
    """

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        super().__init__(base_dir, inst_data)
        if not self.has_table("alembic_version"):
            self._init_db()  # a run was killed while it did that for the first time

    @cached_property
    def _engine(self) -> sqlalchemy.Engine:
        engine = sqlalchemy.create_engine(self._conn_string, connect_args={"timeout": 30})

        @sqlalchemy.event.listens_for(engine, "connect")
        def _on_connect(connection: Any, record: object) -> None:
            connection.execute("PRAGMA synchronous = NORMAL")

        return engine

    @contextmanager
    def _connect(self) -> Iterator[sqlalchemy.Connection]:
        with self._engine.begin() as connection:
            yield connection

    def has_table(self, table_name: str) -> bool:
        return sqlalchemy.inspect(self._engine).has_table(table_name)

    def dispose(self) -> None:
        super().dispose()
        self._engine.dispose()


@dg.logger(description="Python's own logging, for `egov run`: to a file, and to whoever shows the progress.")
def run_log(context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.getLogger(RUN_LOG)
    logger.setLevel(logging.DEBUG)
    return logger


def prepare_home(root: Root) -> None:
    """Writes the settings of a root's Dagster home where they are not there, or are others."""
    settings = _SETTINGS.format(base_dir=_quoted(str(root.dagster_home / "history"))).encode()
    path = root.dagster_home / "dagster.yaml"
    if not path.exists() or path.read_bytes() != settings:
        write_atomically(path, settings)


def _quoted(text: str) -> str:
    """As YAML takes it, whatever stands in it."""
    return "'" + text.replace("'", "''") + "'"
