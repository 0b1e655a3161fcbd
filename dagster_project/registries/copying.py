"""The copy of the dbt project that is built where the registries as they lie are not what is to be built.

Here: that copy, kept up to date. Not here: what the registries in it hold (`gathering.py`). dbt overwrites seeds that
lie outside of its project, so they are put into a copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..files import clear, sha256_of, write_atomically
from ..root import REPOSITORY, Root

_GENERATED = ("target", "logs", "seeds")


def copy_project(root: Root, seeds: Mapping[str, bytes] | None) -> None:
    """Makes the copy hold the project and these registries; without `seeds`, those that it holds already. Files that
    have not changed are left alone, so that dbt takes them for unchanged too."""
    copy = root.warehouse / "dbt_project"
    _mirror(_files(REPOSITORY / "dbt_project", _GENERATED), copy, _GENERATED)
    _mirror(_files(REPOSITORY / "expectations"), root.warehouse / "expectations")
    if seeds is not None:
        _mirror(seeds, copy / "seeds")


def hashes_of_seeds(root: Root) -> dict[str, str]:
    """By name the SHA-256 of each registry that the copy holds."""
    seeds = root.warehouse / "dbt_project" / "seeds"
    return {path.name: sha256_of(path) for path in sorted(seeds.glob("*")) if path.is_file()}


def remove_copy(root: Root) -> None:
    """Takes away a copy that is no longer to be built."""
    for name in ("dbt_project", "expectations"):
        clear(root.warehouse / name)


def _files(folder: Path, without: tuple[str, ...] = ()) -> dict[str, bytes]:
    """The content of all files below a folder, by their paths, without some of its own folders and hidden files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in without and not path.name.startswith(".")
    }


def _mirror(files: Mapping[str, bytes], folder: Path, leave: tuple[str, ...] = ()) -> None:
    """Makes a folder hold these files and no others, but for some of its own folders; touches what differs only."""
    folder.mkdir(parents=True, exist_ok=True)
    present = _files(folder, leave)
    for name in present.keys() - files.keys():
        (folder / name).unlink()
    for name, content in files.items():
        if present.get(name) != content:
            if (folder / name).is_dir():
                clear(folder / name)
            write_atomically(folder / name, content)
