"""Room on the disk: how much a run needs, and what to say where there is less.

Here: the estimate and the sentence. Not here: noticing that the disk is full (`errors.py`), and clearing up after it
(`defs/launch.py`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .errors import UserError
from .publishing.publication import standing
from .root import Root

_MB = 1 << 20
# Measured on a first run of one decision, where nothing is there yet: the working database, what dbt and Dagster
# write, and the publication.
_FIRST = 105 * _MB
# What a later run needs beside a new working database and a new publication.
_BESIDE = 25 * _MB


def needed(root: Root) -> int:
    """The bytes that a run needs to be free: what the last one took, or what a first one takes."""
    now = standing(root.published)
    if now is None or not root.build_database.is_file():
        return _FIRST
    return root.build_database.stat().st_size + sum(file.size for file in now.files.values()) + _BESIDE


def refuse_too_little(root: Root) -> None:
    """Raises UserError where less is free than a run needs, before it has written anything."""
    free = min(shutil.disk_usage(folder).free for folder in _folders(root))
    if free < needed(root):
        raise too_little(root)


def too_little(root: Root) -> UserError:
    """The sentence: how much is free, and how much there must be."""
    free = min(shutil.disk_usage(folder).free for folder in _folders(root)) // _MB
    wanted = -(-needed(root) // _MB)
    return UserError(
        f"The disk is full: a run needs about {wanted} MB in {root.path / 'data'}, and {free} MB are free. What is "
        "published stays as it was. Free some space, then run again.",
        f"Ổ đĩa đã đầy: một lượt chạy cần khoảng {wanted} MB ở {root.path / 'data'}, hiện chỉ còn {free} MB. Số liệu "
        "đã công bố vẫn giữ nguyên. Hãy giải phóng dung lượng rồi chạy lại.",
    )


def _folders(root: Root) -> set[Path]:
    """Where a run writes; either may lie on a disk of its own."""
    return {_present(root.warehouse), _present(root.published)}


def _present(folder: Path) -> Path:
    return folder if folder.is_dir() else _present(folder.parent)
