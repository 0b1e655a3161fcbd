"""The SQL of each model and test by itself: in bare DuckDB on ready tables, beside what dbt takes for it.

    python benchmarks/country/bare.py ROOT [--slowest 20]

ROOT has been built by `egov run`; a copy of its working database is worked on. Here: that comparison. Not here: what
dbt takes to begin and to end (the last line has it, as what is left of the whole).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.root import Root
from dagster_project.warehouse import build


@dataclass(frozen=True, slots=True)
class Node:
    """A model or a test with the seconds of each."""

    name: str
    kind: str
    by_dbt: float
    bare: float


def main() -> None:
    """Prints the slowest nodes, the sums of each kind, and the whole by the clock."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("root", type=Path)
    arguments.add_argument("--slowest", type=int, default=20)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(dir=given.root.resolve().parent) as folder:
        root = Root(Path(folder) / "root")
        shutil.copytree(given.root / "data", root.path / "data", ignore=shutil.ignore_patterns("published"))
        nodes, whole = _compared(root)
    print("| node | kind | dbt s | bare s | ratio |\n|---|---|---:|---:|---:|")
    for node in sorted(nodes, key=lambda one: -one.by_dbt)[: given.slowest]:
        print(_row(node.name, node.kind, node.by_dbt, node.bare))
    for kind in sorted({one.kind for one in nodes}):
        of_kind = [one for one in nodes if one.kind == kind]
        sums = sum(one.by_dbt for one in of_kind), sum(one.bare for one in of_kind)
        print(_row(f"all {len(of_kind)}, one after the other", kind, *sums))
    print(_row("all of it by the clock", "", whole, sum(one.bare for one in nodes)))


def _compared(root: Root) -> tuple[list[Node], float]:
    began = time.monotonic()
    results = build.run(root, "build", "--no-write-json", "--exclude-resource-type", "unit_test", "seed")
    whole = time.monotonic() - began
    build.refuse_failures(results)
    nodes = []
    with duckdb.connect(str(root.build_database)) as connection:
        connection.execute("CREATE SCHEMA bare")
        for one in results:
            kind = one.node.resource_type
            if kind == "model" and one.node.config.materialized == "view":
                continue
            began = time.monotonic()
            if kind == "model":
                connection.execute(f"CREATE TABLE bare.{one.node.name} AS ({one.node.compiled_code}\n)")
            else:
                connection.execute(f"SELECT count(*) FROM ({one.node.compiled_code}\n)").fetchall()
            nodes.append(Node(one.node.name, kind, one.execution_time, time.monotonic() - began))
    return nodes, whole


def _row(name: str, kind: str, by_dbt: float, bare: float) -> str:
    return f"| {name} | {kind} | {by_dbt:.2f} | {bare:.2f} | {by_dbt / bare if bare else 0:.1f} |"


if __name__ == "__main__":
    main()
