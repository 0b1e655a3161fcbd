"""Formats of files: bytes in, grids of addressed cells out.

Here: which reader a file goes to. Not here: what a format is (`sniffing.py`), how it is read (one module each), what
the cells mean (the rest of `reading`). A library is loaded where its reader is: start-up is most of a small run.
"""

from __future__ import annotations

from ..grids import Grid
from . import plain_text
from .archive import Archive
from .compound import Compound
from .sniffing import Content, recognise

_BY_DELIMITER = {"\t": "tsv", ";": "csv", ",": "csv", "|": "txt", None: "txt"}
_BY_ENDING = {".txt": "txt", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}


def detect(content: bytes, file_name: str) -> str:
    """The format that a file is read as: `txt`, `csv`, `tsv`, `xlsx`, `xlsm`, `xls`, `ods`, `docx`, `pdf` or `html`; by
    its content, and by its name only where the content leaves it open. Raises Unreadable where it will not be read."""
    return _format(recognise(content, file_name))


def read_grids(content: bytes, file_name: str) -> tuple[str, list[Grid]]:
    """The format of a file, as `detect` gives it, and its grids in reading order.

    Raises Unreadable, with a reason of CONTRACT's list and a sentence for the sender, for whatever cannot be read.
    """
    found = recognise(content, file_name)
    return _format(found), _read(found, content)


def _format(found: Content) -> str:
    if not isinstance(found.opened, str) or found.format == "html":
        return found.format
    return _BY_ENDING.get(found.extension) or _BY_DELIMITER[plain_text.delimiter(found.opened, is_prose=False)]


def _read(found: Content, content: bytes) -> list[Grid]:
    opened = found.opened
    if isinstance(opened, Archive):
        return _read_archive(found.format, opened)
    if isinstance(opened, Compound):
        from .workbook import read_xls

        return read_xls(opened, content)
    if isinstance(opened, str) and found.format == "html":
        from .html_tables import read as read_html

        return read_html(opened)
    if isinstance(opened, str):
        return plain_text.read(opened, is_prose=found.extension == ".txt")
    from .pdf import read as read_pdf

    return read_pdf(content)


def _read_archive(format_: str, archive: Archive) -> list[Grid]:
    archive.refuse_doctypes()
    if format_ == "docx":
        from .word import read as read_word

        return read_word(archive)
    from .workbook import read_ods, read_xlsx

    return read_ods(archive) if format_ == "ods" else read_xlsx(archive)
