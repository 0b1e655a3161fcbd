"""What pdfminer does not tell of the things on a page: in which order they are drawn, which are not shown, which are
cut off by a clipping path, and which letters nobody can name.

Here: its device and its interpreter, watched while a page is read. Not here: what is seen where one thing lies over
another (`pdf_seen.py`).

pdfplumber hands on two marks of each thing, `mcid` and `tag`, which nothing here needs. They carry the order, and how
it is drawn: `OFF` on a layer that is off, `CUT` outside the part of the page to which drawing is clipped, `INVISIBLE`
as letters under a picture of a page are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

ORDER, DRAWN = "mcid", "tag"
OFF, CUT, INVISIBLE = "off", "cut", "invisible"
Box = tuple[float, float, float, float]

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
            self.clip: Box | None = None

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
                is_cut = self.clip is not None and not _is_within(drawn, self.clip)
                way = OFF if any(self.layers) else CUT if is_cut else INVISIBLE if is_invisible else None
                setattr(drawn, DRAWN, way)

    return Device


def _interpreter(off: frozenset[int]) -> type:
    """off: the numbers of the layers that are."""
    from pdfminer.pdffont import PDFSimpleFont
    from pdfminer.pdfinterp import PDFPageInterpreter
    from pdfminer.pdftypes import PDFObjRef, dict_value, resolve1
    from pdfminer.psparser import PSLiteral, literal_name
    from pdfminer.utils import apply_matrix_pt

    def is_off(layer: Any) -> bool:
        if isinstance(layer, PDFObjRef) and layer.objid in off:
            return True
        members = resolve1(layer)
        members = resolve1(members.get("OCGs")) if isinstance(members, dict) else None
        if isinstance(members, dict):
            return is_off(resolve1(layer)["OCGs"])
        return bool(members) and all(isinstance(at, PDFObjRef) and at.objid in off for at in members)

    class Interpreter(PDFPageInterpreter):
        def init_resources(self, resources: Any) -> None:
            super().init_resources(resources)
            for name, font in dict_value(resources.get("Font") or {}).items():
                if isinstance(known := self.fontmap.get(name), PDFSimpleFont) and known.unicode_map is None:
                    _unname(known, resolve1(font))

        def do_q(self) -> None:
            super().do_q()
            self._clips().append(self.device.clip)

        def do_Q(self) -> None:
            super().do_Q()
            if self._clips():
                self.device.clip = self._clips().pop()

        def do_W(self) -> None:
            points = [pair for step in self.curpath for pair in zip(step[1::2], step[2::2], strict=True)]
            self._clip_to(points, self.ctm)

        do_W_a = do_W

        def _clips(self) -> list[Box | None]:
            return self.__dict__.setdefault("_before", [])

        def _clip_to(self, points: list[tuple[float, float]], matrix: Any) -> None:
            """Takes the box around a path: what lies outside it lies outside the path."""
            if points:
                xs, ys = zip(*(apply_matrix_pt(matrix, point) for point in points), strict=True)
                box = min(xs), min(ys), max(xs), max(ys)
                self.device.clip = box if self.device.clip is None else _shared(box, self.device.clip)

        def do_BDC(self, tag: Any, props: Any) -> None:
            if isinstance(tag, PSLiteral) and tag.name == "OC" and isinstance(props, PSLiteral):
                layers = dict_value(self.resources.get("Properties") or {})
                props = OFF if is_off(layers.get(props.name)) else None
            super().do_BDC(tag, props)

        def do_Do(self, xobjid_arg: Any) -> None:
            form = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
            self.device.layers.append(is_off(form.attrs.get("OC")) if hasattr(form, "attrs") else False)
            clip = self.device.clip
            try:
                super().do_Do(xobjid_arg)
            finally:
                self.device.end_tag()
                self.device.clip = clip

    return Interpreter


def _is_within(drawn: Any, clip: Box) -> bool:
    """Whether the middle of a thing lies in a box, edges included."""
    x, y = (drawn.x0 + drawn.x1) / 2, (drawn.y0 + drawn.y1) / 2
    return clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3]


def _shared(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _unname(font: Any, said: Any) -> None:
    """Takes from a font the letters whose names mean nothing ('g1'): pdfminer gives those that stand at the same
    numbers in the usual order, which is right only where the name holds that number ('a49', 'G31')."""
    from pdfminer.encodingdb import name2unicode
    from pdfminer.pdftypes import resolve1
    from pdfminer.psparser import PSLiteral

    encoding = resolve1(said.get("Encoding")) if isinstance(said, dict) else None
    at = 0
    for part in (resolve1(encoding.get("Differences")) or ()) if isinstance(encoding, dict) else ():
        if isinstance(part, int):
            at = part
        elif isinstance(part, PSLiteral):
            name = str(part.name)
            try:
                name2unicode(name)
            except (KeyError, ValueError):
                if name[1:].lower().lstrip("0") not in (str(at), f"{at:x}"):
                    font.cid2unicode.pop(at, None)
            at += 1


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
