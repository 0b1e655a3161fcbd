"""A run on disks of several sizes, each a small tmpfs: what is too little is told, and leaves what stood.

Here: mounting, running, the verdict. Where no file system may be mounted, nothing is measured, and that is said.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from world import NEVER, World

SIZES = (5, 8, 13, 40, 70, 90)  # MB free before a run


@dataclass(frozen=True, slots=True)
class Ran:
    """One run on a disk with so much free. is_sound: it completed, or said that the disk is full and how much a run
    needs, left what stood, and no more than it had found."""

    free: int
    code: int
    is_sound: bool


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[bool]:
    """A tmpfs of that size at the folder; whether it could be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        is_mounted = False
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], capture_output=True, check=False)


def ran(world: World, free: int) -> Ran | None:
    """A run with so many MB free, on the world as the second file has arrived; None where nothing can be mounted."""
    world.put_back()
    data = world.root.path / "data"
    aside = data.with_name("data.aside")
    data.rename(aside)
    size = -(-sum(path.stat().st_size for path in aside.rglob("*") if path.is_file() and not path.is_symlink()) >> 20)
    try:
        with mounted(data, size + free + 2) as is_mounted:
            if not is_mounted:
                return None
            shutil.copytree(aside, data, symlinks=True, dirs_exist_ok=True)
            wanted = shutil.disk_usage(data).free - (free << 20)
            (data / "ballast").write_bytes(bytes(max(wanted, 0)))
            ended = world.run()
            is_told = ended.code == 0 or ("The disk is full: a run needs about" in ended.err)
            is_clean = not any(words in ended.out + ended.err for words in NEVER)
            hidden = list((world.root.published / "publications").glob(".*"))
            is_sound = is_told and is_clean and world.is_whole() and not hidden
            return Ran(free, ended.code, is_sound)
    finally:
        shutil.rmtree(data)
        aside.rename(data)
