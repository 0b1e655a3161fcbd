"""The repository's dbt project as dbt compiles it, to run without dbt: its models, its data tests, its contracts.

Here: asking dbt once. Not here: who keeps the answer (`conftest.py`) and on what it is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

import duckdb

from dagster_project import registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing, plan, tables


@dataclass(frozen=True)
class Compiled:
    """The models in their order, the SQL of each data test by its name, and the columns of each contract that may not
    be null or are a key. It is the same for every root."""

    plan: plan.Plan
    tests: dict[str, str]
    contracts: dict[str, tuple[tuple[str, ...], ...]]

    def needed_for(self, model: str) -> plan.Plan:
        """The plan of one model and of all that it reads."""
        needed: set[str] = set()
        for step in reversed(self.plan.steps):
            if step.relation in needed or step.relation.endswith(f'."{model}"'):
                needed |= {step.relation, *step.reads}
        return plan.Plan(self.plan.seeds, tuple(step for step in self.plan.steps if step.relation in needed))

    def broken(self, database: duckdb.DuckDBPyConnection) -> Iterator[str]:
        """The tests of dbt that do not hold in a database."""
        for name, sql in self.tests.items():
            if database.execute(sql).fetchone() is not None:
                yield name

    def run(self, root: Root, database: duckdb.DuckDBPyConnection, steps: plan.Plan | None = None) -> None:
        """Lands a root's submissions and runs the models on them, in a second or two. The database is called `egov`."""
        registries.prepare(root)
        plan.run_seeds(database, root, steps or self.plan)
        tables.create(database)
        landing.land(database, root)
        plan.run_steps(database, steps or self.plan)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        saved = json.loads(text)
        steps = tuple(plan.Step(**{**step, "reads": tuple(step["reads"])}) for step in saved["plan"]["steps"])
        return cls(
            plan.Plan(tuple(plan.Seed(**seed) for seed in saved["plan"]["seeds"]), steps),
            saved["tests"],
            {relation: tuple(map(tuple, held)) for relation, held in saved["contracts"].items()},
        )


def compiled() -> Compiled:
    """What dbt says: some seconds."""
    models = [path.stem for path in sorted((REPOSITORY / "dbt_project" / "models").rglob("*.sql"))]
    chosen = " ".join(f"+{name}" for name in models)
    results = build.run(Root(), "compile", "--no-populate-cache", "--select", chosen)
    build.refuse_failures(results)
    nodes = [result.node for result in results]
    return Compiled(
        plan.compiled(models),
        {node.name: node.compiled_code for node in nodes if node.resource_type == "test"},
        {
            node.relation_name: _constraints(node)
            for node in nodes
            if node.resource_type == "model" and node.contract.enforced
        },
    )


def _constraints(node: Any) -> tuple[tuple[str, ...], ...]:
    """What a contract holds its table to: ('not_null', column), ('unique', column, …)."""
    found = [(one.type.value, name) for name, column in node.columns.items() for one in column.constraints]
    found += [(one.type.value, *one.columns) for one in node.constraints]
    return tuple(("unique" if kind == "primary_key" else kind, *columns) for kind, *columns in found)
