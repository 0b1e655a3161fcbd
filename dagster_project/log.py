"""The log of unexpected errors: what a developer needs and no user wants to see. Not here: findings, refusals."""

from __future__ import annotations

import contextlib
from datetime import datetime

from .files import clear
from .root import Root


def write_down(root: Root, what: str, details: str) -> None:
    """Adds an entry to the root's log; where that cannot be written either, the entry is lost and nothing else."""
    with contextlib.suppress(OSError):
        root.log.parent.mkdir(parents=True, exist_ok=True)
        if root.log.exists() and not root.log.is_file():
            clear(root.log)
        with root.log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {what}\n{details.rstrip()}\n\n")
