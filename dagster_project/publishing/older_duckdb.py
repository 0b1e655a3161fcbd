"""The published warehouse once more, for DuckDB releases that cannot open the first: as many programs bring one of them
with them, and know no other.

Here: writing it in the oldest form that this engine writes. Which releases open it was tried with wheels from PyPI
(docs/trends.md names them): from 0.10.3 on they read every table, view, type and comment; 0.10.2 opens nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from .comparing import attach, text

FILE = "egov-duckdb-0.10.3.duckdb"  # the oldest that opens it
STORAGE_VERSION = "v1.0.0"


def write_for_older(published: Path, path: Path) -> None:
    """Writes the published warehouse to `path`, where nothing lies yet. Its bytes differ from one time to the next, as
    those of every DuckDB file."""
    with duckdb.connect(":memory:") as connection:
        attach(connection, published, "published")
        connection.execute(f"ATTACH {text(str(path))} AS older (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("COPY FROM DATABASE published TO older")
        connection.execute("DETACH older")
