"""What pdfminer does not tell of the things on a page: in which order they are drawn, and which are not shown.

Here: its device and its interpreter, watched while a page is read. Not here: what is seen where one thing lies over
another (`pdf_seen.py`).

pdfplumber hands on two marks of each thing, `mcid` and `tag`, which nothing here needs. They carry the order, and how
it is drawn: `OFF` on a layer that is off, `INVISIBLE` as letters under a picture of a page are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

ORDER, DRAWN = "mcid", "tag"
OFF, INVISIBLE = "off", "invisible"

_INVISIBLE_LETTERS = 3  # the mode in which letters leave no mark


@contextmanager
def watched(catalog: dict) -> Iterator[None]:
    """While the block runs, pages are read with the order and the layers of what is drawn. catalog: the document's."""
    from pdfplumber import page

    names = {"PDFPageAggregatorWithMarkedContent": _device(), "PDFPageInterpreter": _interpreter(_layers_off(catalog))}
    before = {name: getattr(page, name) for name in names}
    for name, watching in names.items():
        setattr(page, name, watching)
    try:
        yield
    finally:
        for name, original in before.items():
            setattr(page, name, original)


def _device() -> type:
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Device(PDFPageAggregatorWithMarkedContent):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self.layers: list[bool] = []  # of the contents that are open: whether each is off
            self._order, self._mode = count(1), 0

        def begin_tag(self, tag: Any, props: Any = None) -> None:
            self.layers.append(props is OFF)

        def end_tag(self) -> None:
            if self.layers:
                self.layers.pop()

        def render_string(self, textstate: Any, *arguments: Any) -> None:
            self._mode = textstate.render
            super().render_string(textstate, *arguments)

        def tag_cur_item(self) -> None:
            if self.cur_item._objs:
                drawn = self.cur_item._objs[-1]
                is_invisible = self._mode == _INVISIBLE_LETTERS and hasattr(drawn, "fontname")
                setattr(drawn, ORDER, next(self._order))
                setattr(drawn, DRAWN, OFF if any(self.layers) else INVISIBLE if is_invisible else None)

    return Device


def _interpreter(off: frozenset[int]) -> type:
    """off: the numbers of the layers that are."""
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1
    from pdfminer.psparser import PSLiteral, literal_name

    def is_off(layer: Any) -> bool:
        if isinstance(layer, PDFObjRef) and layer.objid in off:
            return True
        members = resolve1(layer)
        members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        if isinstance(members, dict):
            return is_off(resolve1(layer)["OCGs"])
        return bool(members) and all(isinstance(at, PDFObjRef) and at.objid in off for at in members)

    class Interpreter(PDFPageInterpreter):
        def do_BDC(self, tag: Any, props: Any) -> None:
            if isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral):
                layers = dict_value(self.resources.get("Properties") or {})
                props = OFF if is_off(layers.get(props.name)) else None
            super().do_BDC(tag, props)

        def do_Do(self, xobjid_arg: Any) -> None:
            form = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
            self.device.layers.append(is_off(form.attrs.get("OC")) if hasattr(form, "attrs") else False)
            try:
                super().do_Do(xobjid_arg)
            finally:
                self.device.end_tag()

    return Interpreter


def _layers_off(catalog: dict) -> frozenset[int]:
    """The numbers of the layers that a reader does not show when it opens the document."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    layers = resolve1(catalog.get("OCProperties")) or {}
    said = resolve1(layers.get("D")) or {}
    listed = {
        name: {at.objid for at in resolve1(holder.get(name)) or () if isinstance(at, PDFObjRef)}
        for holder, name in ((layers, "OCGs"), (said, "ON"), (said, "OFF"))
    }
    base = getattr(resolve1(said.get("BaseState")), "name", "ON")
    return frozenset((listed["OCGs"] - listed["ON"] if base == "OFF" else set()) | listed["OFF"])
