"""Two engines, one project: every mart that Sail builds is the one that DuckDB builds, cell by cell, with its types.

Here: the decision, the years before and after it, other indices, replies and corrections, and a few random worlds.
With SPARK_REMOTE it is that server which is held against DuckDB. `make parity` says what was compared, and how long
each took.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from worlds.making import make
from worlds.writing import put

from dagster_project import registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing, spark

MISSING = [name for name in ("dbt.adapters.spark", "pyspark") if importlib.util.find_spec(name) is None]
if not os.environ.get("SPARK_REMOTE") and importlib.util.find_spec("pysail") is None:
    MISSING.append("pysail")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"the extra spark is not installed: {', '.join(MISSING)}"),
]

WITHOUT_UNIT_TESTS = ("build", "--no-write-json", "--exclude-resource-type", "unit_test")


def copied(folder: Path) -> Callable[[Path], Root]:
    def make_root(path: Path) -> Root:
        shutil.copytree(folder / "data" / "submissions", path / "data" / "submissions")
        if (folder / "registries").is_dir():
            shutil.copytree(folder / "registries", path / "registries")
        return Root(path)

    return make_root


def world(seed: int) -> Callable[[Path], Root]:
    return lambda path: put(make(seed), path)


ROOTS = {
    "decision": copied(REPOSITORY),
    "un-egdi": copied(REPOSITORY / "examples" / "un-egdi"),
    "dti": copied(REPOSITORY / "examples" / "dti"),
    "phu-tho": copied(REPOSITORY / "examples" / "phu-tho"),
    **{f"world {seed}": world(seed) for seed in (11, 15, 103, 107)},  # with corrections, drafts, mergers, replies
}


def timed(root: Root, engine: str) -> float:
    """Builds and tests a landed root on an engine; the seconds."""
    since = time.monotonic()
    manifest = build.read_manifest(root)
    if engine == build.DUCKDB:
        build.refuse_failures(build.run(root, *WITHOUT_UNIT_TESTS))
    else:
        with spark.building(root, manifest):
            build.refuse_failures(build.run(root, *WITHOUT_UNIT_TESTS, engine=engine))
    return time.monotonic() - since


def described(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple]:
    """The columns of the contract: types, what may be empty, and what they mean."""
    return connection.execute(
        "SELECT table_name, column_index, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' ORDER BY ALL",
        [database],
    ).fetchall()


@pytest.mark.parametrize("name", ROOTS)
def test_every_mart_is_the_same_on_both_engines(name: str, tmp_path: Path, capsys: pytest.CaptureFixture):
    here, there = ROOTS[name](tmp_path / "here"), ROOTS[name](tmp_path / "there")
    seconds = {}
    for root, engine in ((here, build.DUCKDB), (there, spark.ENGINE)):
        registries.prepare(root)
        root.warehouse.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(root.build_database)) as connection:
            landing.land(connection, root)
        seconds[engine] = timed(root, engine)
    with duckdb.connect() as connection:
        for database, root in (("here", here), ("there", there)):
            connection.execute(f"ATTACH '{root.build_database}' AS {database} (READ_ONLY)")
        columns = described(connection, "here")
        assert columns == described(connection, "there")
        rows = cells = 0
        differing = {}
        tables = sorted({column[0] for column in columns})
        for table in tables:
            one, other = f"here.main.{table}", f"there.main.{table}"
            sides = [
                connection.execute(f"SELECT count(*) FROM (FROM {a} EXCEPT ALL FROM {b})").fetchall()[0][0]
                for a, b in ((one, other), (other, one))
            ]
            if any(sides):
                differing[table] = sides
            count = connection.execute(f"SELECT count(*) FROM {one}").fetchall()[0][0]
            rows, cells = rows + count, cells + count * sum(column[0] == table for column in columns)
    with capsys.disabled():
        print(
            f"\n{name}: {len(tables)} marts, {rows} rows, {cells} cells, {len(differing)} differ; "
            + ", ".join(f"{engine} {spent:.0f} s" for engine, spent in seconds.items())
        )
    assert not differing
    assert cells > 1000
