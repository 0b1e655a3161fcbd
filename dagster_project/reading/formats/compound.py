"""Compound files (OLE), the container of Office 97 to 2003: which streams one holds, and their bytes.

Here: sectors and the directory, read without trusting any number in them. Not here: what a stream means (`sniffing.py`,
`xls_survey.py`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from . import refusals

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The size of a sector, then: sectors of the allocation table, first of the directory, below which size a stream lies in
# small sectors, first of their table, first of the list's continuation.
_HEADER = struct.Struct("<30xH12xII4xII4xI")
_LAST_SECTOR = 0xFFFFFFFA  # larger numbers mean an end or no sector
_ENTRY = struct.Struct("<64xHBxIII36xII")
_ENTRY_BYTES, _SMALL_SECTOR_BYTES = 128, 64
_STREAM = 2


class _Entry(NamedTuple):
    """One entry of the directory; before, after and child are numbers of others."""

    name: str
    kind: int
    before: int
    after: int
    child: int
    start: int
    size: int


class Compound:
    """The streams of one compound file by name. Raises Unreadable (`damaged_file`) where it does not hold together."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        if len(content) < 512:
            raise refusals.damaged_file()
        sector_shift, tables, directory, self._small_below, small_table, more = _HEADER.unpack_from(content)
        if sector_shift not in (9, 12):
            raise refusals.damaged_file("its first page is broken", "phần đầu tệp bị lỗi")
        self._sector_bytes = 1 << sector_shift
        self._next = self._allocation(tables, more)
        self._entries = self._directory(directory)
        self._small_next = _numbers(self._chain(small_table))
        self._small_data = self._chain(self._entries[0].start)
        self._streams = {entry.name: entry for entry in self._top()}

    @property
    def names(self) -> list[str]:
        return list(self._streams)

    def stream(self, name: str) -> bytes:
        """The bytes of one stream; b'' where there is none of that name. Raises Unreadable where a stream of something
        embedded has the same name and comes first, because libraries take that one."""
        entry = self._streams.get(name)
        if entry is None:
            return b""
        if next(other for other in self._entries if other.name == name) is not entry:
            raise refusals.damaged_file("another document is embedded in it", "có tài liệu khác nhúng bên trong")
        data = self._small_chain(entry.start) if entry.size < self._small_below else self._chain(entry.start)
        return data[: entry.size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._sector_bytes
        return self._content[at : at + self._sector_bytes]

    def _allocation(self, tables: int, more: int) -> list[int]:
        """For each sector the one that follows it in its stream."""
        holders = list(struct.unpack_from("<109I", self._content, 76))
        seen: set[int] = set()
        while more < _LAST_SECTOR and more not in seen and len(data := self._sector(more)) == self._sector_bytes:
            seen.add(more)
            *further, more = _numbers(data)
            holders += further
        table = b"".join(self._sector(number) for number in holders[:tables] if number < _LAST_SECTOR)
        return _numbers(table)

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(start, self._next))

    def _small_chain(self, start: int) -> bytes:
        size = _SMALL_SECTOR_BYTES
        return b"".join(self._small_data[at * size : (at + 1) * size] for at in _follow(start, self._small_next))

    def _directory(self, start: int) -> list[_Entry]:
        data = self._chain(start)
        entries = []
        for at in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name_bytes, kind, *numbers = _ENTRY.unpack_from(data, at)
            name = data[at : at + max(min(name_bytes, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, kind, *numbers))
        if not entries:
            raise refusals.damaged_file()
        return entries

    def _top(self) -> Iterator[_Entry]:
        """The streams that lie in no storage of their own: those of the document, not of what is embedded in it."""
        waiting, seen = [self._entries[0].child], set()
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in seen:
                seen.add(number)
                entry = self._entries[number]
                waiting += (entry.before, entry.after)
                if entry.kind == _STREAM:
                    yield entry


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _follow(start: int, following: list[int]) -> Iterator[int]:
    """The numbers of a chain of sectors. Raises Unreadable where it runs in a circle or out of the file."""
    for _ in range(len(following) + 1):
        if start >= _LAST_SECTOR:
            return
        if start >= len(following):
            break
        yield start
        start = following[start]
    raise refusals.damaged_file()
