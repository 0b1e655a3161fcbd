"""Conditional formatting of an XLS workbook: its records, as rules.

Here: what a record says of ranges, looks and conditions. Not here: what rules do to figures (`conditional.py`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .conditional import Condition, Place, Range, Rule
from .number_formats import BUILT_IN, leaves_figures
from .seen import HIDDEN, SHOWN, STRUCK_OUT

RANGES, RULE = 0x1B0, 0x1B1
_BETWEEN, _OPERATORS = {1: "between", 2: "not between"}, {3: "=", 4: "<>", 5: ">", 6: "<", 7: ">=", 8: "<="}
_COMPARES, _IS_A_FORMULA = 1, 2
# Which blocks a look has, in their order; of a font the places of what is asked here.
_NUMBER_FORMAT, _FONT, _PATTERN = 1 << 25, 1 << 26, 1 << 29
_OWN_FORMAT = 1  # it is written out, and not named by its number
_STRUCK, _COLOUR, _LEFT_ALONE = 68, 80, 88
_STRIKE = 0x80
_WHITES = (1, 9, 65)
# Tokens of formulas.
_WHOLE, _NUMBER, _REFERENCES, _REFERENCES_FROM_HERE = 0x1E, 0x1F, (0x24, 0x44, 0x64), (0x2C, 0x4C, 0x6C)
_TOKENS = {0x09: "<", 0x0A: "<=", 0x0B: "=", 0x0C: ">=", 0x0D: ">", 0x0E: "<>"}


def ranges(body: bytes) -> list[Range]:
    """The cells that the rules which follow are about."""
    found = struct.iter_unpack("<HHHH", body[14 : len(body) - (len(body) - 14) % 8])
    return [(top + 1, left + 1, bottom + 1, right + 1) for top, bottom, left, right in found]


def rule(body: bytes, base: Place) -> Rule | None:
    """A rule that does not leave figures as they are, None of one that does; of one that cannot be read nobody knows.
    base: the first cell that it is about."""
    try:
        return _rule(body, base)
    except struct.error:
        return Rule()


def _rule(body: bytes, base: Place) -> Rule | None:
    kind, operator, first, second, blocks, own = struct.unpack_from("<BBHHIH", body)
    at, code = 12, ""
    if blocks & _NUMBER_FORMAT:
        (number,) = struct.unpack_from("<xB", body, at)
        code = BUILT_IN.get(number, "")
        size = 2
        if own & _OWN_FORMAT:
            size, letters, width = struct.unpack_from("<HHB", body, at)
            encoding = "utf-16-le" if width & 1 else "latin-1"
            code = body[at + 5 : at + 5 + letters * (1 + (width & 1))].decode(encoding, "replace")
        at += size
    mark = _mark(body, at, bool(blocks & _PATTERN)) if blocks & _FONT else SHOWN
    code = "" if leaves_figures(code) else code
    if not mark and not code:
        return None
    formulas = body[len(body) - first - second :]
    return Rule(mark, code, _condition(kind, operator, formulas[:first], formulas[first:], base))


def _mark(body: bytes, font: int, has_ground: bool) -> str:
    (struck,), (colour,), (left_alone,) = (
        struct.unpack_from("<I", body, font + at) for at in (_STRUCK, _COLOUR, _LEFT_ALONE)
    )
    if colour in _WHITES and not has_ground:
        return HIDDEN
    return STRUCK_OUT if struck & _STRIKE and not left_alone & _STRIKE else SHOWN


def _condition(kind: int, operator: int, first: bytes, second: bytes, base: Place) -> Condition | None:
    """The comparison of a cell with numbers, None of anything else."""
    parts, other = list(_parts(first, base)), list(_parts(second, base))
    if kind == _COMPARES and len(parts) == 1 and isinstance(parts[0], float):
        if operator in _OPERATORS and not other:
            return Condition(_OPERATORS[operator], (parts[0],))
        if operator in _BETWEEN and len(other) == 1 and isinstance(other[0], float):
            return Condition(_BETWEEN[operator], (parts[0], other[0]))
    if kind == _IS_A_FORMULA and [type(part) for part in parts] == [tuple, float, str]:
        reference, number, sign = parts
        return Condition(sign, (number,), reference)  # type: ignore[arg-type]
    return None


def _parts(formula: bytes, base: Place) -> Iterator[float | str | tuple | None]:
    """The numbers, references and signs of a formula; None for all from the first that is none of these."""
    at = 0
    while at < len(formula):
        token = formula[at]
        if token == _WHOLE:
            yield float(struct.unpack_from("<H", formula, at + 1)[0])
            at += 3
        elif token == _NUMBER:
            yield struct.unpack_from("<d", formula, at + 1)[0]
            at += 9
        elif token in _REFERENCES or token in _REFERENCES_FROM_HERE:
            row, column = struct.unpack_from("<HH", formula, at + 1)
            yield _reference(row, column, base, token in _REFERENCES_FROM_HERE)
            at += 5
        else:
            yield _TOKENS.get(token)
            if token not in _TOKENS:
                return
            at += 1


def _reference(row: int, column: int, base: Place, is_from_here: bool) -> tuple[tuple[int, bool], tuple[int, bool]]:
    """A reference as `Condition.at` has it. Its two highest bits say whether row and column are seen from the cell."""
    moves_row, moves_column = bool(column & 0x8000), bool(column & 0x4000)
    column &= 0xFF
    if is_from_here:
        row = (row ^ 0x8000) - 0x8000 if moves_row else row + 1
        column = (column ^ 0x80) - 0x80 if moves_column else column + 1
    else:
        row, column = row + 1 - base[0] * moves_row, column + 1 - base[1] * moves_column
    return (row, not moves_row), (column, not moves_column)
