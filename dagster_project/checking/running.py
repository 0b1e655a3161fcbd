"""Files into an in-memory database, and the models run on them.

Here: from paths to a database that holds all that the reports show. Not here: the reports (`reports.py`).

The files are taken for one delivery: they came on the same unknown day, and are judged against each other. They are
read in a process beside this one (see `isolated_reader.py`) while this one loads what judges them, because a person
waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from .. import registries
from ..errors import AllAtOnce, TooLittleSaid, UserError, why_refused
from ..files import content_of
from ..log import write_down
from ..root import Root
from ..submissions import ledger
from ..warehouse.isolated_reader import IsolatedReader, Reading

if TYPE_CHECKING:
    import duckdb

    from ..warehouse.contents import Contents
    from ..warehouse.tables import Arrival, FileRead

Value = TypeVar("Value")

# The year of files that hold no scores, where nothing tells it.
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
    file's name. Raises TooLittleSaid where a file's year stays unknown or is still to come, UserError where the SQL
    cannot be compiled.
    """
    for sentence in registries.sentences(registries.prepare(root)):
        say("\n".join(f"! {words}" for words in sentence))
    with IsolatedReader(root.seeds) as reader:
        files = _Files(reader, paths, year)
        from ..warehouse import landing, plan

        checks = plan.load(say)
        with plan.database(root, checks) as database:
            files.wait(root)
            read = [
                (path.name, *landing.record_of(reading, submission_id))
                for submission_id, (path, reading) in files.read.items()
            ]
            landing.store(database, [(file, contents) for _, file, contents in read])
            landing.put_arrivals(database, landing.with_other_years(database, _arrivals(read, year, ask_year)))
            plan.run_steps(database, checks)
            yield Checked(tuple(files.given), database)


class _Files:
    """The files of a check, opened and read in a thread of their own. given: in their order. read: by SHA-256, with the
    first path that holds it; of one that could not be opened nothing."""

    def __init__(self, reader: IsolatedReader, paths: Sequence[Path], year: int | None) -> None:
        self.given: list[Given] = []
        self.read: dict[str, tuple[Path, Reading]] = {}
        self._reader = reader
        self._paths = paths
        self._year = year
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._read_all, daemon=True)
        self._thread.start()

    def wait(self, root: Root) -> None:
        """Returns when all have been read; what went wrong unforeseen is then in the log."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        for path, reading in self.read.values():
            if reading.details:
                write_down(root, f"could not read {path}", reading.details)

    def _read_all(self) -> None:
        try:
            for path in self._paths:
                self.given.append(self._read(path))
        except BaseException as error:
            self._error = error

    def _read(self, path: Path) -> Given:
        try:
            content, submission_id = content_of(path)
        except OSError as error:
            return Given(path, None, _cannot_open(path, error))
        if submission_id not in self.read:
            self.read[submission_id] = path, self._reader.read(content, path.name, self._year)
        return Given(path, submission_id)


def _arrivals(
    read: list[tuple[str, FileRead, Contents]], year: int | None, ask_year: Callable[[str], int | None]
) -> Iterator[Arrival]:
    """The files as the ledger would have them, had they all come on one unknown day."""
    from ..warehouse.tables import Arrival

    of_scores = [contents.head for _, _, contents in read if contents.head.index_code]
    common_year = _only(head.title_year for head in of_scores)
    common_kind = _only(head.written_kind for head in of_scores) or "published"
    years, wrong = [], AllAtOnce()
    for name, _, contents in read:
        known_year = year or contents.head.title_year or common_year
        with wrong.keeping():
            if known_year is None:
                known_year = _asked(name, ask_year) if contents.head.index_code else _NO_YEAR
            ledger.refuse_to_come(name, known_year)
        years.append(known_year)
    wrong.tell()
    for order, ((name, file, contents), known_year) in enumerate(zip(read, years, strict=True), 1):
        kind = contents.head.written_kind or common_kind
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
    return UserError(f"{path} cannot be opened: {error.strerror}.", f"Không mở được {path}: {why_refused(error)}.")
