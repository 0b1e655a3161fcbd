"""Which files the registries of a root are made of. Not here: opening them, and what of them counts: `gathering.py`."""

from __future__ import annotations

from pathlib import Path

from ..root import REPOSITORY, Root

REPOSITORYS = REPOSITORY / "dbt_project" / "seeds"
ADDED = ("labels", "decision_texts")  # a root's own file adds to the repository's, and takes the place of no file


def own_files(root: Root) -> dict[str, Path]:
    """The registries that a root brings, by name; found without the declarations, which take time to load."""
    if root.own_registries is None:
        return {}
    found = (path for path in sorted(root.own_registries.iterdir()) if path.suffix.lower() == ".csv")
    return {path.stem.lower(): path for path in found if (REPOSITORYS / f"{path.stem.lower()}.csv").exists()}


def common_file(name: str) -> Path:
    """The repository's own file of a registry."""
    return REPOSITORYS / f"{name}.csv"


def sources(root: Root) -> list[Path]:
    """The files that the registries of a root are made of: each its own or the repository's; both of what is added."""
    own = own_files(root)
    files = []
    for common in sorted(REPOSITORYS.glob("*.csv")):
        if common.stem not in own or common.stem in ADDED:
            files.append(common)
        if common.stem in own:
            files.append(own[common.stem])
    return files
