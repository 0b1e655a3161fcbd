"""The submissions folder beside its ledger: which files there are to read, which are left out, and what does not fit.

Here: looking, and nothing that writes. Not here: opening the files.

A file lies in the folder of its year, or below it. Its ledger line is the one with its SHA-256, or with its path where
the line has no SHA-256; a file without one is read all the same. The same bytes twice are one submission.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath, PurePosixPath

from ..files import sha256_of
from ..root import Root
from . import ledger
from .ledger import Entry

_YEAR_FOLDER = re.compile(r"(?:19|20|21)[0-9]{2}")  # 0000 is no year, and no partition
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "ehthumbs.db", ".ds_store", "__macosx"}
_UNFINISHED = (".tmp", ".part", ".crdownload")


@dataclass(frozen=True, slots=True)
class Submission:
    """One file to read. submission_id: its SHA-256. file: from the submissions folder, with '/', NFC. order: among all
    files, by the ledger; those without a line come before it, by name. kind: None where the ledger gives none."""

    submission_id: str
    path: Path
    file: str
    year: int
    kind: str | None
    received_on: date | None
    order: int
    is_ledgered: bool
    sender: str | None
    note: str | None

    @property
    def file_name(self) -> str:
        """The name under which its sender knows it."""
        return PurePosixPath(self.file).name


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is no submission. reason: `lock_file`, `system_file`, `hidden_file`, `unfinished_copy`, `link` (that
    leads out of the folder, or nowhere), `linked_folder`, `not_a_file`, `cannot_be_opened`, `name_not_utf8`,
    `same_bytes` (as another), `not_in_a_year_folder`."""

    file: str
    reason: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the ledger that does not fit the folder. what: `missing`, `changed` (its bytes are not those
    that came) or `repeated` (another line before it has the same bytes)."""

    file: str
    what: str
    year: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What has arrived: `submissions` in their order."""

    submissions: list[Submission]
    left_out: list[LeftOut]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _Found:
    path: Path
    file: str
    sha256: str


def arrivals(root: Root) -> Arrivals:
    """What has arrived of all years. Raises UserError where the ledger cannot be understood."""
    entries = ledger.read(root.ledger)
    found, left_out = _look(root.submissions)
    ledgered, problems = _ledgered(entries, found)
    taken = {submission.submission_id for submission in ledgered}
    unledgered = _unledgered([one for one in found if one.sha256 not in taken])
    submissions = unledgered + ledgered
    read = {submission.path for submission in submissions}
    for one in found:
        if one.path not in read:
            year = _year_of(one.file)
            left_out.append(LeftOut(one.file, "not_in_a_year_folder" if year is None else "same_bytes", year))
    return Arrivals(submissions, sorted(left_out, key=lambda one: one.file), problems)


def _look(folder: Path) -> tuple[list[_Found], list[LeftOut]]:
    """The files that may be submissions, and those that are none."""
    found: list[_Found] = []
    left_out: list[LeftOut] = []
    for path, file in _all_files(folder):
        reason = _no_submission(path, folder)
        try:
            sha256 = "" if reason else sha256_of(path)
        except OSError:
            reason = "cannot_be_opened"
        if reason:
            left_out.append(LeftOut(file, reason, _year_of(file)))
        else:
            found.append(_Found(path, file, sha256))
    return found, left_out


def _ledgered(entries: list[Entry], found: list[_Found]) -> tuple[list[Submission], list[Problem]]:
    """The submissions that the ledger knows, in its order, and the lines that do not fit."""
    by_file = {one.file: one for one in found}
    by_sha256 = {one.sha256: one for one in reversed(found)}
    submissions: dict[str, Submission] = {}
    problems: list[Problem] = []
    for entry in entries:
        here = by_file.get(entry.file)
        fits = here is not None and entry.sha256 in ("", here.sha256)
        held = here if fits else by_sha256.get(entry.sha256)
        if here and not fits:
            problems.append(Problem(entry.file, "changed", entry.year))
        elif held is None:
            problems.append(Problem(entry.file, "missing", entry.year))
        if held and held.sha256 in submissions:
            problems.append(Problem(entry.file, "repeated", entry.year))
        elif held:
            submissions[held.sha256] = _submission(held, entry.year, entry.order, entry)
    return list(submissions.values()), problems


def _unledgered(found: list[_Found]) -> list[Submission]:
    """The submissions without a line in the ledger, by name; of the same bytes the first."""
    first: dict[str, tuple[_Found, int]] = {}
    for one in found:
        year = _year_of(one.file)
        if year is not None:
            first.setdefault(one.sha256, (one, year))
    return [_submission(one, year, order) for order, (one, year) in enumerate(first.values(), 1 - len(first))]


def _submission(found: _Found, year: int, order: int, entry: Entry | None = None) -> Submission:
    return Submission(
        submission_id=found.sha256,
        path=found.path,
        file=found.file,
        year=year,
        kind=entry.kind if entry else None,
        received_on=entry.received_on if entry else None,
        order=order,
        is_ledgered=entry is not None,
        sender=entry.sender if entry else None,
        note=entry.note if entry else None,
    )


def _all_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder but the ledger, in the order of names, each with its path from the folder; also the
    folders that are not looked into: linked ones, and those that cannot be opened."""
    closed: list[str] = []
    for at, folders, names in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        folders.sort()
        linked = [name for name in folders if Path(at, name).is_symlink()]
        for name in sorted([*names, *linked]):
            path = Path(at) / name
            if path != folder / "submissions.csv":
                yield path, _told(path, folder)
    for at in closed:
        if Path(at) != folder:  # where there is none yet
            yield Path(at), _told(Path(at), folder)


def _told(path: Path, folder: Path) -> str:
    """A path from the folder, as it can be written down, whatever bytes its name is of."""
    name = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", name)


def _no_submission(path: Path, folder: Path) -> str | None:
    """Why a file is none that somebody sent; None where it may be one."""
    if path.is_symlink():
        if path.is_dir():
            return "linked_folder"
        if not _leads_into(folder, path):
            return "link"
    return left_out_by_name(path.relative_to(folder)) or _no_file(path)


def left_out_by_name(path: PurePath) -> str | None:
    """Why a file of that name is taken for none that somebody sent; None where it may be one."""
    names = [part.casefold() for part in path.parts]
    if names[-1].startswith(("~$", ".~lock.")):
        return "lock_file"
    if not _OF_THE_SYSTEM.isdisjoint(names):
        return "system_file"
    if any(name.startswith(".") for name in names):
        return "hidden_file"
    if names[-1].endswith(_UNFINISHED):
        return "unfinished_copy"
    return None


def _no_file(path: Path) -> str | None:
    if path.is_dir():
        return "cannot_be_opened"
    if any("\ud800" <= letter <= "\udfff" for letter in str(path)):
        return "name_not_utf8"
    return None if path.is_file() else "not_a_file"


def _leads_into(folder: Path, link: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # to nowhere, or to itself
        return False


def _year_of(file: str) -> int | None:
    """The year in whose folder a file lies."""
    first, *below = file.split("/")
    return int(first) if below and _YEAR_FOLDER.fullmatch(first) else None
