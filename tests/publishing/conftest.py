"""What several tests of what is published stand on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dagster_project.publishing.publication import SITE, WAREHOUSE
from dagster_project.publishing.site.writing import write_site
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish


@pytest.fixture(scope="session")
def published_of_2020(once: Callable[..., Path], warehouse_of_2020: Path) -> Path:
    """A folder with the published warehouse of the decision of 2020 and its site, for reading."""

    def make(folder: Path) -> None:
        publish(warehouse_of_2020, folder / WAREHOUSE, FOLDER)
        write_site(folder / WAREHOUSE, folder / SITE, None)

    return once("trang công bố", make)
