"""A root that runs are broken in: how it stands before, what stands in it, and whether that is one publication.

Here: making it, putting it back, looking at it with nothing of the project's own judgement of itself. Not here: what is
done to it (`kills.py`, `damage.py`, `disk.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dagster_project.root import REPOSITORY, Root

SECOND = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"
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

    def run(self, *arguments: str, **options) -> Ended:
        """`egov run`, in a process."""
        return self.egov("run", *arguments, **options)

    def egov(self, *arguments: str, timeout: float = 600, **environment: str) -> Ended:
        command = [sys.executable, "-m", "dagster_project", "--root", str(self.root.path), *arguments]
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

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
    """Reads as a stranger does: the warehouse's tables against the CSV files, and every file against the stamp. The
    hash is of figures and reports, not of what tells the time (Data Docs) or is never the same (the warehouse)."""
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
                if path.is_file():
                    digest.update(f"{part}/{path.relative_to(published / part)}\n".encode())
                    digest.update(path.read_bytes())
        return digest.hexdigest()
    except (OSError, ValueError, KeyError, duckdb.Error):
        return None
