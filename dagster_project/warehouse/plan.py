"""The check plan: the SQL that `egov check` runs, as dbt compiled it, and running it on an in-memory database.

Here: choosing, saving and running those statements. Not here: their content (`dbt_project/models/`) and what is made of
the result (`checking/`). The plan is kept under a fingerprint of the dbt project, made by set-up and by each build, and
made again where it is stale; running it loads neither dbt nor any other framework. It is the same for every root: what
another root has of its own are rows of registries.

What is kept is the order of the steps, and each step's SQL as a view in a database beside it: DuckDB keeps a view as
its parser left it. The parser of 2.0 takes a millisecond for each 1,000 letters, ten times as long as that of 1.5
(findings/duckdb_2_parses_ten_times_as_long.sh), and these are 430,000 letters.
"""

from __future__ import annotations

import csv
import graphlib
import hashlib
import json
import posixpath
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files import bytes_of, clear, content_of, write_atomically
from ..root import Root
from . import build, tables

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 2
_KEPT = "plan"  # the name under which the database of views is read
# What a check shows; everything that these need comes with them.
SHOWN = (
    "int_finding",
    "int_finding_message",
    "int_row",
    "int_row_score",
    "int_row_total",
    "int_row_level",
    "int_rank",
    "int_statement",
    "int_statement_name",
    "int_identity",
    "int_version_row",
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A registry as a table. file: from the folder that holds the dbt project. columns: their types."""

    relation: str
    file: str
    columns: dict[str, str]

    @classmethod
    def of(cls, relation: str, path: str, columns: dict[str, str]) -> Seed:
        """A registry as dbt has it, whose path is 'seeds/units.csv' or '../expectations/checks.csv'."""
        return cls(relation, posixpath.normpath(posixpath.join("dbt_project", path.replace("\\", "/"))), dict(columns))

    def reading(self, root: Root) -> tuple[str, list[Any]]:
        """What reads the file of a root in SQL, and its parameters."""
        path = root.dbt_project.parent / self.file
        columns = {name: self.columns.get(name, "VARCHAR") for name in _header(path)}
        options = "columns=?, header=true, auto_detect=false, delim=',', quote='\"', escape='\"'"
        return f"read_csv(?, {options})", [str(path), columns]


@dataclass(frozen=True, slots=True)
class Step:
    """One model. kind: `table` or `view`. reads: the relations of the models that it reads."""

    relation: str
    kind: str
    sql: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Seeds and steps, each step after all that it reads. views: the database in which the SQL of the steps is kept;
    None where they say it themselves."""

    seeds: tuple[Seed, ...]
    steps: tuple[Step, ...]
    views: Path | None = None


def load(say: Callable[[str], None] = lambda message: None) -> Plan:
    """The plan, made where there is none for the dbt project as it is now, or not as it was made. Raises BuildFailed
    where it cannot be."""
    order, views = _kept()
    try:
        saved = json.loads(bytes_of(order))
        if content_of(views)[1] == saved["views"]:
            return Plan(
                tuple(Seed(**seed) for seed in saved["seeds"]), tuple(Step(**step) for step in saved["steps"]), views
            )
    except (OSError, ValueError, KeyError, TypeError):
        pass
    say("Đang chuẩn bị phần kiểm tra (một lần, vài giây) … / Preparing the checks (once, some seconds) …")
    return make()


def make() -> Plan:
    """Compiles the plan and saves it, in the place of the one before."""
    plan = compiled(SHOWN)
    order, views = _kept()
    for path in order.parent.glob("[!.]*"):  # what begins with a dot another process is just writing
        if path not in (order, views) or path.is_dir():
            clear(path)
    content = _as_views(plan)
    write_atomically(views, content)
    kept = Plan(plan.seeds, tuple(replace(step, sql=f"FROM {_view(step)}") for step in plan.steps))
    saved = {**asdict(kept), "views": hashlib.sha256(content).hexdigest()}
    write_atomically(order, json.dumps(saved, ensure_ascii=False, indent=1).encode())
    return replace(kept, views=views)


def compiled(models: Iterable[str]) -> Plan:
    """The plan of these models and all that they need. No database is opened for that."""
    chosen = " ".join(f"+{name}" for name in models)
    results = build.run(Root(), "compile", "--no-populate-cache", "--indirect-selection", "empty", "--select", chosen)
    build.refuse_failures(results)
    nodes = {result.node.unique_id: result.node for result in results}
    return Plan(
        tuple(
            Seed.of(node.relation_name, node.original_file_path, node.config.column_types)
            for node in nodes.values()
            if node.resource_type == "seed"
        ),
        tuple(
            Step(node.relation_name, node.config.materialized, node.compiled_code, _read_by(node, nodes))
            for node in map(nodes.__getitem__, _in_order(nodes))
            if node.resource_type == "model"
        ),
    )


@contextmanager
def database(root: Root, plan: Plan) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with the registries of a root and empty landing tables, ready for what is landed."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS egov; USE egov")
        run_seeds(connection, root, plan)
        tables.create(connection)
        yield connection


