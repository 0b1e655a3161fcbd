"""The publication: all that users read of one run, in a folder of its own, which comes into place in one moment.

Here: those folders, the stamp of each, and which of them stands. Not here: what is in them (`warehouse.py`,
`exports.py`, …), and the publications that are kept for good (`kept.py`).

    publications/<name>/   whole, and never written again: the parts, and `publication.json`, its stamp
    current                leads to the folder that stands; to replace this link is the moment
    <part>                 the names that users know, each a link through `current`: all of them change at once

Windows gives such links to few accounts, and some disks have none. There `publication.json` is replaced first, which is
the moment for all who look for the folder by it, and the names that users know are copies that are put in place after
it. The folder of the publication before stays until the next, for those who are still reading in it.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ..errors import UserError
from ..files import bytes_of, clear, flush, sha256_of, write_atomically
from .places import copy_folder, new_file, replace

WAREHOUSE = "egov.duckdb"
FRONT, CHANGES = "index.html", "changes.html"
SITE = "site"
PARTS = (WAREHOUSE, "exports", "quality", "annexes", SITE, "data_docs", "dictionary", CHANGES, FRONT)
STAMP = "publication.json"
CURRENT = "current"
FOLDERS = "publications"

_NAMED, _EXAMPLE = "%Y-%m-%d-%H%M%S", "2026-11-28-153724"


@dataclass(frozen=True, slots=True)
class File:
    """One file as it was published. mtime_ns spares hashing it again as long as nobody has touched it."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication. folder: where it lies. before: the name of the one that stood before it, if any. files: all of
    its files by their paths from the folder."""

    name: str
    folder: Path
    before: str | None
    files: dict[str, File]

    def whole(self, file: str) -> Path | None:
        """The path of one of its files whose bytes are those that were published; None where they are others."""
        path, published = self.folder / file, self.files.get(file)
        try:
            is_whole = published is not None and path.is_file() and sha256_of(path) == published.sha256
        except OSError:
            return None
        return path if is_whole else None


def standing(published: Path) -> Publication | None:
    """The publication that stands; None where none does, or what says so is damaged."""
    try:
        stamp = json.loads(bytes_of(published / STAMP))
        name, before = stamp["publication"], stamp["before"]
        files = {path: File(**each) for path, each in stamp["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    if not isinstance(name, str) or Path(name).name != name or not isinstance(before, str | None):
        return None
    return Publication(name, published / FOLDERS / name, before, files)


def damaged(publication: Publication, published: Path) -> list[str]:
    """The files of a publication that are not what was published, or not found under the names that users know."""
    return [path for path, file in publication.files.items() if not _fits(published / path, file)]


def is_changed(published: Path, path: str) -> bool:
    """Whether a file under a name that users know is not what was published; of one that nobody has touched since, that
    takes no longer than asking the disk for its date. Without a stamp nobody can say, and it is not."""
    now = standing(published)
    return now is not None and path in now.files and not _fits(published / path, now.files[path])


def begin(published: Path) -> Path:
    """Makes the folder of the next publication, empty, for its parts to be put into; clears what is of no use to
    anybody: publications before the last two, and those that were never put in place."""
    folders = published / FOLDERS
    if folders.is_symlink() or (folders.exists() and not folders.is_dir()):
        clear(folders)
    folders.mkdir(parents=True, exist_ok=True)
    for left_by_a_kill in published.glob(_beside(Path("*")).name):
        clear(left_by_a_kill)
    now = standing(published)
    _clear_all_but(folders, {now.name, now.before} if now else set())
    folder = folders / f".{_free_name(folders)}"
    folder.mkdir()
    return folder


def begun(published: Path) -> Path:
    """The folder of the next publication, which `begin` has made. Raises UserError where there is none."""
    found = sorted(path for path in (published / FOLDERS).glob(".*") if path.is_dir())
    if not found:
        raise UserError(
            "No publication has been begun: its parts are made together with the published warehouse.",
            "Chưa bắt đầu bản công bố nào: các phần của nó được tạo cùng với kho dữ liệu công bố.",
        )
    return found[-1]


def called(folder: Path) -> str:
    """The name under which the publication in that folder stands, or will."""
    return folder.name.removeprefix(".")


def made_at(name: str) -> datetime | None:
    """When the publication of that name was begun, by the clock of its machine; None where its name does not say."""
    try:
        return datetime.strptime(name[: len(_EXAMPLE)], _NAMED)
    except ValueError:
        return None


def give_up(published: Path) -> None:
    """Clears the publication that was begun, if one was."""
    for folder in (published / FOLDERS).glob(".*"):
        clear(folder)


def put_in_place(published: Path) -> Publication:
    """Makes the publication that was begun the one that stands. Raises UserError where one of its parts has not been
    made, where something that cannot be removed lies in the place of a name that users know, and where another program
    holds one (on Windows)."""
    folder = begun(published)
    missing = [part for part in PARTS if not (folder / part).exists()]
    if missing:
        raise UserError(
            f"The publication is not complete, and what stands stays: {', '.join(missing)} has not been made.",
            f"Bản công bố chưa đủ nên bản đang có được giữ nguyên: chưa tạo {', '.join(missing)}.",
        )
    now = standing(published)
    name = called(folder)
    whole = Publication(name, folder.with_name(name), now.name if now else None, dict(_stamped(folder, now)))
    _write_stamp(whole, folder / STAMP)
    replace(folder, whole.folder)
    flush(whole.folder.parent)
    if has_links(published):
        _link_absent_names(published)
        if now is not None:
            _link_other_names(published)  # to what stands: where that cannot be, it stays, and is not half replaced
        _put_link(published / CURRENT, Path(FOLDERS, name), is_folder=True)
        _link_other_names(published)
        flush(published)
    else:
        _copy_names(whole, published)
    _clear_all_but(whole.folder.parent, {name, whole.before})
    return whole


def has_links(published: Path) -> bool:
    """Whether links can be made in that folder, and be replaced at once. On Windows one to a folder cannot."""
    if os.name == "nt":
        return False
    trial = _beside(published / "trial")
    try:
        trial.unlink(missing_ok=True)
        trial.symlink_to(CURRENT)
    except OSError:
        return False
    trial.unlink()
    return True


def _fits(path: Path, file: File) -> bool:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
            return False
        return found.st_mtime_ns == file.mtime_ns or sha256_of(path) == file.sha256
    except OSError:
        return False


def _free_name(folders: Path) -> str:
    """A name by the clock of this machine, for people; which of two is newer is said by `before`."""
    name = f"{datetime.now():{_NAMED}}"
    free, number = name, 2
    while (folders / free).exists():
        free, number = f"{name}-{number}", number + 1
    return free


def _clear_all_but(folders: Path, names: set[str | None]) -> None:
    """What cannot be cleared, because a program holds it open, is cleared the next time."""
    for folder in folders.iterdir():
        if folder.name not in names:
            clear(folder)


def _stamped(folder: Path, now: Publication | None) -> Iterator[tuple[str, File]]:
    """Every file of a folder with its stamp, once it is on the disk; what is a link to a file of what stands has its
    stamp already."""
    for path in sorted(folder.rglob("*")):
        name, found = path.relative_to(folder).as_posix(), path.stat()
        known = now.files.get(name) if now and found.st_nlink > 1 else None
        if now and known and _is_untouched(found, known) and path.samefile(now.folder / name):
            yield name, known
            continue
        flush(path)
        if path.is_file():
            yield name, File(found.st_size, found.st_mtime_ns, sha256_of(path))
    flush(folder)


def _is_untouched(found: os.stat_result, file: File) -> bool:
    return (found.st_size, found.st_mtime_ns) == (file.size, file.mtime_ns)


def _write_stamp(publication: Publication, path: Path) -> None:
    files = {name: asdict(file) for name, file in publication.files.items()}
    stamp = {"publication": publication.name, "before": publication.before, "files": files}
    write_atomically(path, json.dumps(stamp, ensure_ascii=False, indent=1).encode() + b"\n")


def _link_absent_names(published: Path) -> None:
    """They lead nowhere as long as nothing stands, and all to the same once it does."""
    for part in (*PARTS, STAMP):
        path = published / part
        if not path.exists() and not path.is_symlink():
            path.symlink_to(Path(CURRENT, part))


def _link_other_names(published: Path) -> None:
    """Those in whose place something else lies: an earlier version wrote there, or a person."""
    for part in (*PARTS, STAMP):
        path, target = published / part, Path(CURRENT, part)
        if not path.is_symlink() or path.readlink() != target:
            _put_link(path, target, is_folder=path.is_dir())


def _put_link(path: Path, target: Path, is_folder: bool) -> None:
    if path.is_dir() and not path.is_symlink():
        clear(path)
        if path.exists():
            raise UserError(
                f"{path} is in the way of what is published, and cannot be removed: a program has it open, or its "
                "permissions do not allow it. Move it away, then run again. What was published stays.",
                f"{path} nằm ở chỗ của bản công bố mà không xóa được: có chương trình đang mở, hoặc không có quyền. "
                "Hãy chuyển nó đi rồi chạy lại. Bản đã công bố vẫn giữ nguyên.",
            )
    beside = _beside(path)
    beside.unlink(missing_ok=True)
    beside.symlink_to(target, target_is_directory=is_folder)
    beside.replace(path)


def _beside(path: Path) -> Path:
    """The name under which the link is made that then replaces `path`."""
    return path.with_name(f".{path.name}.link")


def _copy_names(publication: Publication, published: Path) -> None:
    """The stamp first: whoever looks for the folder by it finds all of the new publication from then on."""
    for part in (STAMP, *PARTS):
        source, target = publication.folder / part, published / part
        if source.is_dir():
            copy_folder(source, target)
        else:
            if target.is_dir() and not target.is_symlink():
                clear(target)
            with new_file(target) as beside:
                shutil.copy2(source, beside)
