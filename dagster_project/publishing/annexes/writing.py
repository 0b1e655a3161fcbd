"""The folder `annexes`: of each assessment the decision and its annexes as DOCX, PDF and XLSX, and what differs.

Here: what is written, and what is taken over from the publication before. Not here: how a format looks.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from pathlib import Path

from ..contract import opened
from ..places import new_folder
from ..workbook import holds
from .changes import write_changes_page
from .content import Annexes
from .document import write_document
from .gathering import annexes
from .pdf import write_pdf
from .workbook import write_workbook

DOCUMENT, PDF, WORKBOOK, CHANGES = FILES = ("annexes.docx", "annexes.pdf", "annexes.xlsx", "changes.html")
HERE = 4  # assessments: for so few it does not pay to start processes
AHEAD, OF_A_PROCESS = 8, 25


def write_annexes(
    published: Path, folder: Path, before: Callable[[str], Path | None] = lambda _: None
) -> dict[str, str]:
    """Writes the folder anew from the published warehouse; gives of each assessment's folder whether its files were
    `written` or `taken over`. before: the whole file of that path in this folder of the publication before, if any."""
    done: dict[str, str] = {}

    def to_write() -> Iterator[tuple[Annexes, Path, str]]:
        for one in annexes(connection):
            place, content = beside / one.folder, _hash_of(one)
            place.mkdir(parents=True)
            known = [before(f"{one.folder}/{name}") for name in FILES]
            if all(known) and holds(known[FILES.index(WORKBOOK)], content):
                for file in known:
                    shutil.copyfile(file, place / file.name)
                done[one.folder] = "taken over"
            else:
                done[one.folder] = "written"
                yield one, place, content

    with new_folder(folder) as beside, opened(published) as connection:
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
    return hashlib.sha256(_code() + repr(one).encode()).hexdigest()


@cache
def _code() -> bytes:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted((*here.rglob("*.py"), *here.rglob("*.typ"), *here.rglob("*.html"), *here.rglob("*.ttf"))):
        digest.update(path.read_bytes())
    return digest.digest()
