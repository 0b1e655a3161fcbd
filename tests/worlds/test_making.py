"""Worlds themselves: the same for a seed, varied, and made smaller to what matters."""

from __future__ import annotations

from .making import make
from .shrinking import smallest
from .world import Summary, World


def test_a_seed_is_a_world():
    assert make(7) == make(7) and make(7) != make(8)


def test_worlds_hold_what_submissions_hold():
    """Each kind of oddity is in some of fifty worlds; none of them is in all."""
    worlds = [make(seed) for seed in range(50)]
    for oddity in ODDITIES:
        assert 0 < sum(map(oddity, worlds)) < len(worlds)


def test_a_world_is_made_smaller_to_the_row_that_matters():
    world = next(world for world in map(make, range(50)) if len(world.files) > 5 and list(_rows(world)))
    wanted = next(_rows(world)).name
    small = smallest(world, lambda part: any(row.name == wanted for row in _rows(part)), 1000)
    assert [row.name for row in _rows(small)] == [wanted] and len(small.files) == 1 and small.registries == ()


def _rows(world: World):
    return (row for file in world.files for _, row in file.rows())


ODDITIES = (
    lambda world: any(row.rank == "2.5" for row in _rows(world)),
    lambda world: any(row.rank == "999" for row in _rows(world)),
    lambda world: any(len(score) > 18 for row in _rows(world) for score in row.scores),
    lambda world: any(row.unit is None for row in _rows(world)),
    lambda world: any(file.province is None and any(file.rows()) for file in world.files),
    lambda world: any(file.received_on is None for file in world.files),
    lambda world: any(file.raw for file in world.files),
    lambda world: any(not table.rows for file in world.files for table in file.tables),
    lambda world: any(isinstance(table, Summary) for file in world.files for table in file.tables),
    lambda world: len({file.tables for file in world.files if file.tables}) < sum(bool(f.tables) for f in world.files),
    lambda world: bool(world.lines("aliases")),
    lambda world: bool(world.lines("corrections")),
    lambda world: len({file.year for file in world.files}) > 1,
)
