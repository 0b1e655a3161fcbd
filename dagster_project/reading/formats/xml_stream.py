"""XML read as a stream of events, without ever resolving an entity or holding a tree.

Here: the parser that every survey of a part uses. Not here: what the elements of a format mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from ..document import Unreadable
from . import refusals


class _Enough(Exception):
    """Raised inside a handler to stop reading where nothing more is asked."""


def parse(
    part: str,
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls the handlers for each element, by its name without prefix and its attributes with theirs, and each text.

    Raises Unreadable (`doctype_in_xml`, `damaged_file`); what a handler raises passes through.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(part)
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise refusals.damaged_file(f"its part {part} is broken", f"thành phần {part} bị lỗi") from error


def refuse_doctype(part: str, chunks: Iterable[bytes]) -> None:
    """Reads a part up to its first element. Raises Unreadable where a document type is declared before it; a part that
    is broken in another way is the business of whoever needs it."""

    def stop(*_: object) -> None:
        raise _Enough

    try:
        parse(part, chunks, start=stop)
    except _Enough:
        return
    except Unreadable as refusal:
        if refusal.reason == "doctype_in_xml":
            raise


def _refuse_doctype(part: str) -> NoReturn:
    raise refusals.doctype_in_xml(part)
