"""The folder `annexes`: of each assessment the decision and its annexes as DOCX, PDF and XLSX, and what differs.

Here: what is written, and what is taken over from the publication before. Not here: how a format looks.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from functools import cache
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


def write_annexes(
    published: Path, folder: Path, before: Callable[[str], Path | None] = lambda _: None
) -> dict[str, str]:
    """Writes the folder anew from the published warehouse; gives of each assessment's folder whether its files were
    `written` or `taken over`. before: the whole file of that path in this folder of the publication before, if any."""
    done: dict[str, str] = {}
    with new_folder(folder) as beside, opened(published) as connection:
        for one in annexes(connection):
            place, content = beside / one.folder, _hash_of(one)
            place.mkdir(parents=True)
            known = [before(f"{one.folder}/{name}") for name in FILES]
            if all(known) and holds(known[FILES.index(WORKBOOK)], content):
                for file in known:
                    shutil.copyfile(file, place / file.name)
                done[one.folder] = "taken over"
            else:
                write_document(one, place / DOCUMENT)
                write_pdf(one, place / PDF)
                write_workbook(one, place / WORKBOOK, content)
                write_changes_page(one, place / CHANGES)
                done[one.folder] = "written"
    return done


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
