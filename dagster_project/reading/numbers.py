"""From the text of a cell to an exact decimal, or to the reason why there is none.

Here: how figures are written. Not here: whether a figure is right or possible; that is judged in SQL.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from .grids import UNCLEAR

# More digits than these are no score, and the DECIMAL(18, 9) of the models could not hold the sum of a few of them.
_WHOLE_DIGITS, _DECIMALS = 8, 18

# One mark alone is a decimal mark, comma or point; with two kinds of marks the last is.
_ONE_MARK = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
_WITH_EXPONENT = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[eE][+-][0-9]{1,3}")  # as programs write the smallest numbers
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3})+,[0-9]+|(?:,[0-9]{3})+\.[0-9]+)")
_WHOLE_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}|(?:,[0-9]{3}){2,})")
_PERCENT = re.compile(r"(.*[0-9])\s*%", re.DOTALL)
# A hyphen that shows only at the end of a line, and joiners. Marks that turn the direction of writing are none of them.
_NOT_SEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ORDINAL = re.compile(r"\(?([0-9]{1,6})[.)]?")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell of figures holds. flaw and flaw_reason: as in `document.ScoreCell`."""

    number: Decimal | None = None
    flaw: str | None = None
    flaw_reason: str | None = None


def figure(text: str, flaw: str | None, missing: Collection[str], is_percentage: bool = False) -> Figure:
    """The figure of a cell with this text and this flaw; no number and no flaw where it is empty or holds a mark of
    absence (`missing`). is_percentage: the column says that its figures are, so that '27,31%' is 27.31."""
    percent = _PERCENT.fullmatch(_trimmed(text))
    if percent and flaw in (None, "percent"):
        number = decimal_of(percent[1]) if is_percentage else None
        return Figure(number) if number is not None else Figure(flaw="cell_unclear", flaw_reason="percent")
    if flaw:
        return flawed(flaw)
    number = decimal_of(text)
    if number is not None:
        return Figure(number)
    text = _trimmed(text)
    return Figure() if not text or text.casefold() in missing else Figure(flaw="not_a_number", flaw_reason="text")


def flawed(flaw: str) -> Figure:
    """What is known of a cell with a flaw, by the finding that tells of it."""
    code = "cell_damaged" if flaw not in UNCLEAR else "struck_out" if flaw == "struck_out" else "cell_unclear"
    return Figure(flaw=code, flaw_reason=flaw)


def decimal_of(text: str) -> Decimal | None:
    """The exact decimal that a text is, comma or point: '27,31', '1.234,5', '44.930'; None where it is none."""
    text = _trimmed(text).replace("−", "-")
    if _ONE_MARK.fullmatch(text):
        number = Decimal(text.replace(",", "."))
        if len(text) <= min(_WHOLE_DIGITS, _DECIMALS):
            return number
    elif _WITH_EXPONENT.fullmatch(text):
        number = Decimal(text)
    elif _GROUPED.fullmatch(text):
        mark = "," if text.rfind(",") > text.rfind(".") else "."
        number = Decimal(text.replace("." if mark == "," else ",", "").replace(mark, "."))
    elif _WHOLE_GROUPED.fullmatch(text):
        number = Decimal(text.replace(".", "").replace(",", ""))
    else:
        return None
    return number if _fits(number) else None


def ordinal(text: str) -> Decimal | None:
    """The printed number of a row: '1', '01', '1.' or '(1)'; None for anything else."""
    found = _ORDINAL.fullmatch(_trimmed(text))
    return Decimal(found[1]) if found else None


def _trimmed(text: str) -> str:
    if not text.isascii():
        text = _NOT_SEEN.sub("", text)
    return text.strip(string.whitespace + "\u00a0\u2007\u2009\u202f")


def _fits(number: Decimal) -> bool:
    whole, decimals = number.adjusted() + 1, -int(number.as_tuple().exponent)
    return whole <= _WHOLE_DIGITS and decimals <= _DECIMALS
