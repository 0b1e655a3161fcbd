"""Files and folders put in place whole: a reader sees what was there before or what is new, never half of it.

Here: the moment of replacing. Not here: what is written (`warehouse.py`, `exports.py`, `dictionary.py`). One run works
on a root at a time, so what lies beside a target was left by a killed run and is cleared by the next.
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UserError
from ..files import clear, flush


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A path beside the target to write to; put in its place where the block ends well, and has not taken it away.

    Raises UserError where another program holds the target so that it cannot be replaced (on Windows).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_overs(target)
    beside = _beside(target, "new")
    try:
        yield beside
        if beside.exists():
            flush(beside)
            replace(beside, target)
            flush(target.parent)
    finally:
        _clear_left_overs(target)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside the target to fill; put in its place where the block ends well. Raises as `new_file`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    before = target.with_name(f".{target.name}.old")
    if before.exists() and not target.exists():
        replace(before, target)  # a run was killed between the two renames below
    _clear_left_overs(target)
    beside, before = _beside(target, "new"), _beside(target, "old")
    beside.mkdir()
    try:
        yield beside
        if target.exists() or target.is_symlink():
            replace(target, before)
        replace(beside, target)
        flush(target.parent)
    finally:
        _clear_left_overs(target)


def copy_folder(source: Path, target: Path) -> None:
    """Puts a copy of a folder in the place of the target. Raises as `new_file`."""
    with new_folder(target) as beside:
        shutil.copytree(source, beside, dirs_exist_ok=True)


def _beside(target: Path, what: str) -> Path:
    """A name beside the target that nothing has, not even what could not be cleared before."""
    path, number = target.with_name(f".{target.name}.{what}"), 2
    while path.exists() or path.is_symlink():
        path, number = target.with_name(f".{target.name}.{what}-{number}"), number + 1
    return path


def _clear_left_overs(target: Path) -> None:
    """What a killed run left beside a target, and what a database wrote beside it under its name (`….wal`)."""
    for what in ("new", "old"):
        for found in target.parent.glob(f".{glob.escape(target.name)}.{what}*"):
            clear(found)


def replace(source: Path, target: Path) -> None:
    """Gives a file or folder another name, in the place of what has it. Raises as `new_file`."""
    try:
        source.replace(target)
    except PermissionError as error:
        name = source.name if target.name.startswith(".") else target.name
        raise UserError(
            f"{name} in {target.parent} cannot be replaced, because another program holds it open. "
            "Close that program, then run again.",
            f"Không thay được {name} ở {target.parent} vì chương trình khác đang mở. "
            "Hãy đóng chương trình đó rồi chạy lại.",
        ) from error
