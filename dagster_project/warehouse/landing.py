"""Files into the landing tables: what is new is read, what was read before is kept.

Here: which files are read, and their rows put in, in the order of the ledger, each file's at once or not at all. Not
here: the shape of the tables (`tables.py`), reading itself (`readers.py`), and what is made of the rows (SQL).

A file's rows are kept under its SHA-256 as long as the reader and the labels are the same (and the year, where that
decided between indices); year, kind and receipt come from the ledger at each run. A file that cannot be read is a row
of `documents` with its reason. What a file holds of other years than its own are submissions of their own, under the
same SHA-256 with '~' and the year behind it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from ..files import sha256_of
from ..log import write_down
from ..reading import Labels, reader_version
from ..reading.document import Head
from ..registries import sources
from ..registries.gathering import rows_in
from ..root import REPOSITORY, Root
from ..submissions import LeftOut, Submission, arrivals
from . import tables
from .contents import NOTHING, Contents
from .isolated_reader import Reading
from .readers import FileReading, read_all
from .tables import SCHEMA, Arrival, FileRead, Input, LandedFile

_ABSURD = (
    "damaged_file",
    "This file holds numbers that no table of scores can have, and was not used.",
    "Tệp chứa những con số không thể có ở một bảng điểm nên không dùng được.",
)
TOGETHER = 4 << 20  # letters of contents that are stored in one transaction; a kill loses no more than these
RESTATED = "restated"
_SOON_SECONDS = 3
# The SHA-256 of the file that a submission is of: of another year than the file's own it says '~' and that year behind.
_FILE = "split_part(submission_id, '~', 1)"


@dataclass(frozen=True, slots=True)
class Landed:
    """What a landing did. arrived: all submissions. read: how many of them were read now, the others were kept from
    before. held: the SHA-256 of all that the tables now hold. unreadable: the files that could not be read, now or
    before, with the reason."""

    arrived: list[Submission]
    read: int
    held: set[str]
    unreadable: dict[str, str]
    left_out: list[LeftOut]


def land(
    connection: duckdb.DuckDBPyConnection,
    root: Root,
    years: Collection[int] | None = None,
    progress: Callable[[str], None] = lambda message: None,
) -> Landed:
    """Brings the landing tables up to date with the submissions folder and its ledger.

    Reads the files of these years (None: all) that are new, and files of any year that were read by another reader or
    with other labels. Raises UserError where the ledger cannot be understood; a file stops nothing.
    """
    arrived = arrivals(root)
    labels = Labels.load(root.seeds).fingerprint
    tables.create(connection)
    due = _due(connection, arrived.submissions, years, labels)
    _read(connection, root, due, labels, progress)
    _forget_all_but(connection, [submission.submission_id for submission in arrived.submissions])
    submissions = with_other_years(connection, map(_arrival, arrived.submissions))
    put_arrivals(connection, [*submissions, *map(_left_out, arrived.left_out)])
    _replace(connection, tables.INPUTS, _inputs(connection, root, arrived.submissions))
    reasons = _unreadable(connection)
    unreadable = {one.file: reasons[one.submission_id] for one in arrived.submissions if one.submission_id in reasons}
    return Landed(arrived.submissions, len(due), _held(connection), unreadable, arrived.left_out)


def make_tables(root: Root) -> None:
    """Makes the landing tables that are not there yet, empty: models may be built before any file was read."""
    with duckdb.connect(str(root.build_database)) as connection:
        tables.create(connection)


def record_of(reading: Reading, submission_id: str, labels: str = "") -> tuple[FileRead, Contents]:
    """What became of a file and what was read of it, as they are stored: nothing where it was refused."""
    if reading.refused is not None:
        reason, english, vietnamese = reading.refused
        return FileRead(submission_id, None, reader_version(), labels, reason, vietnamese, english), NOTHING
    assert reading.contents is not None
    return FileRead(submission_id, reading.format, reader_version(), labels), reading.contents


def store(connection: duckdb.DuckDBPyConnection, read: Sequence[tuple[FileRead, Contents]]) -> None:
    """Puts in what was read of files, in the place of all that was read of them before, all or nothing. Raises
    duckdb.DataError or duckdb.InvalidInputException where a table cannot hold a value."""
    parts = [part for file, contents in read for part in _parts(file, contents)]
    connection.begin()
    try:
        _forget(connection, [file.submission_id for file, _ in read])
        landed = [LandedFile(file, contents.head) for file, contents in parts]
        tables.insert(connection, tables.DOCUMENTS, _texts(tables.DOCUMENTS, landed))
        for table in tables.OF_DOCUMENTS:
            texts = [(file.submission_id, text) for file, of in parts for text in of.of_tables.get(table.name, ())]
            tables.insert(connection, table, texts)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def put_arrivals(connection: duckdb.DuckDBPyConnection, arrivals: Iterable[Arrival]) -> None:
    """Puts in the files that came, in the place of those of before."""
    _replace(connection, tables.SUBMISSIONS, list(arrivals))


def with_other_years(connection: duckdb.DuckDBPyConnection, arrivals: Iterable[Arrival]) -> Iterator[Arrival]:
    """Each file as it arrived, and once more for each other year that it holds something of: a submission of its own,
    of the same kind; `restated` where it only repeats that year beside its own."""
    held: dict[str, list[tuple[str, int, bool]]] = {}
    for submission_id, *other in connection.execute(
        f"SELECT {_FILE}, submission_id, other_year, is_restated FROM {SCHEMA}.documents WHERE other_year IS NOT NULL"
    ).fetchall():
        held.setdefault(submission_id, []).append(tuple(other))
    for one in arrivals:
        yield one
        for submission_id, year, is_restated in sorted(held.get(one.submission_id or "", [])):
            kind = RESTATED if is_restated else one.kind
            yield replace(one, submission_id=submission_id, year=year, kind=kind)


def _of_other_year(submission_id: str, head: Head) -> str:
    """The identity of what a file holds of another year."""
    return f"{submission_id}~{head.other_year}" + (f"~{RESTATED}" if head.is_restated else "")


def _due(
    connection: duckdb.DuckDBPyConnection, submissions: list[Submission], years: Collection[int] | None, labels: str
) -> list[Submission]:
    kept = connection.execute(
        f"SELECT submission_id, index_year, reader_version, labels_sha256 FROM {SCHEMA}.documents"
    ).fetchall()
    known = {submission_id: index_year for submission_id, index_year, *_ in kept}
    fresh = {submission_id for submission_id, _, *key in kept if key == [reader_version(), labels]}
    return [
        one
        for one in submissions
        if (one.submission_id not in fresh or known[one.submission_id] not in (None, one.year))
        and (years is None or one.year in years or one.submission_id in known)
    ]


def _read(
    connection: duckdb.DuckDBPyConnection,
    root: Root,
    due: list[Submission],
    labels: str,
    progress: Callable[[str], None],
) -> None:
    """Reads the files that are due and stores them, some at a time: a transaction for each would cost more than the
    rows of a small file."""
    began = time.monotonic()
    waiting: list[FileReading] = []
    for count, one in enumerate(read_all(due, root.seeds), 1):
        waiting.append(one)
        if one.reading.details:
            write_down(root, f"could not read {one.submission.file}", one.reading.details)
        if count == len(due) or sum(each.reading.size for each in waiting) > TOGETHER:
            _store(connection, root, waiting, labels)
            waiting = []
        progress(f"{one.submission.file} ({count}/{len(due)}{_left(time.monotonic() - began, count, len(due))})")


def _store(connection: duckdb.DuckDBPyConnection, root: Root, read: list[FileReading], labels: str) -> None:
    """Together; where a value cannot be held each alone, so that it is only its own file that is refused."""
    try:
        store(connection, [record_of(one.reading, one.submission.submission_id, labels) for one in read])
    except (duckdb.DataError, duckdb.InvalidInputException) as error:
        if len(read) > 1:
            for one in read:
                _store(connection, root, [one], labels)
            return
        (one,) = read
        write_down(root, f"could not keep what was read of {one.submission.file}", str(error))
        _store(connection, root, [replace(one, reading=Reading(refused=_ABSURD))], labels)


def _left(seconds: float, done: int, of: int) -> str:
    """How long the rest takes, once that can be said."""
    if seconds < _SOON_SECONDS or done == of:
        return ""
    left = round(seconds / done * (of - done))
    return f", còn khoảng / about {left} s" if left < 90 else f", còn khoảng / about {round(left / 60)} min"


def _parts(file: FileRead, contents: Contents) -> Iterator[tuple[FileRead, Contents]]:
    """A file, and what it holds of other years, each under a name of its own."""
    yield file, contents
    for other in contents.of_other_years:
        yield replace(file, submission_id=_of_other_year(file.submission_id, other.head)), other


def _forget(connection: duckdb.DuckDBPyConnection, submission_ids: list[str]) -> None:
    """What was read of files before. To look for it goes through whole tables, so only where there is something."""
    (known,) = connection.execute(
        f"SELECT list(DISTINCT {_FILE}) FROM {SCHEMA}.documents WHERE list_contains($1, {_FILE})", [submission_ids]
    ).fetchone() or (None,)
    if known:
        for table in (tables.DOCUMENTS, *tables.OF_DOCUMENTS):
            connection.execute(f"DELETE FROM {SCHEMA}.{table.name} WHERE list_contains($1, {_FILE})", [known])


def _forget_all_but(connection: duckdb.DuckDBPyConnection, submission_ids: list[str]) -> None:
    held = _held(connection)
    _forget(connection, sorted(held.difference(submission_ids)))


def _replace(connection: duckdb.DuckDBPyConnection, table: tables.Table, records: Sequence[object]) -> None:
    connection.execute(f"DELETE FROM {SCHEMA}.{table.name}")
    tables.insert(connection, table, _texts(table, records))


def _texts(table: tables.Table, records: Sequence[object]) -> list[tuple[None, str]]:
    """The texts of a table whose records are of no file."""
    return [(None, text) for text in tables.texts_of(table, records)]


def _arrival(one: Submission) -> Arrival:
    return Arrival(
        submission_id=one.submission_id,
        file_name=one.file_name,
        year=one.year,
        kind=one.kind,
        received_on=one.received_on,
        ledger_order=one.order,
        is_ledgered=one.is_ledgered,
        sender=one.sender,
        note=one.note,
        left_out_reason=None,
    )


def _left_out(one: LeftOut) -> Arrival:
    return Arrival(None, one.file, one.year, None, None, None, False, None, None, one.reason)


def _inputs(connection: duckdb.DuckDBPyConnection, root: Root, submissions: list[Submission]) -> list[Input]:
    """The files that were read, the ledger and the registries, each with its rows."""
    found = connection.execute(
        f"""
        SELECT {_FILE}, coalesce(sum(rows_seen) FILTER (is_restated IS NOT TRUE), 0)::INTEGER FROM {SCHEMA}.documents
        GROUP BY ALL
        """
    ).fetchall()
    rows = dict(found)
    inputs = [
        Input(root.relative(one.path), one.submission_id, rows[one.submission_id])
        for one in submissions
        if one.submission_id in rows
    ]
    declarations = sorted((REPOSITORY / "expectations").glob("*.csv"))
    for path in [*([root.ledger] if root.ledger.exists() else []), *sources(root), *declarations]:
        inputs.append(Input(root.relative(path), sha256_of(path), rows_in(path)))
    return inputs


def _held(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {one for (one,) in connection.execute(f"SELECT {_FILE} FROM {SCHEMA}.documents").fetchall()}


def _unreadable(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(
        connection.execute(
            f"SELECT submission_id, unreadable_reason FROM {SCHEMA}.documents WHERE unreadable_reason IS NOT NULL"
        ).fetchall()
    )
