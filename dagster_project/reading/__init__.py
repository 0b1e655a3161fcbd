"""Bytes to records: opening a file, finding its tables of scores or of replies, and what stands in them.

Here: everything between the bytes of a submission and the landing tables. Not here: what the figures mean together
(SQL), storage, orchestration; nothing in this package imports Dagster, dbt or DuckDB.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .document import Document, Unreadable
from .labels import Labels
from .reader import read_document
from .replies import read_replies

__all__ = ["Document", "Labels", "Unreadable", "read", "read_document", "reader_version"]

# What opens files; another version of one may read them otherwise.
_LIBRARIES = ("lxml", "pdfplumber", "python-calamine", "python-docx")


@cache
def reader_version() -> str:
    """A hash of all that decides what reading gives of the same bytes and labels: this package, and its libraries."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    return digest.hexdigest()


def read(content: bytes, file_name: str, labels: Labels, year: int | None = None) -> tuple[str, Document]:
    """A file's format ('xlsx') and all that was read of it. year: that the scores are of, which decides between indices
    of the same wordings; by default that of the title. Raises Unreadable, whatever the bytes are."""
    from .formats import read_grids  # the libraries of the formats are imported only when a file is opened

    format_name, grids = read_grids(content, file_name)
    return format_name, read_replies(grids, labels) or read_document(grids, labels, year)
