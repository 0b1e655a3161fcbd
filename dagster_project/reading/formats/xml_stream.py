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

    Raises Unreadable (`doctype_in_xml`, `damaged_file`), also where the part is in UTF-16, which the libraries that
    read it next take for empty; what a handler raises passes through.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(part)
    parser.StartElementHandler = _from_root(parser, start, end)
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            if b"\0" in chunk:
                raise _broken(part)
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: an encoding that there is not
        raise _broken(part) from error


def _from_root(parser, start: Callable, end: Callable | None) -> Callable[[str, dict[str, str]], None]:
    """The handler of the first element. Most parts have no prefixes, and then there is nothing to take off, which saves
    a fifth of the time of a large sheet."""

    def first(name: str, attributes: dict[str, str]) -> None:
        has_prefix = ":" in name
        parser.StartElementHandler = (
            (lambda name, found: start(name.rpartition(":")[2], found)) if has_prefix else start
        )
        if end is not None:
            parser.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if has_prefix else end
        start(name.rpartition(":")[2], attributes)

    return first


def refuse_doctype(part: str, chunks: Iterable[bytes]) -> None:
    """Reads a part up to its first element. Raises Unreadable where a document type is declared before it, or could be
    without being seen; a part that is broken in another way is the business of whoever needs it."""

    def stop(*_: object) -> None:
        raise _Enough

    try:
        parse(part, chunks, start=stop)
    except _Enough:
        return
    except Unreadable as refusal:
        if not isinstance(refusal.__cause__, expat.ExpatError):
            raise


def _refuse_doctype(part: str) -> NoReturn:
    raise refusals.doctype_in_xml(part)


def _broken(part: str) -> Unreadable:
    return refusals.damaged_file(f"its part {part} is broken", f"thành phần {part} bị lỗi")
