"""Defects of names: a unit's or a parent's name that is misspelt, missing, or another's.

Here: one function per kind. A misspelling is shown by whatever says that the name is not the official one: taken for a
unit all the same (and then for the right one), or not known. Not here: other defects (`defects.py`,
`defects_of_rows.py`), and the many ways of writing a name that are none (`neutral.py`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from oracle import bare, official_units, registered, summary_position
from planting import Cells, Draft, Expected, Planted, of_summary

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def name_misspelt(draft: Draft) -> Planted | None:
    """The name of a unit that is written rightly in the decision, with a slip in it."""
    annex, place = draft.unit()
    unit = official_units()[annex, place]
    text = draft.copy.get(annex, place, "unit")
    if text != unit.name:
        return None
    kind, name = _split(text)
    slip = draft.chance.choice(SLIPS)
    misspelt = slip(name, draft.chance)
    if misspelt is None or misspelt.casefold() == name.casefold():
        return None
    # Another unit's name, and none that is like it: nobody can know.
    if unit.parent and bare(misspelt) in {bare(each) for each in registered(unit.parent)}:
        return None
    draft.copy.set(annex, place, "unit", f"{kind}{misspelt}")
    said = f"{kind}{misspelt}"
    expected = (
        draft.expect("unit_name_variant", annex, place, "unit", stated=said, figure=unit.name, materiality="none"),
        draft.expect("unit_unknown", annex, place, "unit", stated=said),
    )
    return _planted("name misspelt", draft, annex, place, f"{text!r} made {said!r}", expected)


def parent_misspelt(draft: Draft) -> Planted | None:
    """The name of a district beside a commune, where the decision writes it rightly."""
    place = draft.chance.choice(list(draft.oracles["03"].figures))
    text = draft.copy.get("03", place, "district")
    misspelt = draft.chance.choice(SLIPS)(text, draft.chance)
    parent = official_units()["02", summary_position(official_units()["03", place].parent)]
    if misspelt is None or misspelt.casefold() == text.casefold() or bare(parent.name) != text.casefold():
        return None
    draft.copy.set("03", place, "district", misspelt)
    expected = (
        draft.expect(
            "unit_name_variant", "03", place, "district", stated=misspelt, figure=parent.name, materiality="none"
        ),
        draft.expect("unit_unknown", "03", place, "district", stated=misspelt),
    )
    return _planted("parent misspelt", draft, "03", place, f"{text!r} made {misspelt!r}", expected)


def name_missing(draft: Draft) -> Planted | None:
    annex, place = draft.unit()
    text = draft.copy.get(annex, place, "unit")
    draft.copy.set(annex, place, "unit", "")
    expected = (draft.expect("row_quarantined", annex, place, "unit"),)
    return _planted("name missing", draft, annex, place, f"{text!r} left out", expected)


def wrong_parent(draft: Draft) -> Planted | None:
    """Another district beside a commune. Where that one has a commune of the same name, the row is about that: then the
    summary shows it."""
    place = draft.chance.choice(list(draft.oracles["03"].figures))
    unit = official_units()["03", place]
    other = draft.chance.choice([each for (annex, _), each in official_units().items() if annex == "01"])
    if other.code == unit.parent:
        return None
    was, said = draft.copy.get("03", place, "district"), other.name.removeprefix("Huyện ")
    draft.copy.set("03", place, "district", said)
    own = official_units()["02", summary_position(unit.parent)]
    row = summary_position(unit.parent)
    if bare(unit.name) in {bare(each) for each in registered(other.code)}:
        expected: tuple[Expected, ...] = (draft.expect("summary_name_differs", "02", row, "text"),)
    else:
        expected = (
            draft.expect(
                "parent_differs", "03", place, "district", stated=other.name, figure=own.name, materiality="none"
            ),
            draft.expect("unit_unknown", "03", place, "unit"),
        )
    planted = _planted("wrong parent", draft, "03", place, f"{was!r} made {said!r}", expected)
    touched: set[Cells] = {*planted.touched, ("02", summary_position(other.code), None)}
    planted.touched = frozenset(touched)
    return planted


def _tone_dropped(text: str, chance: Random) -> str | None:
    letters = unicodedata.normalize("NFD", text)
    tones = [i for i, letter in enumerate(letters) if letter in _TONES]
    if not tones:
        return None
    at = chance.choice(tones)
    return unicodedata.normalize("NFC", letters[:at] + letters[at + 1 :])


def _letters_swapped(text: str, chance: Random) -> str | None:
    pairs = [i for i in range(len(text) - 1) if text[i : i + 2].isalpha() and text[i] != text[i + 1]]
    at = chance.choice(pairs)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _letter_lost(text: str, chance: Random) -> str | None:
    at = chance.choice([i for i, letter in enumerate(text) if letter.isalpha()])
    return text[:at] + text[at + 1 :]


def _letter_doubled(text: str, chance: Random) -> str | None:
    at = chance.choice([i for i, letter in enumerate(text) if letter.isalpha()])
    return text[: at + 1] + text[at].lower() + text[at + 1 :]


def _marks_lost(text: str, chance: Random) -> str | None:
    letters = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.replace("đ", "d").replace("Đ", "D")


SLIPS: tuple[Callable[[str, Random], str | None], ...] = (
    _tone_dropped,
    _letters_swapped,
    _letter_lost,
    _letter_doubled,
    _marks_lost,
)
KINDS = (name_misspelt, parent_misspelt, name_missing, wrong_parent)


def _split(name: str) -> tuple[str, str]:
    """A name's type, with the space after it, and the rest."""
    for kind in ("Thị trấn ", "TT ", "Xã ", "Phường ", "Huyện ", "Thành phố "):
        if name.startswith(kind):
            return kind, name.removeprefix(kind)
    return "", name


def _planted(kind: str, draft: Draft, annex: str, place: int, told: str, expected: tuple[Expected, ...]) -> Planted:
    """Everything that is said of the row hangs on its name, and so does the summary's row on the district."""
    touched = {(annex, place, None), *of_summary(annex, place)}
    return Planted(kind, draft.copy, f"annex {annex}, row {place}: {told}", expected, frozenset(touched))
