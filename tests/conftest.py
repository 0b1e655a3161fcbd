"""What several tests stand on: a root with the decision of 2020, and its warehouse built once for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project import registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing, plan, tables


@pytest.fixture(scope="session")
def root_of_2020(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """A project folder of its own with the submissions and the ledger of the repository."""
    root = Root(tmp_path_factory.mktemp("root"))
    shutil.copytree(REPOSITORY / "data" / "submissions", root.submissions)
    return root


@pytest.fixture(scope="session")
def land_and_build() -> Callable[..., list]:
    """Lands a root's submissions and runs dbt on them; gives the result of each node."""

    def land_and_build(root: Root, *command: str) -> list:
        root.warehouse.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(root.build_database)) as connection:
            landing.land(connection, root)
        return build.run(root, *(command or ("build", "--exclude-resource-type", "unit_test")))

    return land_and_build


@pytest.fixture(scope="session")
def warehouse_of_2020(root_of_2020: Root, land_and_build: Callable[..., list]) -> Path:
    """The build database of the decision of 2020, whole and tested by dbt."""
    build.refuse_failures(land_and_build(root_of_2020))
    return root_of_2020.build_database


@pytest.fixture(scope="session")
def build_in_memory() -> Callable[[Root], duckdb.DuckDBPyConnection]:
    """Lands a root's submissions and runs the models on them as dbt compiled them, in a second and without dbt's tests;
    gives the database."""
    marts = sorted((REPOSITORY / "dbt_project" / "models" / "marts").glob("*.sql"))
    steps = plan.compiled([path.stem for path in marts])

    def build_in_memory(root: Root) -> duckdb.DuckDBPyConnection:
        registries.prepare(root)
        connection = duckdb.connect()
        connection.execute("ATTACH ':memory:' AS egov; USE egov")
        plan.run_seeds(connection, root, steps)
        tables.create(connection)
        landing.land(connection, root)
        plan.run_steps(connection, steps)
        return connection

    return build_in_memory
