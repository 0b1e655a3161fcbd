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

from dagster_project import checking, registries
from dagster_project.commands.as_of import believed_on
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing, plan, tables

from .world import File, World
from .writing import put

# A world takes two seconds and 200 MB. What takes more has lost count of its rows.
SECONDS, MEMORY = 60, "2GB"

Rows = list[dict]


class Stopped(Exception):
    """The warehouse could not be built of a world, or not within these bounds."""


@dataclass(frozen=True)
class Compiled:
    """The project as dbt compiles it: the models in their order, the SQL of each data test by its name, and the columns
    of each contract that may not be null or are a key."""

    plan: plan.Plan
    tests: dict[str, str]
    contracts: dict[str, tuple[tuple[str, ...], ...]]


def compiled() -> Compiled:
    """The repository's project: five seconds."""
    marts = sorted((REPOSITORY / "dbt_project" / "models" / "marts").rglob("*.sql"))
    chosen = " ".join(f"+{path.stem}" for path in marts)
    results = build.run(Root(), "compile", "--no-populate-cache", "--select", chosen)
    build.refuse_failures(results)
    nodes = [result.node for result in results]
    return Compiled(
        plan.compiled([path.stem for path in marts]),
        {node.name: node.compiled_code for node in nodes if node.resource_type == "test"},
        {
            node.relation_name: _constraints(node)
            for node in nodes
            if node.resource_type == "model" and node.contract.enforced
        },
    )


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
        registries.prepare(root)
        connection = duckdb.connect()
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = ''; SET threads = 2")
        connection.execute("ATTACH ':memory:' AS egov; USE egov")
        try:
            with _bounded(connection):
                plan.run_seeds(connection, root, self.compiled.plan)
                tables.create(connection)
                landing.land(connection, root)
                plan.run_steps(connection, self.compiled.plan)
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


def _constraints(node: object) -> tuple[tuple[str, ...], ...]:
    """What a contract holds its table to: ('not_null', column), ('unique', column, …)."""
    found = [(one.type.value, name) for name, column in node.columns.items() for one in column.constraints]  # type: ignore[attr-defined]
    found += [(one.type.value, *one.columns) for one in node.constraints]  # type: ignore[attr-defined]
    return tuple(("unique" if kind == "primary_key" else kind, *columns) for kind, *columns in found)
