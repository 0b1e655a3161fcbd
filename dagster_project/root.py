"""Where everything lies: one project folder, the repository's own or another one of `egov --root DIR`.

Here: paths, and nothing that reads or writes. Not here: how registries get into the build (`registries/`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Root:
    """A folder with its own `data/`. Registries in its folder `registries/` come before those of `dbt_project/seeds/`.
    Where these, as they lie, are not what is to be built, a copy of the dbt project is."""

    path: Path = REPOSITORY

    @property
    def submissions(self) -> Path:
        return self.path / "data" / "submissions"

    @property
    def ledger(self) -> Path:
        return self.submissions / "submissions.csv"

    @property
    def warehouse(self) -> Path:
        """The folder of all that a build makes and another build can make again."""
        return self.path / "data" / "warehouse"

    @property
    def taken_back(self) -> Path:
        """Files whose lines of the ledger were taken back: perhaps the only copies, so nothing of ours clears it."""
        return self.path / "data" / "taken_back"

    @property
    def build_database(self) -> Path:
        """The working database. Its name is its catalog's, which stands in all compiled SQL: always `egov`."""
        return self.warehouse / "egov.duckdb"

    @property
    def published(self) -> Path:
        return self.path / "data" / "published"

    @property
    def published_database(self) -> Path:
        return self.published / "egov.duckdb"

    @property
    def kept(self) -> Path:
        """Every publication that ever stood: unlike all else that is published, it cannot be made again."""
        return self.published / "kept"

    @property
    def own_registries(self) -> Path | None:
        """The registries that this root brings, if it does."""
        folder = self.path / "registries"
        return folder if folder.is_dir() else None

    @property
    def dbt_project(self) -> Path:
        """The dbt project to build; `registries.prepare` makes the copy in the warehouse folder, or takes it away."""
        copy = self.warehouse / "dbt_project"
        return copy if self.own_registries or copy.is_dir() else REPOSITORY / "dbt_project"

    @property
    def expectations(self) -> Path:
        """The declarations of the checks, beside the dbt project that takes them for seeds."""
        return self.dbt_project.parent / "expectations"

    @property
    def seeds(self) -> Path:
        """The registries as they are built, whole and with all their columns."""
        return self.dbt_project / "seeds"

    @property
    def dbt_target(self) -> Path:
        """What dbt writes: each root's own, whichever project it builds."""
        return self.warehouse / "target"

    @property
    def dagster_home(self) -> Path:
        return self.warehouse / "dagster"

    @property
    def log(self) -> Path:
        """Where the details of unexpected errors go, which no user wants on the screen."""
        return self.warehouse / "egov.log"

    def relative(self, path: Path) -> str:
        """A path as the published tables may hold it: from this root or the repository, never the machine's."""
        for base in (self.path, REPOSITORY):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name
