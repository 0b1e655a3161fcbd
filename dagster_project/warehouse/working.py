"""The working database, `data/warehouse/egov.duckdb`: used again only as the step before left it.

Here: the mark that says so. Not here: what is in it (`landing.py`, dbt). A step that is killed in the middle, a full
disk or anybody's hand may leave a file that opens and is damaged inside, on which DuckDB can work without end. So the
mark is taken away while the database is written to, and put back when it has been closed; a file without a mark that
fits it is never opened, but made anew from the submissions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import UserError
from ..files import bytes_of, clear, write_atomically
from ..root import Root
from .build import CouldNotRun


def is_sound(root: Root) -> bool:
    """Whether the database is there as it was left, and nobody is writing to it."""
    path = root.build_database
    try:
        return path.is_file() and not _log(root).exists() and bytes_of(_mark(root)) == _state(path).encode()
    except (OSError, ValueError):
        return False


@contextmanager
def made_or_used(root: Root) -> Iterator[bool]:
    """The database for writing, by the step that can fill it from nothing; gives whether it has to, because it was not
    there or not sound and was removed."""
    is_anew = not is_sound(root)
    if is_anew:
        remove(root)
    with _marked_afterwards(root):
        yield is_anew


@contextmanager
def used(root: Root) -> Iterator[None]:
    """The database for writing, by a step that needs what is in it. Raises UserError where it is not sound."""
    if root.build_database.exists() and not is_sound(root):
        raise UserError(
            f"{root.build_database} is not as the step before left it. Run `egov run`: it is made anew.",
            f"{root.build_database} không còn như bước trước để lại. Hãy chạy `egov run` để tạo lại.",
        )
    with _marked_afterwards(root):
        yield


def remove(root: Root) -> None:
    """Removes the database, with all that lies beside it under its name."""
    for path in (_mark(root), _log(root), root.build_database):
        clear(path)


@contextmanager
def _marked_afterwards(root: Root) -> Iterator[None]:
    root.warehouse.mkdir(parents=True, exist_ok=True)
    clear(_mark(root))
    try:
        yield
    except UserError as error:
        if not isinstance(error, CouldNotRun):  # a test that failed, a correction that does not fit: all was closed
            _put_mark(root)
        raise
    _put_mark(root)


def _put_mark(root: Root) -> None:
    write_atomically(_mark(root), _state(root.build_database).encode())


def _state(path: Path) -> str:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def _mark(root: Root) -> Path:
    return root.build_database.with_name(f"{root.build_database.name}.closed")


def _log(root: Root) -> Path:
    """Where DuckDB writes what it has not put into the file yet; gone when it is closed."""
    return root.build_database.with_name(f"{root.build_database.name}.wal")
