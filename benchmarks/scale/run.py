"""How long the models take on each engine and what memory they need, by cells.

    run.py ROOT ENGINE [--memory 1GB]     reads the files of a root where that has not been done, and builds all tables;
                                          a line of JSON

Roots of any size are made by benchmarks/country/run.py (SYNTHETIC). ENGINE: duckdb or spark, which is Sail in this
process or, with SPARK_REMOTE, that server, whose memory `with_spark.py` tells. --memory: what DuckDB may take; beyond
that it writes on the disk. Only models are measured: no tests, no pages.

Here: the watch. Not here: making files (`benchmarks/country`), and whether both say the same (`tests/parity`).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path

import duckdb

from dagster_project import registries
from dagster_project.root import Root
from dagster_project.warehouse import build, landing, spark, tables

COMMAND = ("build", "--no-write-json", "--resource-type", "seed", "--resource-type", "model")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("root", type=Path)
    arguments.add_argument("engine", choices=[build.DUCKDB, spark.ENGINE])
    arguments.add_argument("--memory")
    given = arguments.parse_args()
    root, engine = Root(given.root.resolve()), given.engine
    registries.prepare(root)
    root.warehouse.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(root.build_database)) as connection:
        landing.land(connection, root)
        cells = connection.execute(f"SELECT count(*) FROM {tables.SCHEMA}.score_cells").fetchall()[0][0]
    manifest = build.read_manifest(root)
    if given.memory:
        duckdb.connect = _limited(given.memory)
    since = time.monotonic()
    with spark.building(root, manifest) if engine == spark.ENGINE else nullcontext():
        build.refuse_failures(build.run(root, *COMMAND, engine=engine))
    measured = {
        "cells": cells,
        "engine": engine,
        "memory": given.memory,
        "seconds": round(time.monotonic() - since, 1),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(measured))


def _limited(memory: str) -> Callable[..., duckdb.DuckDBPyConnection]:
    """DuckDB's `connect`, as dbt calls it, with a limit of memory."""
    connect = duckdb.connect

    def limited(*place: str, config: Mapping[str, str] | None = None, **more: bool) -> duckdb.DuckDBPyConnection:
        return connect(*place, config={**(config or {}), "memory_limit": memory}, **more)

    return limited


if __name__ == "__main__":
    main()
