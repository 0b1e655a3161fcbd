"""What several tests stand on: a root with the decision of 2020, and its warehouse built once for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing


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
