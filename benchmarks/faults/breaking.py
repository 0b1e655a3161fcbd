"""Every kind of file that a run makes, damaged in every way, and whether the next run heals it.

Here: files, ways and the verdict. What is truth (submissions, ledger, registries, kept publications) is not touched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from world import World

from dagster_project import last_run
from dagster_project.root import Root

_TRUTH = ("kept", "taken_back")


def _gone(path: Path, random: Random) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _empty(path: Path, random: Random) -> None:
    _gone(path, random)
    path.write_bytes(b"")


def _cut(path: Path, random: Random) -> None:
    content = path.read_bytes() if path.is_file() else b""
    _empty(path, random)
    path.write_bytes(content[: random.randint(0, len(content))])


def _noise(path: Path, random: Random) -> None:
    """A page of noise somewhere inside, the rest as it was."""
    content = bytearray(path.read_bytes() if path.is_file() else b"")
    at = random.randint(0, max(len(content) - 4096, 0))
    content[at : at + 4096] = random.randbytes(4096)
    _empty(path, random)
    path.write_bytes(content)


def _other_shape(path: Path, random: Random) -> None:
    _empty(path, random)
    path.write_text(random.choice(['{"inputs": {"years": [1]}}', "[]", "null", '{"publication": 7, "files": []}', "0"]))


def _folder(path: Path, random: Random) -> None:
    _gone(path, random)
    path.mkdir()
    (path / "in the way").write_text("SYNTHETIC")


def _link_to_itself(path: Path, random: Random) -> None:
    _gone(path, random)
    path.symlink_to(path.name)


def _pipe(path: Path, random: Random) -> None:
    _gone(path, random)
    os.mkfifo(path)


WAYS: dict[str, Callable[[Path, Random], None]] = {
    "gone": _gone,
    "empty": _empty,
    "cut": _cut,
    "noise": _noise,
    "another shape": _other_shape,
    "a folder": _folder,
    "a link to itself": _link_to_itself,
    "a pipe": _pipe,
}


@dataclass(frozen=True, slots=True)
class Damaged:
    """One file damaged in one way. is_noticed: a run would build all again for it alone, where it is published (what
    runs make for themselves need not be, as long as it heals). is_told: the next run said nothing that no person should
    see."""

    file: str
    way: str
    is_noticed: bool
    is_healed: bool
    is_told: bool


def files(root: Root) -> list[Path]:
    """All that a run has made, of what stands: files and folders near the top each, below them one of each suffix."""
    found: dict[tuple[str, ...], Path] = {}
    for top in (root.warehouse, root.published, (root.published / "current").resolve()):
        for path in sorted(top.rglob("*")):
            parts = path.relative_to(top).parts
            if parts[0] in _TRUTH or (parts[0] == "publications" and len(parts) > 1):
                continue
            kind = parts if len(parts) <= 2 and parts[0] != "exports" else (parts[0], path.suffix)
            if path.is_file() or len(parts) <= 2:
                found.setdefault((str(top), *kind), path)
    return list(found.values())


def damaged(world: World, number: int, seed: int) -> Iterator[Damaged]:
    """Damages one file in one way, runs, looks; so many of them by the seed."""
    random = Random(seed)
    world.put_back()
    chosen = [(path.relative_to(world.root.path), way) for path in files(world.root) for way in WAYS]
    for file, way in random.sample(chosen, number):
        yield from _tried(world, [file], way, random)


def all_damaged(world: World, seed: int) -> Iterator[Damaged]:
    """Each file in each way; in one run all of which none lies in another."""
    random = Random(seed)
    world.put_back()
    layers: dict[int, list[Path]] = {}
    for path in files(world.root):
        layers.setdefault(len(path.relative_to(world.root.path).parts), []).append(path.relative_to(world.root.path))
    for way in WAYS:
        for layer in layers.values():
            yield from _tried(world, layer, way, random)


def _tried(world: World, chosen: list[Path], way: str, random: Random) -> list[Damaged]:
    """Damages all of them at once. Where that does not heal, or the run clears all that earlier ones made, which hides
    what each has done, half of them and then the other."""
    world.put_back()
    noticed = {file: _is_noticed(world, file, way, random) for file in chosen}
    for file in chosen:
        WAYS[way](world.root.path / file, random)
    ended = world.run()
    is_healed = ended.code == 0 and world.is_healed()
    if len(chosen) > 1 and (not is_healed or not ended.is_told or "all is made anew" in ended.out):
        half = len(chosen) // 2
        return _tried(world, chosen[:half], way, random) + _tried(world, chosen[half:], way, random)
    return [Damaged(file.as_posix(), way, noticed[file], is_healed, ended.is_told) for file in chosen]


def _is_noticed(world: World, file: Path, way: str, random: Random) -> bool:
    if world.root.published not in (world.root.path / file).parents:
        return True
    WAYS[way](world.root.path / file, random)
    why = " ".join(last_run.due(world.root).why)
    world.put_back_one(file)
    return "what is published" in why or "published files" in why
