"""Files into an in-memory database, and the models run on them.

Here: from paths to a database that holds all that the reports show. Not here: the reports (`reports.py`).

The files are taken for one edition: they came on the same unknown day, and are judged against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .. import registries
from ..errors import TooLittleSaid, UserError
from ..log import write_down
from ..root import Root
from ..warehouse.isolated_reader import IsolatedReader

if TYPE_CHECKING:
    import duckdb

    from ..reading import Document
    from ..warehouse.tables import FileRead

Value = TypeVar("Value")

# The year of files that could not be read, where nothing tells it.
_NO_YEAR = 0


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was given. submission_id: its SHA-256; None where it could not be opened, for the reason `why`."""

    path: Path
    submission_id: str | None
    why: UserError | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check leaves behind: the files in the order given, and the database with the models built on them."""

    files: tuple[Given, ...]
    database: duckdb.DuckDBPyConnection


@contextmanager
def run(
    root: Root,
    paths: Sequence[Path],
    year: int | None = None,
    say: Callable[[str], None] = lambda message: None,
    ask_year: Callable[[str], int | None] = lambda file_name: None,
) -> Iterator[Checked]:
    """Checks files as the submissions of one day.

    year: of all of them; by default each title's own, else that of the other files, else what `ask_year` answers for a
    file's name. Raises TooLittleSaid where a file's year stays unknown, UserError where the SQL cannot be compiled.
    """
    registries.prepare(root)
    with IsolatedReader(root.seeds) as reader:  # first of all: it starts while we load what follows
        import duckdb

        from ..warehouse import plan, tables

        checks = plan.load(say)
        with duckdb.connect() as database:
            database.execute("ATTACH ':memory:' AS egov; USE egov")
            plan.run_seeds(database, root, checks)
            tables.create(database)
            files = _land(database, root, reader, paths, year, ask_year)
            plan.run_steps(database, checks)
            yield Checked(files, database)


def _land(
    database: duckdb.DuckDBPyConnection,
    root: Root,
    reader: IsolatedReader,
    paths: Sequence[Path],
    year: int | None,
    ask_year: Callable[[str], int | None],
) -> tuple[Given, ...]:
    from ..warehouse import landing, tables

    given: list[Given] = []
    read: dict[str, tuple[str, FileRead, Document]] = {}
    for path in paths:
        try:
            content, submission_id = landing.content_of(path)
        except OSError as error:
            given.append(Given(path, None, _cannot_open(path, error)))
            continue
        given.append(Given(path, submission_id))
        if submission_id not in read:
            read[submission_id] = (path.name, *landing.read_file(reader, content, path.name, submission_id))
            if reader.details:
                write_down(root, f"could not read {path}", reader.details)
    for _, file, document in read.values():
        landing.store(database, file, document)
    arrivals = _arrivals(list(read.values()), year, ask_year)
    tables.insert(database, tables.SUBMISSIONS, [tuple(tables.flat(arrival)) for arrival in arrivals])
    return tuple(given)


def _arrivals(
    read: list[tuple[str, FileRead, Document]], year: int | None, ask_year: Callable[[str], int | None]
) -> Iterator[object]:
    """The files as the ledger would have them, had they all come on one unknown day."""
    from ..warehouse.tables import Arrival

    common_year = _only(document.head.title_year for _, _, document in read)
    common_kind = _only(document.head.written_kind for _, _, document in read) or "published"
    for order, (name, file, document) in enumerate(read, 1):
        known_year = year or document.head.title_year or common_year
        if known_year is None:
            known_year = _NO_YEAR if file.unreadable_reason else _asked(name, ask_year)
        kind = document.head.written_kind or common_kind
        yield Arrival(file.submission_id, name, known_year, kind, None, order, False, None, None, None)


def _only(values: Iterable[Value | None]) -> Value | None:
    """The one value that is among them; None where there is none, or more than one."""
    found = {value for value in values if value is not None}
    return found.pop() if len(found) == 1 else None


def _asked(file_name: str, ask_year: Callable[[str], int | None]) -> int:
    year = ask_year(file_name)
    if year is None:
        raise TooLittleSaid(
            f"{file_name}: no title says which year the scores are of ('năm 2020'). Give it: --year 2020.",
            f"{file_name}: không tiêu đề nào nêu năm đánh giá ('năm 2020'). Hãy ghi rõ, ví dụ: --year 2020.",
        )
    return year


def _cannot_open(path: Path, error: OSError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"There is no file {path}.", f"Không có tệp {path}.")
    if path.is_dir():
        return UserError(f"{path} is a folder; give the files in it.", f"{path} là thư mục; hãy nêu các tệp bên trong.")
    return UserError(f"{path} cannot be opened: {error.strerror}.", f"Không mở được {path}: {error.strerror}.")
