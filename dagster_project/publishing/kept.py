"""Every publication that ever stood, kept as it was given: compressed, with a manifest beside it.

Here: keeping, finding and opening again. Not here: publishing (`warehouse.py`), and what changed from one to the next
(`difference.py`).

A publication is called by the day on which it was put in place, '2026-11-24', the second of that day '2026-11-24-2'.
What makes it one is its manifest, which is written last. The same content is kept once.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ..days import day_of, refuse_to_come
from ..errors import UserError, is_disk_full
from ..files import bytes_of, sha256_of, write_atomically
from .comparing import attach, is_same, name, tables
from .places import new_file

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-([1-9]\d*))?")
_LEVEL = 6
_DAMAGE = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Kept:
    """One publication. number: counts those of a day from 1. sha256: of the database file, not of what it is packed
    into; None where its manifest is damaged."""

    path: Path
    published_on: date
    number: int
    sha256: str | None

    @property
    def name(self) -> str:
        return _called(self.published_on, self.number)


def kept(folder: Path) -> list[Kept]:
    """The publications that are kept, the oldest first. What is not called by a day is none."""
    found = []
    for manifest in folder.glob("*.json"):
        packed = manifest.with_name(f"{manifest.stem}.duckdb.gz")
        match = _NAME.fullmatch(manifest.stem)
        day = _day(match[1]) if match else None
        if match and day and packed.is_file():
            found.append(Kept(packed, day, int(match[2] or 1), _sha256(manifest)))
    return sorted(found, key=lambda one: (one.published_on, one.number))


def keep(published: Path, folder: Path) -> Kept | None:
    """Keeps what is published; None where it says the same as the last that was kept. The caller answers for it that
    the file is what was given.

    Its day is the one on which the file was put in place, and never before that of the last. What is there is never
    written over. Raises UserError where what was kept cannot be read back.
    """
    last = next(reversed(kept(folder)), None)
    if last and says_the_same(last, published):
        return None
    day = date.fromtimestamp(published.stat().st_mtime)
    if last:
        day = max(day, last.published_on)
    one = _free_place(folder, day, last, sha256_of(published))
    if not one.path.exists():
        _pack(published, one.path)
    if not _is_sound(one):
        raise _damaged(one)
    manifest = {"publication": one.name, "published_on": day.isoformat(), "sha256": one.sha256, **_described(published)}
    write_atomically(folder / f"{one.name}.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
    return one


def _free_place(folder: Path, day: date, last: Kept | None, sha256: str) -> Kept:
    """Where a publication of that day may be kept: a name that nothing has but, perhaps, the same publication, whose
    keeping was broken off before its manifest was written."""
    number = last.number + 1 if last and last.published_on == day else 1
    while True:
        one = Kept(folder / f"{_called(day, number)}.duckdb.gz", day, number, sha256)
        if not (folder / f"{one.name}.json").exists() and (not one.path.exists() or _is_sound(one)):
            return one
        number += 1


def _pack(published: Path, packed: Path) -> None:
    with (
        new_file(packed) as beside,
        published.open("rb") as source,
        beside.open("wb") as target,
        gzip.GzipFile("", "wb", _LEVEL, target, mtime=0) as compressed,
    ):
        shutil.copyfileobj(source, compressed, 1 << 20)


def _is_sound(one: Kept) -> bool:
    """Whether what is packed there is the file of that SHA-256."""
    digest = hashlib.sha256()
    try:
        for piece in _unpacked(one.path):
            digest.update(piece)
    except _DAMAGE:
        return False
    return digest.hexdigest() == one.sha256


def _unpacked(packed: Path) -> Iterator[bytes]:
    """The content, piece by piece. Raises one of _DAMAGE where it cannot be unpacked."""
    if not packed.is_file():
        raise EOFError
    with gzip.open(packed, "rb") as file:
        while piece := file.read(1 << 20):
            yield piece


def _damaged(one: Kept) -> UserError:
    return UserError(
        f"The publication kept in {one.path} is damaged. Put it back from a backup.",
        f"Bản công bố lưu ở {one.path} đã bị hỏng. Hãy lấy lại từ bản sao lưu.",
    )


def found(folder: Path, called: str) -> Kept:
    """The publication of that name; of a day alone, the one that stood at its end. Raises UserError where there is
    none."""
    all_kept = kept(folder)
    match = _NAME.fullmatch(called)
    day = day_of(match[1] if match else called)
    if day is None:
        raise UserError(
            f"'{called}' is neither a file nor the day of a publication, such as 24/11/2026 or 2026-11-24.",
            f"'{called}' không phải tệp cũng không phải ngày công bố, ví dụ 24/11/2026 hoặc 2026-11-24.",
        )
    if all(one.published_on < day for one in all_kept):
        refuse_to_come(day)
    if match and match[2]:
        fitting = [one for one in all_kept if (one.published_on, one.number) == (day, int(match[2]))]
    else:
        fitting = [one for one in all_kept if one.published_on <= day]
    if not fitting:
        names = ", ".join(one.name for one in all_kept) or "–"
        raise UserError(
            f"No publication of {called} is kept. Those that are: {names}.",
            f"Không lưu bản công bố nào của {called}. Hiện có: {names}.",
        )
    return fitting[-1]


@contextmanager
def opened_again(one: Kept) -> Iterator[Path]:
    """The database file of a publication, byte for byte as it was, in a place of its own until the block ends. Raises
    UserError where the kept file is damaged."""
    with tempfile.TemporaryDirectory(prefix="egov-") as folder:
        path = Path(folder) / "egov.duckdb"
        digest = hashlib.sha256()
        try:
            with path.open("wb") as target:
                for piece in _unpacked(one.path):
                    digest.update(piece)
                    target.write(piece)
        except _DAMAGE as error:
            if is_disk_full(error):
                raise
            raise _damaged(one) from error
        if digest.hexdigest() != one.sha256:
            raise _damaged(one)
        yield path


def before(published: Path, folder: Path) -> Kept | None:
    """What was kept before a published warehouse: the last that says anything else; None where there is none."""
    earlier = kept(folder)
    if earlier and says_the_same(earlier[-1], published):
        earlier.pop()
    return earlier[-1] if earlier else None


def says_the_same(one: Kept, published: Path) -> bool:
    """Whether a published warehouse says what that publication said, in whatever bytes."""
    if one.sha256 == sha256_of(published):
        return True
    try:
        with opened_again(one) as before, duckdb.connect(":memory:") as connection:
            attach(connection, published, "now")
            attach(connection, before, "before")
            same = is_same(connection, "now", "before")
            connection.execute("DETACH before")
            return same
    except UserError:  # it is damaged: what is published must be kept anew
        return False


def _sha256(manifest: Path) -> str | None:
    try:
        sha256 = json.loads(bytes_of(manifest))["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return sha256 if isinstance(sha256, str) else None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _called(day: date, number: int) -> str:
    return day.isoformat() if number == 1 else f"{day.isoformat()}-{number}"


def _described(published: Path) -> dict[str, object]:
    """What a publication holds and was built from."""
    with duckdb.connect(":memory:") as connection:
        attach(connection, published, "now")
        rows = {
            table: (connection.execute(f"SELECT count(*) FROM now.main.{name(table)}").fetchone() or (0,))[0]
            for table in tables(connection, "now")
        }
        inputs = []
        if "run_manifest" in rows:
            inputs = connection.execute("SELECT path, sha256 FROM now.main.run_manifest ORDER BY path").fetchall()
    return {"rows": rows, "built_from": dict(inputs)}
