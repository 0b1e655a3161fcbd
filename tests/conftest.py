"""What several tests stand on, made once for all of them and for all the processes that they run in.

Here: the decision of 2020 as `egov run` leaves it, and the project as dbt compiles it. A build by dbt costs twenty
seconds and the models on one file, without dbt, two: a test that asks nothing of dbt takes `build_in_memory`. What is
made once is read by all and changed by nobody: who wants to change it copies it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from compiled import Compiled, compiled
from filelock import FileLock

from dagster_project import cli, registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all processes that these tests run in, and of no others (pytest-xdist gives each one inside)."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def once(shared: Path) -> Callable[[str, Callable[[Path], object]], Path]:
    """Gives the folder of that name; whoever asks first makes what is in it, and the others wait for that."""

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder, made = shared / name, shared / f"{name}.made"
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # of one who failed
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def alone(shared: Path) -> Callable[[str], FileLock]:
    """To hold, by its name, what all processes share beside their own folders while it must not change."""
    return lambda name: FileLock(shared / f"{name}.lock")


@pytest.fixture(scope="session")
def run_of_2020(once: Callable[..., Path]) -> Root:
    """A root in a folder with a space and Vietnamese letters, with the submissions and the ledger of the repository,
    run once, and whole."""

    def run(folder: Path) -> None:
        shutil.copytree(REPOSITORY / "data" / "submissions", Root(folder).submissions)
        assert cli.invoke(["--root", str(folder), "run"]) == 0

    return Root(once("kho dữ liệu", run))


@pytest.fixture(scope="session")
def warehouse_of_2020(run_of_2020: Root) -> Path:
    """The build database of the decision of 2020, whole and tested by dbt."""
    return run_of_2020.build_database


@pytest.fixture(scope="session")
def land_and_build() -> Callable[[Root], None]:
    """Lands a root's submissions and builds and tests it by dbt, as a run does; the unit tests need no data."""

    def land_and_build(root: Root) -> None:
        registries.prepare(root)
        root.warehouse.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(root.build_database)) as connection:
            landing.land(connection, root)
        build.refuse_failures(build.run(root, "build", "--no-write-json", "--exclude-resource-type", "unit_test"))

    return land_and_build


@pytest.fixture(scope="session")
def of_dbt(once: Callable[..., Path]) -> Compiled:
    """The repository's project as dbt compiles it."""

    def compile(folder: Path) -> None:
        (folder / "compiled.json").write_text(compiled().to_json(), "utf-8")

    return Compiled.from_json((once("compiled", compile) / "compiled.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def build_in_memory(of_dbt: Compiled) -> Callable[[Root], duckdb.DuckDBPyConnection]:
    """Lands a root's submissions and runs the models on them as dbt compiled them, in two seconds and without dbt's
    tests; gives the database."""

    def build_in_memory(root: Root) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute("ATTACH ':memory:' AS egov; USE egov")
        of_dbt.run(root, connection)
        return connection

    return build_in_memory
