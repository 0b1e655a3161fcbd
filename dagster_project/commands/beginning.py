"""`egov new-index`: a folder with registries to fill in, each with comments and an example that works.

Here: putting it there. Not here: what it says (`registries/skeleton/`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from ..errors import UserError

SKELETON = Path(__file__).parents[1] / "registries" / "skeleton"


def begin(folder: Path) -> Iterator[str]:
    """Makes the folder; gives the sentences to say. Raises UserError where anything is in it already."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise UserError(
            f"{folder} is there already and is not empty. Name a new folder.",
            f"{folder} đã có và không trống. Hãy đặt tên một thư mục mới.",
        )
    for path in sorted(SKELETON.iterdir()):
        is_registry = path.suffix == ".csv" and not path.name.startswith("SYNTHETIC")
        target = folder / "registries" / path.name if is_registry else folder / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (folder / "data").mkdir()
    yield f"Đã tạo {folder}. Hãy đọc {folder / 'README.md'}, rồi điền các tệp trong {folder / 'registries'}."
    yield f"Made {folder}. Read {folder / 'README.md'}, then fill in the files in {folder / 'registries'}."
