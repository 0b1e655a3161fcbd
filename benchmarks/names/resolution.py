"""Names resolved by the project's own SQL: an in-memory database, landing tables, and the models up to those wanted.

Here: landing names or documents and running the models. Not here: how a name is resolved, which is
`dbt_project/models/intermediate/int_candidate.sql` and what reads it, and nowhere else.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace

import duckdb
from corpus import Written

from dagster_project.reading.document import NO_HEAD, Document, Place, ScoreCell
from dagster_project.reading.formats.values import clean
from dagster_project.root import Root
from dagster_project.warehouse import landing, plan, tables
from dagster_project.warehouse.contents import contents_of


class Resolver:
    """A database that holds the registries; documents are landed in it, and the models made as often as is wanted."""

    def __init__(self, root: Root | None = None) -> None:
        """`root`: whose registries; by default the repository's."""
        self._plan = plan.load()
        self.connection = duckdb.connect()
        self.connection.execute("ATTACH ':memory:' AS egov; USE egov")
        plan.run_seeds(self.connection, root or Root(), self._plan)
        tables.create(self.connection)

    def land(self, documents: Iterable[tuple[str, int, Document]]) -> None:
        """Puts documents in, each under its name and year, in the place of all that was landed before."""
        landed = list(documents)
        for table in tables.ALL:
            self.connection.execute(f"DELETE FROM {tables.SCHEMA}.{table.name}")
        files = [(tables.FileRead(name, "txt", "", ""), contents_of(one)) for name, _, one in landed]
        landing.store(self.connection, files)
        arrivals = [
            tables.Arrival(name, name, year, "published", None, 1, True, None, None, None) for name, year, _ in landed
        ]
        landing.put_arrivals(self.connection, arrivals)

    def make(self, *models: str) -> None:
        """Makes these models, and all that they need."""
        for step in _needed(self._plan.steps, models):
            self.connection.execute(f"CREATE OR REPLACE {step.kind} {step.relation} AS {step.sql}")


def documents(names: Iterable[Written], year: int, index_code: str) -> Iterator[tuple[str, int, Document]]:
    """The names as rows of documents: one document per kind of damage and province, a row's number as its order."""
    for (kind, province), rows in itertools.groupby(enumerate(names), lambda row: (row[1].kind, row[1].province)):
        head = replace(
            NO_HEAD, title_year=year, written_provinces=(province,), written_kind="published", index_code=index_code
        )
        cells = [cell for number, name in rows for cell in _cells(number, name)]
        yield f"{kind}: {province}", year, Document(head, cells=cells)


def _cells(number: int, name: Written) -> Iterator[ScoreCell]:
    yield _cell(number, "unit", clean(name.text))
    if name.parent is not None:
        yield _cell(number, "parent", clean(name.parent))


def _cell(number: int, role: str, text: str) -> ScoreCell:
    return ScoreCell(Place(), 1, number, number, role, None, role, text, None, None, None, None, None)


def _needed(steps: Iterable[plan.Step], models: Iterable[str]) -> list[plan.Step]:
    """The steps that make these models, each after all that it reads, as they stand in the plan."""
    wanted = set(models)
    needed: list[plan.Step] = []
    for step in reversed(list(steps)):
        is_wanted = step.relation.rpartition(".")[2].strip('"') in wanted
        if is_wanted or any(step.relation in later.reads for later in needed):
            needed.insert(0, step)
    return needed
