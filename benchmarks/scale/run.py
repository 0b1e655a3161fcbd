"""How long the models take on each engine and what memory they need, by cells.

    run.py ROOT ENGINE     reads the files of a root where that has not been done, and builds all tables; a line of JSON

Roots of any size are made by benchmarks/country/run.py (SYNTHETIC). ENGINE: duckdb or spark, which is Sail in this
process or, with SPARK_REMOTE, that server, whose memory is not seen here. Only models are measured: no tests, no pages.

Here: the watch. Not here: making files (`benchmarks/country`), and whether both say the same (`tests/parity`).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
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
    given = arguments.parse_args()
    root, engine = Root(given.root.resolve()), given.engine
    registries.prepare(root)
    root.warehouse.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(root.build_database)) as connection:
        landing.land(connection, root)
        cells = connection.execute(f"SELECT count(*) FROM {tables.SCHEMA}.score_cells").fetchall()[0][0]
    manifest = build.read_manifest(root)
    since = time.monotonic()
    with spark.building(root, manifest) if engine == spark.ENGINE else nullcontext():
        build.refuse_failures(build.run(root, *COMMAND, engine=engine))
    measured = {
        "cells": cells,
        "engine": engine,
        "seconds": round(time.monotonic() - since, 1),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
