"""What all worlds are built with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .building import Builder, compiled


@pytest.fixture(scope="session")
def builder() -> Iterator[Builder]:
    builder = Builder(compiled())
    yield builder
    builder.let_go()
