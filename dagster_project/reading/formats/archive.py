"""Zip archives of office programs, opened so that nothing in them can grow, lie or call out.

Here: what holds for every such archive, before a library sees it: sizes, names, passwords, document type declarations.
Not here: what its parts mean (`xlsx_survey.py`, `ods_survey.py`, `word.py`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from . import refusals
from .limits import MAX_PARTS, MAX_UNPACKED_BYTES, MAX_UNPACKED_RATIO, MEGABYTE, RATIO_MATTERS_FROM
from .xml_stream import refuse_doctype

_CHUNK = 1 << 16
_XML_ENDINGS = (".xml", ".rels", ".vml")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, UnicodeError)


class Archive:
    """The parts of one archive by name. A part gives no more bytes than the directory says it has.

    Raises Unreadable (`damaged_file`, `password_protected`, `expands_too_much`) where it cannot be trusted.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise refusals.damaged_file() from error
        self._parts = {info.filename: info for info in self._zip.infolist() if not info.filename.endswith("/")}
        self._refuse_what_grows(len(content))
        if any(info.flag_bits & 1 for info in self._parts.values()):
            raise refusals.password_protected()

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    @property
    def unpacked_bytes(self) -> int:
        return sum(info.file_size for info in self._parts.values())

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, a piece at a time."""
        try:
            with self._zip.open(self._parts[name]) as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except _BROKEN as error:
            raise refusals.damaged_file(f"its part {name} cannot be unpacked", f"không giải nén được {name}") from error

    def read(self, name: str) -> bytes:
        """The bytes of one part; b'' where there is none of that name."""
        return b"".join(self.chunks(name)) if name in self._parts else b""

    def refuse_doctypes(self) -> None:
        """Raises Unreadable where a part of XML begins with a document type declaration."""
        for name in self._parts:
            if name.lower().endswith(_XML_ENDINGS):
                refuse_doctype(name, self.chunks(name))

    def repacked(self, replaced: dict[str, bytes] | None = None) -> bytes:
        """A plain archive of the same parts, some of them replaced, for a library that reads archives by itself.

        What was looked at is then what it reads: two programs can disagree on what a crafted archive holds.
        Raises Unreadable where it is too large to be held in memory.
        """
        if self.unpacked_bytes > MAX_UNPACKED_BYTES:
            raise self._too_large()
        plain = io.BytesIO()
        with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as target:
            for name in self._parts:
                part = (replaced or {}).get(name)
                target.writestr(name, self.read(name) if part is None else part)
        return plain.getvalue()

    def _refuse_what_grows(self, packed_bytes: int) -> None:
        if len(self._zip.infolist()) > MAX_PARTS:
            raise refusals.expands_too_much("holds over {} parts", "chứa quá {} thành phần", MAX_PARTS)
        if self.unpacked_bytes > max(RATIO_MATTERS_FROM, MAX_UNPACKED_RATIO * packed_bytes):
            raise self._too_large()

    def _too_large(self) -> Exception:
        size = self.unpacked_bytes // MEGABYTE
        return refusals.expands_too_much("grows to {} MB when unpacked", "phình ra {} MB khi giải nén", size)
