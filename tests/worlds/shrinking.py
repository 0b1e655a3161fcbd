"""The smallest part of a world in which a law still fails.

Here: leaving out files, tables, rows and registries, as long as the same thing goes wrong. Not here: what is wrong. (It
is no work for Hypothesis, which would make the world anew from a smaller choice: what is left out here leaves all else
as it was.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from .world import Table, World


def smallest(world: World, fails: Callable[[World], bool], tries: int) -> World:
    """The world, made smaller as long as it fails and there are tries left."""
    candidates = _smaller(world)
    for _ in range(tries):
        if (candidate := next(candidates, None)) is None:
            break
        if fails(candidate):
            world, candidates = candidate, _smaller(candidate)
    return world


def _smaller(world: World) -> Iterator[World]:
    """Worlds with less in them: half of the files first, then file by file, then what stands in them."""
    half = len(world.files) // 2
    if half > 1:
        yield replace(world, files=world.files[:half])
        yield replace(world, files=world.files[half:])
    for at in range(len(world.files) if len(world.files) > 1 else 0):
        yield replace(world, files=_without(world.files, at))
    if world.registries:
        yield replace(world, registries=())
    for at, file in enumerate(world.files):
        for smaller in _smaller_tables(file.tables):
            files = (*world.files[:at], replace(file, tables=smaller), *world.files[at + 1 :])
            yield replace(world, files=files)


def _smaller_tables(tables: tuple) -> Iterator[tuple]:
    if len(tables) > 1:
        yield from (_without(tables, at) for at in range(len(tables)))
    for at, table in enumerate(tables):
        rows = table.rows
        plainer = [replace(table, rows=_without(rows, row)) for row in range(len(rows) if len(rows) > 1 else 0)]
        if isinstance(table, Table) and (table.has_notes or table.cites):
            plainer.append(replace(table, has_notes=False, cites=""))
        yield from ((*tables[:at], one, *tables[at + 1 :]) for one in plainer)


def _without(parts: tuple, at: int) -> tuple:
    return (*parts[:at], *parts[at + 1 :])