def run_seeds(connection: duckdb.DuckDBPyConnection, root: Root, plan: Plan) -> None:
    """Makes the schemas and the registries' tables, and opens what the steps are kept in."""
    if plan.views:
        connection.execute(f"ATTACH ? AS {_KEPT} (READ_ONLY)", [str(plan.views)])
    relations = [*(seed.relation for seed in plan.seeds), *(step.relation for step in plan.steps)]
    for schema in sorted({relation.rpartition(".")[0] for relation in relations}):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for seed in plan.seeds:
        read, values = seed.reading(root)
        connection.execute(f"CREATE TABLE {seed.relation} AS FROM {read}", values)


def run_steps(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Runs the models on what has been landed, each after all that it reads, and two at a time: most of the time that a
    model of one file takes is DuckDB's planning of it, which one core does."""
    steps = {step.relation: step for step in plan.steps}
    order = graphlib.TopologicalSorter({step.relation: step.reads for step in plan.steps})
    order.prepare()

    def run(relation: str) -> str:
        step = steps[relation]
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE {step.kind} {relation} AS {step.sql}")
        return relation

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        running = {pool.submit(run, relation) for relation in order.get_ready()}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for one in done:
                    order.done(one.result())
                running |= {pool.submit(run, relation) for relation in order.get_ready()}
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read_by(node: Any, nodes: dict[str, Any]) -> tuple[str, ...]:
    read = (nodes[name] for name in sorted(node.depends_on_nodes) if name in nodes)
    return tuple(one.relation_name for one in read if one.resource_type == "model")


def _in_order(nodes: dict[str, Any]) -> Iterable[str]:
    """Each node after all that it reads, always in the same order."""
    graph = {name: sorted(set(getattr(nodes[name], "depends_on_nodes", ())) & nodes.keys()) for name in sorted(nodes)}
    return graphlib.TopologicalSorter(graph).static_order()


def _as_views(plan: Plan) -> bytes:
    """A database with the SQL of each step as a view. A view is made over tables that are there: the steps are run, on
    nothing."""
    with tempfile.TemporaryDirectory() as folder, database(Root(), plan) as connection:
        path = Path(folder, "views.duckdb")
        connection.execute(f"ATTACH ? AS {_KEPT}", [str(path)])
        for schema in sorted({step.relation.split(".")[1] for step in plan.steps}):
            connection.execute(f"CREATE SCHEMA {_KEPT}.{schema}")
        run_steps(connection, plan)
        for step in plan.steps:
            connection.execute(f"CREATE VIEW {_view(step)} AS {step.sql}")
        connection.execute(f"DETACH {_KEPT}")
        return path.read_bytes()


def _view(step: Step) -> str:
    """The view that keeps a step: of its schema and name."""
    return ".".join((_KEPT, *step.relation.split(".")[1:]))


def _kept() -> tuple[Path, Path]:
    """Where the order of the steps is kept, and where their SQL."""
    folder, project = Root().warehouse / "plan", build.fingerprint(Root())
    return folder / f"{project}.order.json", folder / f"{project}.views.duckdb"


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))
