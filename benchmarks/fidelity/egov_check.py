"""What `egov check` finds in a copy: the project's own reader and SQL, on a database of its own for each copy.

Here: running them as `dagster_project.checking` does, but reading in this process, which saves the start of another;
and each finding with the cell that it points at. Not here: what it should have found (`tally.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

import duckdb
from original import Address, Copy, Line, lines_by_place, written

from dagster_project.reading import Labels, Unreadable, read
from dagster_project.root import Root
from dagster_project.warehouse import landing, plan, tables
from dagster_project.warehouse.contents import contents_of

_FOUND = """
    SELECT
        finding_id, code, stated, expected, materiality, scope, page_or_sheet, row_number, column_number, cell, field,
        coalesce(unit_name, written_name, subject)
    FROM intermediate.int_finding
    ORDER BY ALL
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. address: None where it points at no cell. line: of the copy, where that is one of them."""

    finding_id: str
    code: str
    stated: str | None
    expected: str | None
    materiality: str | None
    scope: str
    address: Address | None
    line: Line | None
    field: str
    about: str | None

    @property
    def says(self) -> tuple[str, str | None, str | None]:
        """What must be the same for it to be the same finding of two copies."""
        return self.finding_id, self.stated, self.expected


class Checker:
    """Checks copies with the repository's plan, labels and registries."""

    def __init__(self) -> None:
        self._root = Root()
        self._plan = plan.load()
        self._labels = Labels.load(self._root.seeds)

    def findings(self, copy: Copy, form: str) -> list[Finding]:
        """All findings of a copy. Those of scope `file` are what `egov check` prints."""
        places = lines_by_place(copy, form)
        with self._checked(written(copy, form), form) as database:
            rows = database.execute(_FOUND).fetchall()
        found = []
        for finding_id, code, stated, expected, materiality, scope, sheet, row, column, cell, field, about in rows:
            address = None if row is None else Address(sheet, row, column or 0, cell)
            line = places.get((sheet, row))
            found.append(Finding(finding_id, code, stated, expected, materiality, scope, address, line, field, about))
        return found

    @contextmanager
    def _checked(self, content: bytes, form: str) -> Iterator[duckdb.DuckDBPyConnection]:
        submission_id = sha256(content).hexdigest()
        name = f"copy.{form}"
        try:
            kind, document = read(content, name, self._labels)
        except Unreadable as refusal:
            raise AssertionError(f"a copy could not be read: {refusal}") from refusal
        with plan.database(self._root, self._plan) as database:
            landing.store(database, [(tables.FileRead(submission_id, kind, "", ""), contents_of(document))])
            year, sent_as = document.head.title_year or 2020, document.head.written_kind or "published"
            arrival = tables.Arrival(submission_id, name, year, sent_as, None, 1, False, None, None, None)
            landing.put_arrivals(database, [arrival])
            plan.run_steps(database, self._plan)
            yield database
