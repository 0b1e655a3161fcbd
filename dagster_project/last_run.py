"""What the last completed run was built from, held against what a run would be built from now.

Here: the record of a run, `data/warehouse/last_run.json`, and what has to be built again, and why. Not here: building
(`defs/`), and looking into files. Nothing heavy is imported: where nothing has changed, that is said at once.

What is read is noted with the reading (`reading`), and the note becomes the record when all is published (`complete`).
A run that ends before that leaves the record of the one before it, which then fits either the files or what is
published no longer.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .files import bytes_of, sha256_of, write_atomically
from .publishing.publication import damaged, standing
from .registries import sources
from .root import REPOSITORY, Root
from .submissions import Submission, arrivals
from .warehouse import working

# Of the project, what decides what is published. Registries are told apart, by their names.
_CODE = ("dagster_project", "dbt_project", "expectations")
_NO_CODE = {"__pycache__", "target", "logs", "seeds"}
_NAMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run is built from. years: by year its files in their order, each as name, SHA-256, and its line in the
    ledger. ledger: its SHA-256. registries and code: by name a hash. versions: of what computes and reads."""

    years: dict[str, list[list[str]]]
    ledger: str
    registries: dict[str, str]
    code: dict[str, str]
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be built. years: None for all, and where a year has lost its last file. why: a sentence each, in both
    languages; none where nothing has to be."""

    years: list[int] | None
    why: list[str]


def inputs(root: Root) -> Inputs:
    """What a run would be built from now. Raises UserError where the ledger cannot be understood."""
    return Inputs(
        years=by_year(arrivals(root).submissions),
        ledger=sha256_of(root.ledger) if root.ledger.exists() else "",
        registries=_registries(root),
        code={name: _hash_of_folder(REPOSITORY / name) for name in _CODE},
        versions=_versions(),
    )


def _registries(root: Root) -> dict[str, str]:
    """Each registry by its name; of labels, which may stand in two files, what both hold."""
    found: dict[str, list[str]] = {}
    for path in sources(root):
        found.setdefault(path.name, []).append(sha256_of(path))
    return {name: " ".join(sorted(set(hashes))) for name, hashes in found.items()}


def by_year(submissions: Iterable[Submission]) -> dict[str, list[list[str]]]:
    """The files of each year as `Inputs` has them."""
    years: dict[str, list[list[str]]] = {}
    for one in submissions:
        line = json.dumps([one.kind, str(one.received_on), one.sender, one.note], ensure_ascii=False)
        years.setdefault(str(one.year), []).append([one.file, one.submission_id, line])
    return years


def due(root: Root) -> Due:
    """What a run has to build: the years whose files or ledger lines are others than those of the last completed run;
    all, where anything else is. Raises UserError where the ledger cannot be understood."""
    record = _record(root)
    if record is None:
        return Due(None, ["chưa có lượt chạy nào hoàn tất / no run has been completed yet"])
    before, published = record
    now = inputs(root)
    why = [*_changed_rules(before, now), *_damaged(root, published)]
    if not working.is_sound(root):
        why.append("cơ sở dữ liệu làm việc bị thiếu hoặc bị sửa / the working database is missing or changed")
    changed = [year for year in sorted({*before.years, *now.years}) if before.years.get(year) != now.years.get(year)]
    if not changed and before.ledger != now.ledger:
        why.append("sổ nhận hồ sơ đã được sửa / the ledger has been edited")
    of_years = [_year_told(year, before.years.get(year, []), now.years.get(year, [])) for year in changed]
    years = [int(year) for year in changed if year in now.years]
    is_all = bool(why) or (bool(changed) and not years)
    return Due(None if is_all else years, why + of_years)


def newer(root: Root, submissions: Iterable[Submission]) -> list[str]:
    """What of the data is another than the last completed run was built from: registries, files, the ledger; a sentence
    each, in both languages. None where no run has been completed. Quick: the code is not looked at."""
    record = _record(root)
    if record is None:
        return []
    before, years = record[0], by_year(submissions)
    why = list(_told_of("danh mục thay đổi", "a registry changed", before.registries, _registries(root)))
    changed = [year for year in sorted({*before.years, *years}) if before.years.get(year) != years.get(year)]
    why += [_year_told(year, before.years.get(year, []), years.get(year, [])) for year in changed]
    return why


def built_years(root: Root) -> dict[str, list[list[str]]]:
    """The files that the last completed run was built from, by year."""
    record = _record(root)
    return record[0].years if record else {}


def completed_at(root: Root) -> datetime | None:
    """When the last run was completed; None where none was."""
    path = _path(root)
    return datetime.fromtimestamp(path.stat().st_mtime) if path.exists() else None


@contextmanager
def reading(root: Root) -> Iterator[set[str]]:
    """While files are read: notes what there was to read before, of the files only those whose SHA-256 are then in the
    set. A reading that does not end leaves no note."""
    _note(root).unlink(missing_ok=True)
    found, held = inputs(root), set[str]()
    yield held
    years = {year: [file for file in files if file[1] in held] for year, files in found.years.items()}
    write_atomically(
        _note(root), _json({**asdict(found), "years": {year: files for year, files in years.items() if files}})
    )


def reading_noted(root: Root) -> str:
    """Which reading the last one is: another one after each; '' where it did not end, or there was none."""
    try:
        return f"{sha256_of(_note(root))} {_note(root).stat().st_mtime_ns}"
    except OSError:
        return ""


def complete(root: Root) -> None:
    """Puts on record that what was read last has been built with the registries and the code of now, and is published.
    Where these have changed since it was read, or nothing was, the record of before stays."""
    try:
        read = Inputs(**json.loads(bytes_of(_note(root))))
    except (OSError, ValueError, TypeError):
        return
    now = inputs(root)
    if (read.registries, read.code, read.versions) == (now.registries, now.code, now.versions):
        now = standing(root.published)
        record = {"inputs": asdict(read), "publication": now.name if now else None}
        write_atomically(_path(root), _json(record))


def _record(root: Root) -> tuple[Inputs, str | None] | None:
    """What the last completed run was built from and the name of what it published; None where that is not known."""
    try:
        saved = json.loads(bytes_of(_path(root)))
        record = Inputs(**saved["inputs"])
        is_one = isinstance(record.ledger, str) and all(
            isinstance(name, str) and isinstance(value, str)
            for each in (record.registries, record.code, record.versions)
            for name, value in each.items()
        )
        for files in record.years.values():
            is_one &= all(len(file) == 3 and all(isinstance(part, str) for part in file) for file in files)
        return (record, saved["publication"]) if is_one else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _changed_rules(before: Inputs, now: Inputs) -> Iterator[str]:
    yield from _told_of("danh mục thay đổi", "a registry changed", before.registries, now.registries)
    yield from _told_of("chương trình thay đổi", "the code changed", before.code, now.code)
    versions = [
        f"{name} {before.versions.get(name, '–')} → {now.versions.get(name, '–')}"
        for name in sorted(before.versions.keys() | now.versions.keys())
        if before.versions.get(name) != now.versions.get(name)
    ]
    if versions:
        yield f"phiên bản thay đổi / a version changed: {_shortened(versions)}"


def _told_of(vietnamese: str, english: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if names:
        yield f"{vietnamese} / {english}: {_shortened(names)}"


def _damaged(root: Root, published: str | None) -> Iterator[str]:
    now = standing(root.published)
    if now is None or now.name != published:
        yield "bản công bố không phải của lượt chạy đã hoàn tất / what is published is not of the last completed run"
        return
    names = damaged(now, root.published)
    if names:
        yield f"kết quả đã công bố bị thiếu hoặc bị sửa / published files are missing or changed: {_shortened(names)}"


def _year_told(year: str, before: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> str:
    old, new = {file[0]: file for file in before}, {file[0]: file for file in now}
    told = []
    for what, names in (
        ("mới / new", [name for name in new if name not in old]),
        ("nội dung đổi / changed", [name for name in new if name in old and old[name][1] != new[name][1]]),
        ("sửa trong sổ / edited in the ledger", [name for name in new if _is_edited(old.get(name), new[name])]),
        ("không còn / gone", [name for name in old if name not in new]),
    ):
        if names:
            told.append(f"{what}: {_shortened(names)}")
    return f"năm / year {year}: {'; '.join(told) or 'thứ tự trong sổ đổi / another order in the ledger'}"


def _is_edited(before: Sequence[str] | None, now: Sequence[str]) -> bool:
    return before is not None and before[1] == now[1] and before[2] != now[2]


def _shortened(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - _NAMES_SHOWN})" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more


def _hash_of_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and _NO_CODE.isdisjoint(parts) and not path.name.startswith("."):
            digest.update(f"{'/'.join(parts)}\n{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    """Python's, those that the lock names, and those that are installed of what this project asks for."""
    from importlib import metadata  # not for `egov status`, which only asks when the last run was

    lock = REPOSITORY / "requirements.lock"
    found = {"python": platform.python_version(), "requirements.lock": sha256_of(lock)[:12] if lock.exists() else ""}
    try:
        asked = [one for one in metadata.requires("egov-warehouse") or () if "extra ==" not in one]
    except metadata.PackageNotFoundError:
        return found
    for requirement in asked:
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _json(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def _path(root: Root) -> Path:
    return root.warehouse / "last_run.json"


def _note(root: Root) -> Path:
    return root.warehouse / "last_reading.json"
