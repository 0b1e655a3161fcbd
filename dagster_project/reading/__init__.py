"""Bytes to records: opening a file, finding its tables of scores or of replies, and what stands in them.

Here: everything between the bytes of a submission and the landing tables. Not here: what the figures mean together
(SQL), storage, orchestration; nothing in this package imports Dagster, dbt or DuckDB.
"""

from __future__ import annotations

from .document import Document, Unreadable
from .labels import Labels
from .reader import read_document
from .replies import read_replies

# Part of the key under which what was read of a file is kept: raise it with every change of what reading gives.
READER_VERSION = "8"

__all__ = ["READER_VERSION", "Document", "Labels", "Unreadable", "read", "read_document"]


def read(content: bytes, file_name: str, labels: Labels) -> tuple[str, Document]:
    """A file's format ('xlsx') and all that was read of it. Raises Unreadable, whatever the bytes are."""
    from .formats import read_grids  # the libraries of the formats are imported only when a file is opened

    format_name, grids = read_grids(content, file_name)
    return format_name, read_replies(grids, labels) or read_document(grids, labels)
