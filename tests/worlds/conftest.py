"""What all worlds are built with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from compiled import Compiled

from .building import Builder


@pytest.fixture(scope="session")
def builder(of_dbt: Compiled) -> Iterator[Builder]:
    builder = Builder(of_dbt)
    yield builder
    builder.let_go()
