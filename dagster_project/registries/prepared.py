"""The registries made ready before anything is built: checked, and in plain form where dbt and DuckDB read them.

Here: what every command calls first, and the stamp by which it takes milliseconds where nothing has changed. Not here:
the checks (`gathering.py`) and the copy (`copying.py`).
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from ..files import bytes_of, clear, write_atomically
from ..root import Root
from .copying import copy_project, hashes_of_seeds, remove_copy
from .declared import DECLARATIONS
from .files import sources
from .mistakes import Mistake, Mistakes


def prepare(root: Root) -> list[Mistake]:
    """Checks the registries of a root, and makes a copy of the dbt project with them in plain form, unless the project
    as it lies holds just that. Gives the warnings. Raises Mistakes, before anything is written, where there are any."""
    stamp, now = _stamp(root), _fingerprint(root)
    if stamp.get("of") == now and _still_stands(root, stamp):
        return [Mistake(**{**one, "lines": tuple(one["lines"])}) for one in stamp["warnings"]]
    from .gathering import gather

    gathered = gather(root)
    wrong = [one for one in gathered.mistakes if not one.is_warning]
    if wrong:
        raise Mistakes([*wrong, *gathered.switched_off])
    if gathered.is_plain:
        remove_copy(root)
    else:
        copy_project(root, {f"{name}.csv": table.content() for name, table in gathered.tables.items()})
    new = {
        "of": now,
        "seeds": {} if gathered.is_plain else hashes_of_seeds(root),
        "warnings": [asdict(one) for one in gathered.mistakes],
    }
    if _path(root).is_dir():
        clear(_path(root))
    with contextlib.suppress(OSError):  # a folder that cannot be written costs the next command a tenth of a second
        write_atomically(_path(root), json.dumps(new, ensure_ascii=False, indent=1).encode())
    return gathered.mistakes


def rows(root: Root, name: str) -> list[dict[str, str]]:
    """The rows of one registry, with all its columns; where it is not prepared, as far as it can be understood."""
    stamp = _stamp(root)
    if stamp.get("of") != _fingerprint(root) or not (root.seeds / f"{name}.csv").exists():
        from .gathering import read_one

        return list(read_one(root, name).rows())
    with (root.seeds / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _still_stands(root: Root, stamp: dict) -> bool:
    """Whether what is built is what was checked; brings the rest of the copy up to date."""
    if not stamp["seeds"]:
        return not (root.warehouse / "dbt_project").exists()
    if hashes_of_seeds(root) != stamp["seeds"]:
        return False
    copy_project(root, None)
    return True


def _stamp(root: Root) -> dict:
    try:
        found = json.loads(bytes_of(_path(root)))
        return found if {"of", "seeds", "warnings"} <= found.keys() else {}
    except (OSError, ValueError, AttributeError):
        return {}


def _fingerprint(root: Root) -> str:
    """A hash of all that the checks look at, the checks themselves included."""
    digest = hashlib.sha256()
    listed = sorted(root.own_registries.iterdir()) if root.own_registries else []
    digest.update("\n".join(path.name for path in listed).encode())
    for path in (*sources(root), DECLARATIONS, *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(f"{path.name}\n".encode())
        with contextlib.suppress(OSError):  # what cannot be opened is a mistake, and such are never on record
            digest.update(bytes_of(path))
    return digest.hexdigest()


def _path(root: Root) -> Path:
    return root.warehouse / "registries.json"
