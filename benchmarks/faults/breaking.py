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
    """One file damaged in one way. is_told: the next run said nothing that no person should see."""

    file: str
    way: str
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


def damaged(world: World, number: int | None, seed: int) -> Iterator[Damaged]:
    """Damages one file in one way, runs, looks; so many of them by the seed, or all."""
    random = Random(seed)
    world.put_back()
    chosen = [(path.relative_to(world.root.path), way) for path in files(world.root) for way in WAYS]
    for file, way in random.sample(chosen, number) if number else chosen:
        world.put_back()
        WAYS[way](world.root.path / file, random)
        ended = world.run()
        yield Damaged(file.as_posix(), way, ended.code == 0 and world.is_healed(), ended.is_told)
