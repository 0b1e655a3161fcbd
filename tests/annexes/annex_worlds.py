"""Annexes written once, with the database that they were made of, and what reading them back gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from dagster_project import checking
from dagster_project.publishing.annexes.content import Annexes
from dagster_project.publishing.annexes.document import write_document
from dagster_project.publishing.annexes.gathering import annexes, places
from dagster_project.publishing.annexes.pdf import write_pdf
from dagster_project.publishing.annexes.workbook import write_workbook
from dagster_project.root import Root

FORMATS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True, eq=False)
class World:
    """A root, its database, and all of its annexes with the folders in which they lie."""

    root: Root
    database: duckdb.DuckDBPyConnection
    annexes: dict[str, Annexes]
    files: Path

    def file(self, folder: str, kind: str) -> Path:
        return self.files / folder / f"annexes.{kind}"


def written(root: Root, database: duckdb.DuckDBPyConnection, files: Path) -> World:
    made = {place.folder: annexes(database, place) for place in places(database)}
    for folder, one in made.items():
        (files / folder).mkdir(parents=True)
        write_document(one, files / folder / "annexes.docx")
        write_pdf(one, files / folder / "annexes.pdf")
        write_workbook(one, files / folder / "annexes.xlsx", "")
    return World(root, database, made, files)


@cache
def read_back(world: World, folder: str) -> tuple[checking.Report, ...]:
    """What `egov check` says of the three files of an assessment, each read by itself and held against the others."""
    with checking.run(world.root, [world.file(folder, kind) for kind in FORMATS], None) as checked:
        return tuple(checking.reports_of(checked))
