"""A root that runs are broken in: how it stands before, what stands in it, and whether that is one publication.

Here: making it, putting it back, looking at it with nothing of the project's own judgement of itself. Not here: what is
done to it (`kills.py`, `damage.py`, `disk.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
from warm import Warm

from dagster_project.files import clear
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import working

SECOND = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"
_CLOCK = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(-\d+)?")
_WRITTEN_ONLY = ("warehouse/target/run/", "warehouse/target/compiled/")  # SQL as it was sent to the database
NEVER = ("Traceback", "unforeseen", "ngoài dự kiến")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def is_told(self) -> bool:
        """Whether it says nothing that no person should see."""
        return not any(words in self.out + self.err for words in NEVER)


class World:
    """A root with the decision of 2020 published, in which a SYNTHETIC file of 2021 has arrived since. old and new:
    what a reader finds before and after it is built."""

    def __init__(self, folder: Path) -> None:
        self.root = Root(folder / "root")
        self._warm = Warm()
        self._healed: dict[str, tuple[bool, int]] = {}
        self._run = ["--root", str(self.root.path), "run"]
        self._aside = folder / "aside"
        self._data = self.root.path / "data"
        shutil.copytree(REPOSITORY / "data" / "submissions", self.root.submissions)
        self.old = self._built()
        arrived = self.root.submissions / "2021" / SECOND.name
        arrived.parent.mkdir()
        shutil.copy2(SECOND, arrived)
        self._copy(self._data, self._aside)
        self.new = self._built()
        self.put_back()

    def put_back(self) -> None:
        """All as it was when the second file had arrived."""
        shutil.rmtree(self._data, ignore_errors=True)
        self._copy(self._aside, self._data)

    def put_back_one(self, place: Path) -> None:
        """One file or folder, by its path from the root, as it was then."""
        target, source = self.root.path / place, self._aside / place.relative_to("data")
        clear(target)
        if source.is_dir() and not source.is_symlink():
            self._copy(source, target)
        else:
            shutil.copy2(source, target, follow_symlinks=False)

    def run(self, number: int = 0, *moments: str) -> Ended:
        """`egov run`, with a signal at moments (see `dying.py`)."""
        done = self._warm.run(self._run, number, *moments)
        return Ended(done.returncode, done.stdout, done.stderr)

    def left(self, moments: list[str]) -> Iterator[str]:
        """One run that stands still at each moment: gives a word for it, while the root is what a kill would leave
        there, and no process has hold of it."""
        lives = self._data.with_name("data.lives")
        for word in Warm().halted(self._run, *moments):
            if word.startswith("ended"):
                assert word == "ended with 0", word
                return
            self._data.rename(lives)
            self._copy(lives, self._data)
            yield word
            shutil.rmtree(self._data)
            lives.rename(self._data)

    def found(self) -> str | None:
        """A hash of what a reader finds; None where it is not of one publication."""
        return found(self.root.published)

    def is_whole(self) -> bool:
        """Whether what a reader finds is all of the one publication or all of the other."""
        return self.found() in (self.old, self.new)

    def is_healed(self) -> bool:
        """Whether all of the new is there, nothing is left over, and the next run has nothing to do."""
        folders = self.root.published / "publications"
        hidden = [path for place in (self.root.published, folders) for path in place.glob(".*")]
        return self.found() == self.new and not hidden and "Nothing has changed" in self.run().out

    def healed(self) -> tuple[bool, int]:
        """Whether the next run completes and heals what lies there; where it is what such a run has been given before,
        that is known. With a number for what it was."""
        state = self.state()
        if state not in self._healed:
            again = self.run()
            self._healed[state] = again.code == 0 and again.is_told and self.is_healed(), len(self._healed) + 1
        return self._healed[state]

    def state(self) -> str:
        """A hash of what lies there, as far as the next run goes by it: what stands, whether the working database is
        sound and what has been built in it, the records of runs, the files of dbt by their sizes, and the names of all
        else. Two runs that are ended in the same step leave the same, but for names by the clock."""
        told = [f"{self.found()} {working.is_sound(self.root)}"]
        for path in sorted(self._data.rglob("*")):
            place = _CLOCK.sub("-", path.relative_to(self._data).as_posix())
            if place.startswith("published/publications/.") and path.parent.name != "publications":
                continue  # of one that was begun: it is cleared unread
            told.append(f"{place} {_CLOCK.sub('-', str(path.readlink())) if path.is_symlink() else ''}")
            if place == "warehouse/built.json":
                told += json.loads(path.read_bytes())
            elif path.is_file() and place.startswith("warehouse/target/"):
                told.append("" if place.startswith(_WRITTEN_ONLY) else f"{path.stat().st_size}")
            elif path.parent == self.root.warehouse and path.suffix == ".json":
                told.append(_CLOCK.sub("-", path.read_text("utf-8")))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def _built(self) -> str:
        ended = self.run()
        found = self.found()
        if ended.code != 0 or found is None:
            raise AssertionError(f"the world cannot be made: {ended}")
        return found

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        shutil.copytree(source, target, symlinks=True)


def found(published: Path) -> str | None:
    """Reads as a stranger does: the warehouse's tables against the Parquet files, and every file against the stamp. The
    hash is of figures and reports, not of what tells the time (Data Docs) or is never the same (DuckDB's files)."""
    try:
        stamp = json.loads((published / "publication.json").read_bytes())
        for name, file in stamp["files"].items():
            if hashlib.sha256((published / name).read_bytes()).hexdigest() != file["sha256"]:
                return None
        digest = hashlib.sha256()
        with duckdb.connect(str((published / "egov.duckdb").resolve()), read_only=True) as connection:
            tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
            for (table,) in tables:
                path = published / "exports" / f"{table}.parquet"
                (differing,) = connection.execute(
                    f"SELECT count(*) FROM ((FROM \"{table}\" EXCEPT ALL FROM '{path}') UNION ALL "
                    f"(FROM '{path}' EXCEPT ALL FROM \"{table}\"))"
                ).fetchone()
                if differing:
                    return None
        for part in ("exports", "quality", "dictionary"):
            for path in sorted((published / part).rglob("*")):
                if path.is_file() and path.suffix != ".duckdb":
                    digest.update(f"{part}/{path.relative_to(published / part)}\n".encode())
                    digest.update(path.read_bytes())
        return digest.hexdigest()
    except (OSError, ValueError, KeyError, duckdb.Error):
        return None
