"""All laws in a few worlds, at each run of the tests; in many, in the slow ones.

WORLDS_SEED: one world and nothing else. WORLDS_FROM, WORLDS_COUNT: which and how many the slow ones take. WORLDS_TRIES:
how often a failing world is built again to make it smaller (two seconds each); 0: it is only told.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import between, truth, within
from .building import Builder, Stopped
from .making import make
from .shrinking import smallest
from .within import Law
from .world import World
from .writing import content, put

ONE = [int(os.environ["WORLDS_SEED"])] if "WORLDS_SEED" in os.environ else []
FROM, COUNT = int(os.environ.get("WORLDS_FROM", "100")), int(os.environ.get("WORLDS_COUNT", "100"))
FEW = ONE or [11, 15]
FEWER = ONE or [11]
MANY = ONE or range(FROM, FROM + COUNT)
TRIES = int(os.environ.get("WORLDS_TRIES", "40"))
LAWS = within.LAWS + truth.LAWS + between.LAWS


# A law's worlds one after another, and all laws of a world together: it is built once.
@pytest.mark.parametrize("law", within.LAWS + truth.LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("seed", FEW)
def test_a_build_holds(law: Law, seed: int, builder: Builder) -> None:
    hold(law, make(seed), builder)


@pytest.mark.parametrize("law", between.LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("seed", FEWER)
def test_two_builds_agree(law: Law, seed: int, builder: Builder) -> None:
    hold(law, make(seed), builder)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@pytest.mark.parametrize("seed", MANY)
def test_many_worlds_hold(law: Law, seed: int, builder: Builder) -> None:
    hold(law, make(seed), builder)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY[:: max(1, len(MANY) // 10)])
def test_dbt_builds_a_world_and_its_tests_hold(seed: int, tmp_path: Path, land_and_build) -> None:
    land_and_build(put(make(seed), tmp_path))


def hold(law: Law, world: World, builder: Builder) -> None:
    """Fails where the law does not hold in a world, with the smallest part of it that shows the same."""
    if violations := list(violated(law, world, builder)):
        what = _kind(violations[0])
        small = smallest(world, lambda smaller: what in map(_kind, violated(law, smaller, builder)), TRIES)
        pytest.fail(_told(law, world, violations, small, builder), pytrace=False)


def violated(law: Law, world: World, builder: Builder) -> Iterator[str]:
    """The violations of a law; of a world that cannot be built, that one."""
    try:
        yield from law(builder, world)
    except Stopped as stopped:
        yield f"the run stops: {stopped}"


def _kind(violation: str) -> str:
    return violation.partition(": ")[0]


def _told(law: Law, world: World, violations: list[str], small: World, builder: Builder) -> str:
    kinds = list({_kind(one): one for one in reversed(violations)}.values())[:5]
    shown = next((one for one in violated(law, small, builder) if _kind(one) == _kind(violations[0])), "")
    files = [
        f"--- {file.path}, {file.kind}, received {file.received_on}, from '{file.sender}'\n{content(file)}"
        for file in small.files
    ]
    return "\n".join(
        (
            f"{law.__name__}: {' '.join((law.__doc__ or '').split())}",
            *(f"  {one}" for one in kinds),
            f"The smallest part of the world {world.seed} that shows the first: {shown}",
            *files,
            *(f"+++ {registry}: {dict(values)}" for registry, values in small.registries),
            f"Again: WORLDS_SEED={world.seed} .venv/bin/python -m pytest tests/worlds -k {law.__name__}",
        )
    )
