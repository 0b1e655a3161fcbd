"""Which letters of a PDF page a person sees, and how: not those that are covered, struck out, in the colour of their
ground, on a layer that is off, outside the page, of a watermark, or printed twice to look bold.

Here: letters beside what is drawn with them. Not here: what is typed into forms (`pdf_forms.py`), lines and tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Any

from .pdf_drawing import CUT, DRAWN, INVISIBLE, OFF, ORDER
from .pdf_text import MARK, OUTSIDE, Letter
from .seen import BESIDE, COVERED, CROSSED, HIDDEN, RAISED, SHOWN, STRUCK_OUT

_SAME_PRINT, _SAME_PRINT_SIZES = 0.5, 0.15  # points, or sizes of a letter: the same letter this close is one
_WATERMARK = 3.0  # usual sizes; a letter that is larger belongs to no cell
_ENOUGH_LETTERS = 50  # to know what is usual on a page
_SLANTED = 0.1  # of the way along a line may go across it
_WHITE, _PALE, _DARK = 0.97, 0.75, 0.2  # brightness
_COLOURLESS = 0.1  # between the parts of a colour, at the most
_STRUCK_FROM, _STRUCK_TO = 0.3, 0.68  # of a letter's height, from above: where a line strikes it out
_STRUCK_SHARE = 0.15  # of a line's length that it crosses letters, at the least
_CELL = 4.0  # sizes of a letter; a slanted line that is no higher goes through one cell
_GREYS = ("DeviceGray", "CalGray", "G")
_OF_ONE_PATH = 2  # parts of one path are told one after the other, the last once more with the whole
_THIN = 2.0  # points; a rectangle that is no higher is a line
_RAISED_SIZE, _RAISED_BY, _RAISED_NEAR = 0.87, 0.12, 0.35  # of the size of the letter before
_BAND = 20.0  # points; letters are looked up by the height at which they stand
_COVERED_SHARE = 0.6  # of a letter's box that lies under something
_SCANNED_SHARE = 0.5  # of a page's letters that lie under a picture


_DRAWN = {OFF: HIDDEN, INVISIBLE: HIDDEN, CUT: CUT}
STRIKES = "strikes"  # the key under which a line says that it strikes letters out, and is no line of a table


class Seen:
    """The letters of one page, each with the way it is shown under the key `MARK`. is_scanned: they were recognised on
    a picture that fills the page. is_picture: it holds such a picture."""

    def __init__(self, page: Any, is_picture: bool) -> None:
        self.letters = list(_without_copies(_on_the_page(page)))
        bands = _Bands(self.letters)
        _mark(page, self.letters, bands)
        unseen = sum(letter[MARK] in (COVERED, HIDDEN) and letter[DRAWN] != OFF for letter in self.letters)
        self.is_scanned = is_picture and unseen > _SCANNED_SHARE * len(self.letters)
        if self.is_scanned:
            for letter in self.letters:
                if letter[MARK] != OUTSIDE:
                    letter[MARK] = HIDDEN if letter[DRAWN] == OFF else SHOWN


def _on_the_page(page: Any) -> Iterator[Letter]:
    """The letters of the page without those of a watermark; those beyond the part that is shown are marked."""
    x0, top, x1, bottom = page.bbox
    if page.cropbox:
        crop = page.cropbox
        x0, top, x1, bottom = max(x0, crop[0]), max(top, crop[1]), min(x1, crop[2]), min(bottom, crop[3])
    chars = page.chars
    usual = median(_size(letter) for letter in chars) if len(chars) > _ENOUGH_LETTERS else None
    for letter in chars:
        middle_x, middle_y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        along, across = sorted(map(abs, letter["matrix"][:2]), reverse=True)
        is_watermark = across > _SLANTED * along or (usual is not None and _size(letter) > _WATERMARK * usual)
        if not is_watermark:
            letter[MARK] = SHOWN if x0 <= middle_x <= x1 and top <= middle_y <= bottom else OUTSIDE
            yield letter


def _size(letter: Letter) -> float:
    """The size of a letter, whichever way it is turned."""
    return letter["size"]


def _without_copies(letters: Iterable[Letter]) -> Iterator[Letter]:
    """The letters, once those that are printed twice to look bold."""
    printed: dict[tuple[str, int, int], list[Letter]] = defaultdict(list)
    for letter in letters:
        text, x, y = letter["text"], letter["x0"], letter["top"]
        reach = max(_SAME_PRINT, _SAME_PRINT_SIZES * _size(letter))
        column, row = round(x / reach / 2), round(y / reach / 2)  # all that is near lies in one of four squares
        beside, below = column + (1 if x >= column * reach * 2 else -1), row + (1 if y >= row * reach * 2 else -1)
        for square in ((text, column, row), (text, beside, row), (text, column, below), (text, beside, below)):
            if any(abs(at["x0"] - x) <= reach and abs(at["top"] - y) <= reach for at in printed.get(square, ())):
                break
        else:
            printed[text, column, row].append(letter)
            yield letter


class _Bands:
    """Letters by the height at which they stand, so that only those near a thing are looked at."""

    def __init__(self, letters: list[Letter]) -> None:
        self._by_height: dict[int, list[Letter]] = defaultdict(list)
        for letter in letters:
            self._by_height[int((letter["top"] + letter["bottom"]) / 2 // _BAND)].append(letter)

    def within(self, box: dict[str, Any], margin: float = 0.0) -> Iterator[Letter]:
        """The letters whose middle lies in a box."""
        for band in range(int((box["top"] - margin) // _BAND), int((box["bottom"] + margin) // _BAND) + 1):
            for letter in self._by_height.get(band, ()):
                x, y = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
                if box["x0"] <= x <= box["x1"] and box["top"] - margin <= y <= box["bottom"] + margin:
                    yield letter


def _mark(page: Any, letters: list[Letter], bands: _Bands) -> None:
    for letter in letters:
        letter[MARK] = letter[MARK] or _DRAWN.get(letter[DRAWN], SHOWN)
    grounds = [thing for thing in (*page.rects, *page.curves) if thing.get("fill") and thing[DRAWN] not in (OFF, CUT)]
    grounds = list(_without_rings(grounds))
    images = [image for image in page.images if image[DRAWN] not in (OFF, CUT)]
    _mark_dark(letters, bands, [*grounds, *images])
    _mark_pale(letters, [*(ground for ground in grounds if _brightness(ground) < _PALE), *images])
    for letter in _raised(letters):
        letter[MARK] = letter[MARK] or RAISED
    uprights = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > 2 * _THIN]
    for line in page.lines:
        if line["width"] > _THIN < line["height"] and line[DRAWN] not in (OFF, CUT):
            line[STRIKES] = True  # it parts no cells
            for letter in _crossed(line, bands):
                letter[MARK] = letter[MARK] or CROSSED
    for line in (*page.lines, *(rect for rect in page.rects if rect["height"] <= _THIN)):
        if line["bottom"] - line["top"] <= _THIN and line[DRAWN] != OFF:
            crossed = [letter for letter in bands.within(line, margin=_BAND / 2) if _is_struck(letter, line)]
            if crossed and _strikes(line, crossed, uprights):
                line[STRIKES] = True
                for letter in crossed:
                    letter[MARK] = letter[MARK] or STRUCK_OUT
    for patch in [*(ground for ground in grounds if _hides(ground)), *images]:
        for letter in bands.within(patch):
            if letter[ORDER] < patch[ORDER] and _covers(patch, letter):
                letter[MARK] = COVERED


def _without_rings(grounds: list[dict]) -> Iterator[dict]:
    """Filled shapes but for borders that are drawn as one rectangle within another, of which only what lies between the
    two is filled."""
    grounds = sorted(grounds, key=lambda ground: ground[ORDER])
    rings = {id(at) for pair in pairwise(grounds) if _is_ring(*pair) for at in pair}
    return (ground for ground in grounds if id(ground) not in rings)


def _is_ring(one: dict, other: dict) -> bool:
    outer, inner = sorted((one, other), key=lambda at: at["width"] * at["height"], reverse=True)
    return (
        other[ORDER] - one[ORDER] <= _OF_ONE_PATH
        and bool(one.get("evenodd") and other.get("evenodd"))
        and outer["x0"] <= inner["x0"] <= inner["x1"] <= outer["x1"]
        and outer["top"] <= inner["top"] <= inner["bottom"] <= outer["bottom"]
    )


def _mark_dark(letters: list[Letter], bands: _Bands, grounds: list[dict]) -> None:
    """Black letters on black are not seen."""
    for dark in grounds:
        if _is_dark(dark) and min(dark["width"], dark["height"]) > _THIN:
            for letter in bands.within(dark):
                if _is_dark(letter):
                    below = [at for at in grounds if at[ORDER] < letter[ORDER] and _covers(at, letter)]
                    if below and max(below, key=lambda at: at[ORDER]) is dark:
                        letter[MARK] = letter[MARK] or HIDDEN


def _is_dark(thing: dict[str, Any]) -> bool:
    """Whether a thing is filled with a colour that is known to be dark: no pattern, and no tint of an ink."""
    parts = _colour(thing)
    is_known = len(parts) in (3, 4) or (len(parts) == 1 and _name(thing.get("ncs")) in _GREYS)
    return is_known and _brightness_of(parts) <= _DARK


def _name(space: Any) -> str:
    return str(getattr(space, "name", space))


def _crossed(line: dict[str, Any], bands: _Bands) -> list[Letter]:
    """The letters that a slanted line strikes out: all in the box of one that is as large as a cell, as a cross through
    it leaves none of it free; of a larger one those that it goes through."""
    within = list(bands.within(line))
    if within and line["height"] <= _CELL * max(map(_size, within)):
        return within
    (x0, y0), (x1, y1) = line["pts"][0], line["pts"][-1]
    return [
        letter
        for letter in within
        if letter["top"] <= y0 + (y1 - y0) * ((letter["x0"] + letter["x1"]) / 2 - x0) / (x1 - x0) <= letter["bottom"]
    ]


def _mark_pale(letters: list[Letter], grounds: list[dict]) -> None:
    """White letters are not seen without a ground; pale ones among dark ones are a watermark."""
    brightness = [_brightness(letter) for letter in letters]
    if not any(bright >= _PALE for bright in brightness):
        return
    is_dark = median(brightness) < _PALE
    for letter, bright in zip(letters, brightness, strict=True):
        if bright < _PALE or letter[MARK] or any(_covers(at, letter) and at[ORDER] < letter[ORDER] for at in grounds):
            continue
        if bright >= _WHITE:
            letter[MARK] = HIDDEN
        elif is_dark:
            letter[MARK] = BESIDE


def _raised(letters: list[Letter]) -> Iterator[Letter]:
    """The letters that are smaller than the one before them and stand higher, and those that follow such a letter."""
    usual = median(map(_size, letters)) if letters else 0.0
    if all(_size(letter) >= _RAISED_SIZE * usual for letter in letters):
        return
    ends: dict[int, list[Letter]] = defaultdict(list)
    for letter in letters:
        ends[int(letter["x1"] // _BAND)].append(letter)
    found: set[int] = set()
    for letter in sorted(letters, key=lambda letter: letter["x0"]):
        at = int(letter["x0"] // _BAND)
        for before in (*ends.get(at - 1, ()), *ends.get(at, ())):
            gap = letter["x0"] - before["x1"]
            is_near = abs(gap) <= _RAISED_NEAR * before["size"]
            if before is letter or not is_near or not before["text"].strip():
                continue
            is_next = id(before) in found and abs(before["bottom"] - letter["bottom"]) < 0.5
            is_small = letter["size"] <= _RAISED_SIZE * before["size"]
            rise = before["bottom"] - letter["bottom"]
            if is_next or (is_small and _RAISED_BY * before["size"] < rise < before["size"]):
                found.add(id(letter))
                yield letter
                break


def _is_struck(letter: Letter, line: dict[str, Any]) -> bool:
    height = letter["bottom"] - letter["top"]
    y = (line["top"] + line["bottom"]) / 2
    return letter["top"] + _STRUCK_FROM * height <= y <= letter["top"] + _STRUCK_TO * height


def _strikes(line: dict[str, Any], crossed: list[Letter], uprights: list[dict[str, Any]]) -> bool:
    """Whether a line is there to strike out the letters that it crosses, and not to part the rows of a table, over
    which a text may be set that is too high for its row: such a line ends where another one stands upright."""
    y = (line["top"] + line["bottom"]) / 2
    ends = [at["x0"] for at in uprights if at["top"] - _THIN <= y <= at["bottom"] + _THIN]
    if any(abs(end - x) <= _THIN for end in ends for x in (line["x0"], line["x1"])):
        return False
    share = sum(letter["x1"] - letter["x0"] for letter in crossed) / max(line["x1"] - line["x0"], 1.0)
    return share >= _STRUCK_SHARE


def _hides(ground: dict[str, Any]) -> bool:
    """Whether a filled shape covers what lies below: white, black or grey, as patches are. A marker's colour is
    clear."""
    if min(ground["width"], ground["height"]) <= _THIN:
        return False
    parts = _colour(ground)
    is_grey = len(parts) == 1 or (len(parts) == 3 and max(parts) - min(parts) <= _COLOURLESS)
    return is_grey or _brightness(ground) >= _WHITE or _brightness(ground) <= _DARK


def _covers(thing: dict[str, Any], letter: Letter) -> bool:
    across = min(thing["x1"], letter["x1"]) - max(thing["x0"], letter["x0"])
    down = min(thing["bottom"], letter["bottom"]) - max(thing["top"], letter["top"])
    area = (letter["x1"] - letter["x0"]) * (letter["bottom"] - letter["top"])
    return across > 0 and down > 0 and across * down >= _COVERED_SHARE * area


def _colour(thing: dict[str, Any]) -> tuple[float, ...]:
    """The parts of the colour that a thing is filled with; a pattern has none."""
    colour = thing.get("non_stroking_color")
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    return tuple(part for part in parts if isinstance(part, int | float))


def _brightness(thing: dict[str, Any]) -> float:
    """Of a colour: 0 is black, 1 white; a pattern or an unknown colour is black."""
    return _brightness_of(_colour(thing))


@lru_cache(maxsize=1024)
def _brightness_of(parts: tuple[float, ...]) -> float:
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 3:
        red, green, blue = parts
        return 0.3 * red + 0.59 * green + 0.11 * blue
    if len(parts) == 4:
        return (1 - parts[3]) * (1 - sum(parts[:3]) / 3)
    return 0.0
