"""The kinds of damage that names suffer in documents, as rules: what a clerk writes instead of the official name.

Here: what becomes of one name. Not here: whose names are damaged (`corpus.py`), and how names are resolved: SQL, which
knows nothing of these rules.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

_BARRED = str.maketrans("đĐ", "dD")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLACED = [("o", "a"), ("o", "e"), ("u", "y")]
_I_AND_Y = dict(zip("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị", strict=True))
_BEFORE_Y = {"h", "k", "kh", "l", "m", "n", "qu", "s", "t", "v"}


@dataclass(frozen=True, slots=True)
class Name:
    """An official name, 'Xã Tiến Đức', as its type and the rest; kind is '' where the name holds no type."""

    kind: str
    bare: str

    def __str__(self) -> str:
        return f"{self.kind} {self.bare}".strip()


# What a rule makes of a name; None where it has nothing to change. `abbreviations`: of types.
Damage = Callable[[Name, Random, Mapping[str, str]], str | None]


def as_written(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return str(name)


def abbreviated_type(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return f"{abbreviations[name.kind]}. {name.bare}" if name.kind in abbreviations else None


def decomposed(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return unicodedata.normalize("NFD", str(name))


def upper_case(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return str(name).upper()


def double_spaces(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return str(name).replace(" ", "  ")


def no_type(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
    return name.bare if name.kind else None


def _on_the_bare_name(rule: Callable[[str, Random], str | None]) -> Damage:
    """A damage that leaves the type as it is."""

    def damage(name: Name, chance: Random, abbreviations: Mapping[str, str]) -> str | None:
        damaged = rule(name.bare, chance)
        return None if damaged is None or damaged == name.bare else str(Name(name.kind, damaged))

    return damage


def _tone_placement(text: str, chance: Random) -> str | None:
    """'Hòa' for 'Hoà' and the other way round; after q, u is part of the consonant and has no other place."""
    return " ".join(map(_moved_tone, text.split(" ")))


def _moved_tone(syllable: str) -> str:
    letters = unicodedata.normalize("NFD", syllable)
    for first, second in _PLACED:
        for tone in _TONES:
            old, new = f"{first}{tone}{second}", f"{first}{second}{tone}"
            if letters.lower().endswith(old):
                return unicodedata.normalize("NFC", letters[: -len(old)] + letters[-3] + letters[-1] + tone)
            if letters.lower().endswith(new) and not letters.lower().startswith("q"):
                return unicodedata.normalize("NFC", letters[: -len(new)] + letters[-3] + tone + letters[-2])
    return syllable


def _i_or_y(text: str, chance: Random) -> str | None:
    """'Quí' for 'Quý', 'Mĩ' for 'Mỹ': where the vowel stands alone after a consonant that takes both."""
    return " ".join(
        word[:-1] + _I_AND_Y[word[-1]] if word and word[-1] in _I_AND_Y and word[:-1].lower() in _BEFORE_Y else word
        for word in text.split(" ")
    )


def _one_tone_dropped(text: str, chance: Random) -> str | None:
    letters = unicodedata.normalize("NFD", text)
    tones = [position for position, letter in enumerate(letters) if letter in _TONES]
    if not tones:
        return None
    dropped = chance.choice(tones)
    return unicodedata.normalize("NFC", letters[:dropped] + letters[dropped + 1 :])


def _all_diacritics_lost(text: str, chance: Random) -> str | None:
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_BARRED)


def _d_for_barred_d(text: str, chance: Random) -> str | None:
    return text.translate(_BARRED)


def _u_for_horned_u(text: str, chance: Random) -> str | None:
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", letters.replace("u\u031b", "u").replace("U\u031b", "U"))


def _two_letters_swapped(text: str, chance: Random) -> str | None:
    pairs = [
        position
        for position, (first, second) in enumerate(itertools.pairwise(text))
        if first.isalpha() and second.isalpha() and first != second
    ]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _one_letter_missing(text: str, chance: Random) -> str | None:
    letters = [position for position, letter in enumerate(text) if letter.isalpha()]
    if len(letters) < 3:
        return None
    at = chance.choice(letters)
    return text[:at] + text[at + 1 :]


KINDS: dict[str, Damage] = {
    "as written": as_written,
    "abbreviated type": abbreviated_type,
    "NFD": decomposed,
    "upper case": upper_case,
    "double spaces": double_spaces,
    "no type": no_type,
    "tone placement": _on_the_bare_name(_tone_placement),
    "i/y": _on_the_bare_name(_i_or_y),
    "one tone dropped": _on_the_bare_name(_one_tone_dropped),
    "all diacritics lost": _on_the_bare_name(_all_diacritics_lost),
    "đ→d": _on_the_bare_name(_d_for_barred_d),
    "ư→u": _on_the_bare_name(_u_for_horned_u),
    "two letters swapped": _on_the_bare_name(_two_letters_swapped),
    "one letter missing": _on_the_bare_name(_one_letter_missing),
}
