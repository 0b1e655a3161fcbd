"""What the warehouse makes of a world: its published tables, the reports of `egov check`, what was believed on a day.

Here: running the product on a world, in memory, within bounds of time and memory. Not here: what must hold of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from compiled import Compiled

from dagster_project import checking
from dagster_project.commands.as_of import believed_on
from dagster_project.root import Root
from dagster_project.warehouse import landing

from .world import File, World
from .writing import put

# A world takes two seconds and 200 MB. What takes more has lost count of its rows.
SECONDS, MEMORY = 60, "2GB"

Rows = list[dict]


class Stopped(Exception):
    """The warehouse could not be built of a world, or not within these bounds."""


@dataclass
class Built:
    """A world and what was made of it. database: schema `main` is the published contract."""

    world: World
    root: Root
    database: duckdb.DuckDBPyConnection
    _folder: TemporaryDirectory

    def rows(self, sql: str, **values: object) -> Rows:
        """The rows of a query, by column."""
        answer = self.database.execute(sql, values or None)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def columns(self, table: str) -> list[str]:
        """A published table's columns; none where there is no such table."""
        sql = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'egov' AND schema_name = 'main'"
        return [row["column_name"] for row in self.rows(f"{sql} AND table_name = $table", table=table)]

    @cached_property
    def tables(self) -> list[str]:
        sql = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'egov' AND schema_name = 'main' ORDER BY 1"
        return [row["table_name"] for row in self.rows(sql)]

    @cached_property
    def files(self) -> dict[str, list[File]]:
        """The files of the world by the submission that they became: the same bytes twice are one."""
        names = {row["path"]: row["sha256"] for row in self.rows("SELECT path, sha256 FROM landing.inputs")}
        found: dict[str, list[File]] = {}
        for file in self.world.files:
            path = f"data/submissions/{file.path}"
            submission = names.get(path) or landing.sha256_of(self.root.path / path)
            found.setdefault(submission, []).append(file)
        return found

    def believed_on(self, day: date, table: str) -> Rows:
        """A table as `egov sql --as-of` answers from it."""
        if not self.root.published_database.exists():
            self._publish()
        with believed_on(self.root, day) as connection:
            answer = connection.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def check(self, file: File) -> dict:
        """The report of `egov check` on one file alone."""
        with checking.run(self.root, [self.root.submissions / file.path], file.year) as checked:
            (report,) = checking.reports_of(checked)
        return report

    def _publish(self) -> None:
        self.root.published.mkdir(parents=True, exist_ok=True)
        self.database.execute(f"ATTACH '{self.root.published_database}' AS published")
        for table in self.tables:
            self.database.execute(f"CREATE TABLE published.{table} AS FROM egov.main.{table}")
        self.database.execute("DETACH published")

    def close(self) -> None:
        self.database.close()
        self._folder.cleanup()


@dataclass
class Builder:
    """Builds worlds, and keeps the last few."""

    compiled: Compiled
    kept: dict[World, Built] = field(default_factory=dict)
    keeps: int = 4

    def __call__(self, world: World) -> Built:
        """A world, built. Raises Stopped where that could not be done."""
        built = self.kept.pop(world, None) or self._build(world)
        while len(self.kept) >= self.keeps:
            self.kept.pop(next(iter(self.kept))).close()
        self.kept[world] = built  # the last that was asked for is the last to go
        return built

    def let_go(self) -> None:
        """Closes all that is kept."""
        while self.kept:
            self.kept.popitem()[1].close()

    def _build(self, world: World) -> Built:
        folder = TemporaryDirectory(prefix="world-")
        root = put(world, Path(folder.name))
        connection = duckdb.connect()
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = ''; SET threads = 2")
        connection.execute("ATTACH ':memory:' AS egov; USE egov")
        try:
            with _bounded(connection):
                self.compiled.run(root, connection)
        except Exception as error:
            connection.close()
            folder.cleanup()
            raise Stopped(f"{type(error).__name__}: {str(error).splitlines()[0][:200]}") from error
        return Built(world, root, connection, folder)


@contextmanager
def _bounded(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
