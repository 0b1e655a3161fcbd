"""Names of administrative units: how two spellings of one name are told from two names.

Here: normalising, and the type that a name begins with. Not here: which unit is which (`lists.py`, `build.py`).
"""

from __future__ import annotations

import re
import unicodedata

TYPES = ("Thành phố", "Thị xã", "Thị trấn", "Tỉnh", "Quận", "Huyện", "Phường", "Xã", "Đặc khu")
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def tidy(text: str) -> str:
    """NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def split_type(name: str) -> tuple[str, str]:
    """'Xã An Khê' → ('Xã', 'An Khê'). Raises ValueError for a name without its type."""
    for unit_type in TYPES:
        if name.startswith(unit_type + " "):
            return unit_type, name.removeprefix(unit_type + " ")
    raise ValueError(f"'{name}' does not begin with a type of unit: one of {', '.join(TYPES)} was expected")


def ascii_name(text: str) -> str:
    """Without tones and diacritics, `đ` as `d`; case kept."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def spelling_key(text: str) -> str:
    """Equal for two spellings of one name: case, place of the tone (hòa, hoà), i or y (Quí, Quý), 5 or 05.

    A syllable's tone is moved to its end, so that only its place is forgotten, never the tone itself.
    """
    return " ".join(_syllable_key(word) for word in tidy(text).casefold().split())


def _syllable_key(word: str) -> str:
    letters = unicodedata.normalize("NFD", re.sub(r"^0+(?=\d)", "", word))
    tones = "".join(letter for letter in letters if letter in TONES)
    return "".join(letter for letter in letters if letter not in TONES).replace("y", "i") + tones
