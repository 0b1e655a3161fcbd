"""What a file holds, as it goes from the process that reads it into the landing tables.

Here: a Document as texts of its tables, with its head beside them. Not here: reading (`reading`), the tables and how
they take texts (`tables.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..reading.document import NO_HEAD, Document, Head
from . import tables


@dataclass(frozen=True, slots=True)
class Contents:
    """A file's contents. of_tables: the records of each landing table, by its name, as `tables.insert` takes them.
    of_other_years: what it holds of other years than its own. has_unclear_replies: a reply of it says in no known word
    what kind it is."""

    head: Head
    of_tables: dict[str, list[str]]
    of_other_years: tuple[Contents, ...] = ()
    has_unclear_replies: bool = False

    @property
    def other_years(self) -> list[int]:
        """The years of which it holds something beside its own, each once."""
        return sorted({one.head.other_year for one in self.of_other_years if one.head.other_year})

    @property
    def size(self) -> int:
        """How many letters its texts have."""
        own = sum(len(text) for texts in self.of_tables.values() for text in texts)
        return own + sum(one.size for one in self.of_other_years)


NOTHING = Contents(NO_HEAD, {})


def contents_of(document: Document) -> Contents:
    """The contents of a document."""
    records = {table: getattr(document, table.attribute) for table in tables.OF_DOCUMENTS if table.attribute}
    return Contents(
        document.head,
        {table.name: tables.texts_of(table, found) for table, found in records.items() if found},
        tuple(map(contents_of, document.of_other_years)),
        any(said.reply is None for said in document.replies),
    )
