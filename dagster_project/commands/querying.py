"""`egov sql`: a query on the published warehouse, which it can neither change nor leave.

Here: asking, and refusing. Not here: how an answer is written (`answers.py`), what may be asked about (CONTRACT).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from .. import stopping
from ..errors import UserError, held_by_other
from ..publishing.publication import WAREHOUSE, is_changed
from ..root import Root
from .answers import WRITERS
from .as_of import believed_on, no_other_tables

if TYPE_CHECKING:
    import duckdb

# A query may read the warehouse and nothing else: no files, no network, no other settings; nor all of the memory.
CLOSED = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "'2GB'",
    "lock_configuration": "true",
}
SECONDS = 300
_ASKING = {"SELECT", "EXPLAIN", "PRAGMA", "CALL", "MULTI"}  # MULTI: what PIVOT becomes
_AT_ONCE = 10_000  # rows that are fetched together
_CHANGED = (
    "Lưu ý: {0} không còn như lúc công bố; hãy chạy `egov run` để tạo lại. / Note: {0} is not what was published; run "
    "`egov run`: it is made anew."
)


@contextmanager
def published(root: Root) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published warehouse, read-only. Raises UserError where nothing has been published yet, or it cannot be
    opened."""
    path = root.published_database.resolve()  # of one publication, whatever is put in place meanwhile
    if not path.exists():
        raise UserError(
            f"Nothing has been published yet: there is no {root.published_database}. Run `make run` (or `egov run`).",
            f"Chưa có kho dữ liệu đã công bố ({root.published_database}). Hãy chạy `make run` (hoặc `egov run`) trước.",
        )
    with opened(path) as connection:
        yield connection


@contextmanager
def published_or_told(root: Root) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same; where it is not what was published, standard error says so in a line."""
    with published(root) as connection:
        if is_changed(root.published, WAREHOUSE):
            print(_CHANGED.format(root.published_database), file=sys.stderr)
        yield connection


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse, read-only and closed to all else. Raises UserError where it cannot be opened."""
    import duckdb

    if not path.is_file():
        raise _damaged(path)
    settings = {name: value.strip("'") for name, value in CLOSED.items()}
    try:
        connection = duckdb.connect(str(path), read_only=True, config=settings)
    except duckdb.Error as error:
        raise held_by_other(error) or _damaged(path) from error
    with connection:
        yield connection


def _damaged(path: Path) -> UserError:
    return UserError(
        f"{path} is damaged: it is no warehouse that can be opened. Run `egov run`: it is made anew.",
        f"{path} đã hỏng, không mở được. Hãy chạy `egov run` để tạo lại.",
    )


@contextmanager
def _as_given(root: Root, publication: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A publication that is kept, read-only. Raises UserError where there is none of that day or name."""
    from ..publishing.kept import found, opened_again

    with opened_again(found(root.kept, publication)) as path, opened(path) as connection:
        yield connection


def answer(
    root: Root,
    query: str,
    form: str,
    target: IO,
    as_of: date | None = None,
    publication: str | None = None,
    seconds: float = SECONDS,
) -> None:
    """Writes a query's answer in a form of `WRITERS`; with `as_of`, from what was current at the end of that day; with
    `publication`, from the one that is kept of that day. Raises UserError where it asks for nothing, asks for more than
    reading, cannot be understood, or takes longer than so many seconds or more memory than it may."""
    import duckdb

    if publication:
        asked = _as_given(root, publication)
    else:
        asked = believed_on(root, as_of) if as_of else published_or_told(root)
    with asked as connection, _ended_after(seconds, connection):
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type.name not in _ASKING:
                raise UserError(
                    "One query at a time, and only one that reads (SELECT): the published warehouse is not changed.",
                    "Mỗi lần chỉ một câu truy vấn, và chỉ để đọc (SELECT): không sửa được kho đã công bố.",
                )
            found = connection.execute(statements[0])
            first = found.fetchmany(_AT_ONCE)
            names = [column[0] for column in found.description or ()]
            WRITERS[form](names, _rows(first, found), target)
        except duckdb.CatalogException as error:
            raise no_other_tables(error) if as_of else _refused(error) from error
        except duckdb.InterruptException as error:
            stopping.refuse_to_go_on()
            raise UserError(
                f"The query took more than {seconds:g} seconds and was ended. Ask for less, or give it more time with "
                "--seconds.",
                f"Câu truy vấn chạy quá {seconds:g} giây nên đã bị dừng. Hãy hỏi ít hơn, hoặc cho thêm thời gian bằng "
                "--seconds.",
            ) from error
        except duckdb.OutOfMemoryException as error:
            most = CLOSED["memory_limit"].strip("'")
            raise UserError(
                f"The query needs more memory than the {most} that it may take. Ask for less, or query the exports.",
                f"Câu truy vấn cần hơn {most} bộ nhớ, quá mức cho phép. Hãy hỏi ít hơn, hoặc truy vấn các tệp xuất.",
            ) from error
        except duckdb.Error as error:
            raise _refused(error) from error


@contextmanager
def _ended_after(seconds: float, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _rows(first: list[tuple], found: duckdb.DuckDBPyConnection) -> Iterator[tuple]:
    """All rows, of which only some are held at a time."""
    some = first
    while some:
        yield from some
        some = found.fetchmany(_AT_ONCE)


def _refused(error: Exception) -> UserError:
    why = _first_lines(error)
    return UserError(f"The query could not be run. {why}", f"Không chạy được câu truy vấn. DuckDB báo: {why}")


def _first_lines(error: Exception) -> str:
    return "\n".join(str(error).strip().splitlines()[:8])
