"""The folder `annexes`: of each assessment the decision and its annexes as DOCX, PDF and XLSX, and what differs.

Here: what is written, and what is taken over from the publication before. Not here: how a format looks.
"""

from __future__ import annotations

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from pathlib import Path

from .. import before
from ..before import Before
from ..contract import opened
from ..made_of import MadeOf, program
from ..places import new_folder
from ..publication import Publication
from ..workbook import holds
from . import queries
from .changes import write_changes_page
from .content import Annexes
from .document import write_document
from .gathering import annexes, places
from .pdf import write_pdf
from .workbook import write_workbook

PART = "annexes"
DOCUMENT, PDF, WORKBOOK, CHANGES = FILES = ("annexes.docx", "annexes.pdf", "annexes.xlsx", "changes.html")
HERE = 4  # assessments: for so few it does not pay to start processes
AHEAD, OF_A_PROCESS = 8, 25

WRITTEN, TAKEN_OVER = "written", "taken over"


def write_annexes(published: Path, folder: Path, stands: Publication | None = None) -> dict[str, str]:
    """Writes the folder anew from the published warehouse; gives of each assessment's folder whether its files were
    `written` or `taken over`. stands: the publication before, if any.

    An assessment whose rows are the same is taken over without being put together; one whose annexes say the same, once
    they are, without being written.
    """
    done: dict[str, str] = {}

    def to_write() -> Iterator[tuple[Annexes, Path, str]]:
        made_of, marks = MadeOf(connection, queries.ASKED, "assessment_key"), dict[str, str]()
        for place in places(connection):
            files = [f"{place.folder}/{name}" for name in FILES]
            mark = marks[place.folder] = made_of.mark(place.row["assessment_key"], place)
            done[place.folder] = TAKEN_OVER
            if known.is_made_of(place.folder, mark) and known.links(files):
                continue
            one = annexes(connection, place)
            content, book = _hash_of(one), known.whole(f"{place.folder}/{WORKBOOK}")
            if not (book and holds(book, content) and known.links(files)):
                done[place.folder] = WRITTEN
                yield one, known.place(files[0]).parent, content
        known.place(before.MADE_OF).write_bytes(before.content(marks))

    with new_folder(folder) as beside, opened(published) as connection:
        known = Before(stands, PART, beside)
        jobs = to_write()
        for few in islice(jobs, HERE):
            _write(*few)
        _write_beside(jobs)
    return done


def _write(one: Annexes, place: Path, content: str) -> None:
    write_document(one, place / DOCUMENT)
    write_pdf(one, place / PDF)
    write_workbook(one, place / WORKBOOK, content)
    write_changes_page(one, place / CHANGES)


def _write_beside(jobs: Iterator[tuple[Annexes, Path, str]]) -> None:
    """Writes in processes of their own, each for some jobs only: what makes the PDF keeps all that it has made, a
    gigabyte for two hundred assessments."""
    first = next(jobs, None)
    if first is None:
        return
    spawning = multiprocessing.get_context("spawn")  # a copy of this process would have its locks and its database
    begun: deque[Future[None]] = deque()
    with ProcessPoolExecutor(mp_context=spawning, max_tasks_per_child=OF_A_PROCESS) as pool:
        for job in chain([first], jobs):
            begun.append(pool.submit(_write, *job))
            if len(begun) > AHEAD:
                begun.popleft().result()
        for one in begun:
            one.result()


def _hash_of(one: Annexes) -> str:
    """Of all that the files show, and of how they are written."""
    return hashlib.sha256(f"{program()} {one!r}".encode()).hexdigest()
