"""What the last `egov add` really added, so that `--undo` takes back that, and nothing that somebody added long before.

Here: the record of it, `data/warehouse/last_add.json`. Not here: adding and taking back (`adding.py`).
"""

from __future__ import annotations

import json
from pathlib import Path

from ..files import bytes_of, write_atomically
from ..root import Root

Lines = list[tuple[str, str]]  # of the ledger: file and SHA-256


def begin(root: Root) -> None:
    """A command begins to add: what the one before it added stays."""
    _write(root, [])


def note(root: Root, file: str, sha256: str) -> None:
    """A line of the ledger that is about to be written."""
    _write(root, [*(added(root) or []), (file, sha256)])


def added(root: Root) -> Lines | None:
    """The lines that the last command added; None where it is not known, because nothing has been added yet or the
    folder of what can be made again was cleared."""
    try:
        return [(str(file), str(sha256)) for file, sha256 in json.loads(bytes_of(_path(root)))["added"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(root: Root, lines: Lines) -> None:
    write_atomically(_path(root), json.dumps({"added": lines}, ensure_ascii=False, indent=1).encode())


def _path(root: Root) -> Path:
    return root.warehouse / "last_add.json"
