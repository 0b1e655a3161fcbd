"""How texts of documents are cleaned and compared.

Here: marks of other programs taken out, and the key under which two spellings are the same. Not here: what words mean
(`labels.py`) and what figures are (`numbers.py`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHORT = 200  # longer texts are not kept, so that a hostile file cannot fill the memory
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TAGS = re.compile(r"</?(?:p|br|div)\s*/?>", re.IGNORECASE)
_FORMULA = re.compile(r"\$([^$\n]{1,80})\$")
_MARKS = frozenset("<$\\=⩾≧⩽≦")
_AT_LEAST = re.compile(r"\\geq?(?:slant)?(?![a-z])|>=|=>|⩾|≧")
_AT_MOST = re.compile(r"\\leq?(?:slant)?(?![a-z])|<=|⩽|≦")
# Dashes, and letters of Cyrillic and Greek that look like Latin ones and come in from other keyboards and scans.
_LOOK_ALIKE = str.maketrans(
    "‐‑‒–—−АВСЕНІЈКМОРЅТХУѴавсеноріјѕхуѵΑΒΕΗΙΚΜΝΟΡΤΧΥΖοι",
    "------ABCEHIJKMOPSTXYVabcehopijsxyvABEHIKMNOPTXYZoi",
)

# 'oà' and 'òa' are one syllable in two spellings: the mark is moved to the first of the two vowels.
_PLACED_LATE = {
    late + vowel: early + bare
    for late, bases in (("o", {"a": "àáảãạ", "e": "èéẻẽẹ"}), ("u", {"y": "ỳýỷỹỵ"}))
    for bare, marked in bases.items()
    for vowel, early in zip(marked, {"o": "òóỏõọ", "u": "ùúủũụ"}[late], strict=True)
}
_LATE = re.compile("|".join(_PLACED_LATE))
NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|[0-9]{1,3})\s*[.):/-]\s*(?=\w)")
_ASIDE_AT_END = re.compile(r"\s*(?:\([^()]*\)?|:.*)$")


def plain(text: str) -> str:
    """The text in NFC without marks that other programs left: a line break for '<p>', '≥ 84,25' for '$\\geq 84,25$'."""
    text = unicodedata.normalize("NFC", text)
    if _MARKS.isdisjoint(text):
        return text
    text = _FORMULA.sub(r"\1", _TAGS.sub("\n", text))
    return _AT_MOST.sub("≤", _AT_LEAST.sub("≥", text))


def one_line(text: str) -> str:
    """The text without marks, its runs of spaces and line breaks as single spaces."""
    return " ".join(plain(text).split())


def key(text: str) -> str:
    """What two spellings of the same words have in common: case, spaces, invisible characters, dashes, letters of other
    alphabets that look alike, the placement of tones, and marks at the end ('Tên cơ quan:') make no difference."""
    return _key_of_short(text) if len(text) <= _SHORT else _key(text)


def _key(text: str) -> str:
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", plain(text))).translate(_LOOK_ALIKE)
    text = unicodedata.normalize("NFC", text.casefold())
    text = _LATE.sub(lambda found: _PLACED_LATE[found[0]], text)
    return " ".join(text.split()).rstrip(" :.;,*")


_key_of_short = lru_cache(maxsize=8192)(_key)


def bare_name(text: str) -> str:
    """A name without the numbering before it and the aside after it: 'Huyện Vũ Thư' of 'I. Huyện Vũ Thư (5 xã)'."""
    return _ASIDE_AT_END.sub("", NUMBERING.sub("", one_line(text)))


def unmarked(text: str) -> str:
    """The key without any space or mark: what is left equal of a header that was typed as 'H A TANG'."""
    letters = unicodedata.normalize("NFD", squeezed(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def squeezed(text: str) -> str:
    """The key without any space: what is left equal of a header whose letters were set one below the other."""
    return key(text).replace(" ", "")
