"""From what a file stores to the text of a cell: clean letters, plain decimals, names of cells.

Here: what all formats share. Not here: what a text means (`numbers.py` and `texts.py` of `reading`).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

# What a workbook shows of a number; what it stores beyond is the noise of binary fractions.
SIGNIFICANT_DIGITS = 15

# Characters that cannot be stored or shown: controls other than tab and line break. Halves of characters, which a
# broken encoding leaves, cannot even be written, and become the sign of a lost character.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text in NFC, its line ends as '\\n', without control characters; everything else as it stood."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _HALVES.sub("\ufffd", _CONTROLS.sub("", text))
    return unicodedata.normalize("NFC", text)


def decimal_text(number: float | int) -> str:
    """A workbook's number at its own 15 significant digits, never with an exponent: 44.930000000000007 is '44.93'."""
    text = repr(number)
    if len(text) > SIGNIFICANT_DIGITS or "e" in text:
        text = f"{Decimal(f'{number:.{SIGNIFICANT_DIGITS}g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def whole(text: str) -> int | None:
    """The whole number that an attribute gives, at most nine digits of it; None where it gives none."""
    return int(text[:9]) if text.isascii() and text.isdecimal() else None


def is_same_number(one: str, other: str) -> bool:
    """Whether two spellings are of one number."""
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def column_letters(column: int) -> str:
    """A workbook's name of a column: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(letters: str) -> int:
    """The column that letters name, the other way round: 'AA' is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
