"""What is typed into a PDF over its pages: the fields of a form, and text boxes of annotations, as letters where they
stand.

Here: values and their places. Not here: how letters become cells. A field whose value cannot be told shows nothing
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .pdf_drawing import DRAWN, ORDER
from .pdf_text import MARK, Letter
from .seen import SHOWN

_HIDDEN, _NO_VIEW = 2, 32  # flags of an annotation
_MOST_PARENTS = 5
_LARGEST = 10.0  # points; letters are set no larger than this, nor than the field
_WIDTH = 0.5  # of a letter's size


def letters_of(page: Any) -> Iterator[Letter]:
    """The letters of the fields and text boxes on a page, evenly set from the left of each."""
    from pdfminer.pdftypes import resolve1

    if page.rotation:
        return
    for reference in resolve1(page.page_obj.annots) or ():
        annotation = resolve1(reference)
        if isinstance(annotation, dict) and not (_number(annotation.get("F")) & (_HIDDEN | _NO_VIEW)):
            box = [_number(resolve1(at)) for at in resolve1(annotation.get("Rect")) or ()]
            if len(box) == 4 and (text := _text(annotation)):
                yield from _set(text, page, *box)


def _text(annotation: dict) -> str:
    from pdfminer.pdftypes import resolve1

    kind = _name(annotation.get("Subtype"))
    if kind == "FreeText":
        return _string(annotation.get("Contents"))
    if kind != "Widget":
        return ""
    field_type = _name(_inherited(annotation, "FT"))
    value = resolve1(_inherited(annotation, "V"))
    if field_type == "Ch":
        choices = [resolve1(choice) for choice in resolve1(_inherited(annotation, "Opt")) or ()]
        shown = {_string(at[0]): _string(at[1]) for at in choices if isinstance(at, list) and len(at) == 2}
        chosen = map(_string, value if isinstance(value, list) else [value])
        return ", ".join(shown.get(one, one) for one in chosen)
    if field_type == "Btn":
        state = _name(annotation.get("AS"))
        return "☒" if state not in ("", "Off") else ""
    return _string(value) if field_type == "Tx" else ""


def _inherited(annotation: dict, key: str) -> Any:
    """A value of a field, or of the one that it is a part of."""
    from pdfminer.pdftypes import resolve1

    for _ in range(_MOST_PARENTS):
        if key in annotation:
            return annotation[key]
        annotation = resolve1(annotation.get("Parent"))
        if not isinstance(annotation, dict):
            break
    return None


def _set(text: str, page: Any, x0: float, y0: float, x1: float, y1: float) -> Iterator[Letter]:
    left, right = sorted((x0, x1))
    top, bottom = page.height - max(y0, y1), page.height - min(y0, y1)
    lines = text.splitlines()
    size = min(_LARGEST, (bottom - top) / len(lines))
    start = (top + bottom) / 2 - size * len(lines) / 2
    for row, line in enumerate(lines):
        width = min(_WIDTH * size, (right - left) / max(len(line), 1))
        for at, letter in enumerate(line):
            x, y = left + at * width, start + row * size
            box = {"x0": x, "x1": x + width, "top": y, "bottom": y + size, "doctop": y, "width": width, "height": size}
            rest = {"text": letter, "size": size, "upright": True, "matrix": (1, 0, 0, 1, x, y), "fontname": ""}
            yield box | rest | {MARK: SHOWN, ORDER: 0, DRAWN: None}


def _string(value: Any) -> str:
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value)
    return value if isinstance(value, str) else _name(value)


def _name(value: Any) -> str:
    from pdfminer.pdftypes import resolve1

    name = getattr(resolve1(value), "name", "")
    return name if isinstance(name, str) else ""


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) else 0
