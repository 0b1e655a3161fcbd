"""How a workbook shows a number: as a percentage, scaled, rounded, or not at all.

Here: the number formats that Excel and its files know, as far as they change what a person reads. Not here: dates,
which the library of each format recognises, and how the texts around a number look.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from .seen import HIDDEN

# The formats that files name by number only.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 12: "# ?/?", 13: "# ??/??", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 41: "#,##0;-#,##0;\"-\"",
    42: "#,##0;-#,##0;\"-\"", 43: "#,##0.00;-#,##0.00;\"-\"", 44: "#,##0.00;-#,##0.00;\"-\"",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?![<>=])[^\]]*\]')
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
_SCALE = re.compile(r"[0#?](,+)(?![0-9#?,])")
_FRACTION = re.compile(r"[?#0]/([?#0]{1,4}|[0-9]{1,4})")
# The comparisons that formats and rules are written with.
IS_MET: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "!=": operator.ne,
}


class Look(NamedTuple):
    """How a number looks. text: as shown. flaw: as in `grids.Cell`, where it cannot be taken as stored."""

    text: str
    flaw: str | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the formats that a code gives for positive, negative numbers and zero. factor: what the number is
    multiplied by before it is shown; decimals: None where it is shown with all."""

    condition: tuple[str, Decimal] | None
    literal: str
    factor: Decimal
    is_percent: bool
    decimals: int | None
    shows_number: bool
    is_readable: bool
    largest_divisor: int | None  # of a fraction, '6 1/2'

    @property
    def is_plain(self) -> bool:
        """Whether a number that has no more decimals looks as it is."""
        return self.shows_number and self.is_readable and self.factor == 1 and not self.is_percent


def look(code: str, text: str) -> Look | None:
    """How a number, as plain decimals, looks under a format; None where it shows just that."""
    sections = _sections(code)
    if not sections:
        return None
    section = sections[0]
    if len(sections) == 1 and section.is_plain and len(text.partition(".")[2]) <= (section.decimals or 0):
        return None  # nearly all
    number = Decimal(text)
    section = _chosen(sections, number)
    if not section.shows_number:
        if not section.literal.strip():
            return Look("", HIDDEN)
        return None if not number else Look(section.literal.strip(), "number_format")
    shown = abs(number) if section is not sections[0] and number < 0 else number
    shown *= section.factor
    if section.largest_divisor:
        whole, part = divmod(abs(shown), 1)
        fraction = Fraction(part).limit_denominator(section.largest_divisor)
        text = f"{whole + int(fraction)}" if fraction.denominator == 1 else f"{whole} {fraction}"
        return None if fraction == Fraction(part) else Look("-" * (number < 0) + text, "number_format")
    if section.decimals is not None:
        shown = shown.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP)
    if section.is_percent:
        return Look(f"{shown:f}%", "percent")
    if section.factor != 1:
        return Look(f"{shown:f}", "scaled")
    if not section.is_readable:
        return Look(f"{shown:f}", "number_format")
    return None if abs(shown) == abs(number) else Look(f"{shown.copy_sign(number):f}")


def leaves_figures(code: str) -> bool:
    """Whether no figure looks otherwise under a format than it is stored, but for rounding."""
    sections = _sections(code)
    return all(section.is_plain for section in sections if section.condition or section is sections[0])


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; none of one that shows a number as it is, and of a date."""
    if code.strip().casefold() in ("", "general", "@", "standard"):
        return ()
    texts = [found[1] for found in _SECTIONS.finditer(code)]
    if texts and not texts[-1] and not code.rstrip().endswith(";"):
        texts.pop()
    return tuple(map(_section, texts[:3]))


def _section(text: str) -> _Section:
    condition = _CONDITION.search(text)
    text = _CONDITION.sub("", text)
    literals = [found[1] or found[2] or "" for found in _LITERAL.finditer(text)]
    pattern = _LITERAL.sub("\0", text)
    is_general = "general" in pattern.casefold()
    scale = _SCALE.search(pattern)
    is_percent = "%" in pattern
    decimals = sum(letter in "0#?" for letter in pattern.partition(".")[2])
    is_exact = is_general or "E+" in pattern.upper() or "E-" in pattern.upper()
    return _Section(
        condition=(condition[1], Decimal(condition[2])) if condition else None,
        literal="".join(literals) + re.sub(r"[\0\s?]", "", pattern),
        factor=Decimal(100 if is_percent else 1).scaleb(-3 * len(scale[1]) if scale else 0),
        is_percent=is_percent,
        decimals=None if is_exact else decimals,
        shows_number=is_general or any(sign in pattern for sign in "0#"),
        is_readable="/" not in pattern and not any(map(str.isdigit, "".join(literals))),
        largest_divisor=_largest_divisor(pattern),
    )


def _largest_divisor(pattern: str) -> int | None:
    """What a fraction is rounded to: 9 of '# ?/?', 99 of '# ??/??'; of one that says its divisor, '# ?/4', that."""
    found = _FRACTION.search(pattern)
    if found is None:
        return None
    return int(found[1]) if found[1].isdecimal() and int(found[1]) else 10 ** len(found[1]) - 1


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> _Section:
    """The section for a number: by the conditions that they state, else positive, negative and zero."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or IS_MET[section.condition[0]](number, section.condition[1]):
                return section
        return sections[-1]
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if not number and len(sections) > 2 else sections[0]
