"""A root of its own for each test of this folder."""

from __future__ import annotations

import pytest
from scene import Scene


@pytest.fixture
def scene(tmp_path, build_in_memory) -> Scene:
    return Scene(tmp_path, build_in_memory)
