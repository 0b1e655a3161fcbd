"""Files and folders put in place whole: a reader sees what was there before or what is new, never half of it.

Here: the moment of replacing. Not here: what is written (`warehouse.py`, `exports.py`, `dictionary.py`). One run works
on a root at a time, so the names beside a target are fixed, and what a killed run left there is cleared by the next.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UserError


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A path beside the target to write to; put in its place where the block ends well, and has not taken it away.

    Raises UserError where another program holds the target so that it cannot be replaced (on Windows).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(target, "new")
    _clear(beside)
    try:
        yield beside
        if beside.exists():
            _flush(beside)
            _replace(beside, target)
            _flush(target.parent)
    finally:
        _clear(beside)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside the target to fill; put in its place where the block ends well. Raises as `new_file`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside, before = _beside(target, "new"), _beside(target, "old")
    if before.exists() and not target.exists():
        before.replace(target)  # a run was killed between the two renames below
    _clear(beside)
    _clear(before)
    beside.mkdir()
    try:
        yield beside
        if target.exists():
            _replace(target, before)
        _replace(beside, target)
        _flush(target.parent)
    finally:
        _clear(beside)
        _clear(before)


def copy_folder(source: Path, target: Path) -> None:
    """Puts a copy of a folder in the place of the target. Raises as `new_file`."""
    with new_folder(target) as beside:
        shutil.copytree(source, beside, dirs_exist_ok=True)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except PermissionError as error:
        name = source.name if target.name.startswith(".") else target.name
        raise UserError(
            f"{name} in {target.parent} cannot be replaced, because another program holds it open. "
            "Close that program, then run again."
        ) from error


def _clear(path: Path) -> None:
    """Removes it, and what a database wrote beside it under its name (`….wal`)."""
    for found in path.parent.glob(f"{path.name}*"):
        if found.is_dir():
            shutil.rmtree(found, ignore_errors=True)
        else:
            found.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """What was written is on the disk; of a folder, its names. Windows has no such call for folders."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
