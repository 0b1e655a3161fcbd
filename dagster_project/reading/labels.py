"""The registry of the words that documents use (`labels.csv`): what each may mean, and look-ups by meaning.

Here: loading and matching, alike for every document. Not here: any such word, and where in a document it counts.

A row of the registry is index_code, label, role, target; without an index_code it holds for every index. The roles:

columns    number, unit, parent, component (target), total (target: pillar, or empty: of its group, else of the whole),
           level, rank, rank_total and total_rank (both in one cell, '01 (0,727)', in this order; target as of a total),
           percentage (a share of the maximum beside the points: no score), summary (statements in words), count (how
           many communes a unit has), ignored
headers    pillar (target), score (says only that a figure stands below: 'Điểm'), maximum ('tối đa')
rows       subtotal, missing (a mark of absence in a cell), notes (what opens the notes below a table)
values     level_name (target: level), negation (turns a level name into its opposite), unit_prefix ('UBND'),
           unit_type (target: the type written out), at_least and upwards (words before and after a threshold)
replies    reply (a column of a reply workbook, by its target), reply_kind (target: `agree`, `correct`, `explain`)
titles     annex ('Phụ lục'), citation ('Kèm theo'), change (of another decision; target: `amended`, `replaced`), kind
           (target), recital ('Căn cứ'), tier (target; read in SQL), decision (the one that an index was made by:
           '2392/QĐ-BTTTT')

A label may stand in several roles ('Huyện' is a unit in one table and a parent in the next); the reader decides by the
rest of the table.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from .texts import key, squeezed, unmarked

_READ_WITHOUT_MARKS = ("level_name", "negation")
_PUNCTUATION = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class Label:
    """One row of the registry."""

    index_code: str
    label: str
    role: str
    target: str | None


@dataclass(frozen=True)
class Labels:
    """All rows of the registry, the pillar of each (index, component) that has one pillar only, the years in which
    each index has components, or where it has none, pillars: (index, first or None, last or None), and the pillar that
    is the whole of each index, where one alone lies below no other: (index, pillar)."""

    rows: tuple[Label, ...]
    pillars: tuple[tuple[str, str, str], ...] = ()
    years: tuple[tuple[str, int | None, int | None], ...] = ()
    wholes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def load(cls, folder: Path) -> Labels:
        """The registry of this folder: `labels.csv`, `components.csv` for the pillars of components, and `pillars.csv`
        for what is a whole. Raises OSError where one is missing, KeyError where a column is."""
        labels = tuple(
            Label(row["index_code"].strip(), row["label"], row["role"].strip(), row["target"].strip() or None)
            for row in _rows(folder / "labels.csv")
        )
        components = _rows(folder / "components.csv")
        pillars = {(row["index_code"].strip(), row["component"].strip(), row["pillar"].strip()) for row in components}
        years = {
            (row["index_code"].strip(), _year(row.get("valid_from_year")), _year(row.get("valid_to_year")))
            for row in components
        }
        tops: dict[str, set[str]] = {}
        for row in _rows(folder / "pillars.csv"):
            index = row["index_code"].strip()
            if not (row.get("parent_pillar") or "").strip():
                tops.setdefault(index, set()).add(row["pillar"].strip())
            if not any(index == of_components for of_components, _, _ in pillars):  # stated totals are all that it has
                years.add((index, _year(row.get("valid_from_year")), _year(row.get("valid_to_year"))))
        wholes = [(index, *of_index) for index, of_index in tops.items() if len(of_index) == 1]
        return cls(labels, tuple(sorted(pillars)), tuple(sorted(years, key=str)), tuple(sorted(wholes)))

    def has_rules(self, index_code: str, year: int) -> bool:
        """Whether the index has components (or, without any, pillars) in force in that year."""
        return any(
            code == index_code and (first is None or first <= year) and (last is None or year <= last)
            for code, first, last in self.years
        )

    @cached_property
    def fingerprint(self) -> str:
        """A hash of everything that reading takes from the registries: with another one a file reads otherwise."""
        known = [astuple(label) for label in self.rows], self.pillars, self.years, self.wholes
        return hashlib.sha256(repr(known).encode()).hexdigest()

    @cached_property
    def common(self) -> Vocabulary:
        """The labels that hold for every index."""
        return Vocabulary("", (row for row in self.rows if not row.index_code), ())

    def heads_units(self, text: str) -> bool:
        """Whether a text is the header of a column of units, whatever the index."""
        return any(vocabulary.has("unit", text) for vocabulary in (self.common, *self.vocabularies))

    @cached_property
    def vocabularies(self) -> tuple[Vocabulary, ...]:
        """One per index, in the registry's order."""
        codes = dict.fromkeys(row.index_code for row in self.rows if row.index_code)
        return tuple(
            Vocabulary(
                code,
                tuple(row for row in self.rows if row.index_code in ("", code)),
                [(component, pillar) for index, component, pillar in self.pillars if index == code],
                dict(self.wholes).get(code),
            )
            for code in codes
        )


class Vocabulary:
    """The labels that hold for one index, by their keys. whole: the pillar that is the whole of it, where one is."""

    def __init__(
        self, index_code: str, rows: Iterable[Label], pillars: Iterable[tuple[str, str]], whole: str | None = None
    ) -> None:
        rows, pillars = list(rows), list(pillars)
        self.index_code, self.whole = index_code, whole
        counts = Counter(component for component, _ in pillars)
        self.pillar_of = {component: pillar for component, pillar in pillars if counts[component] == 1}
        self._by_role: dict[str, dict[str, str | None]] = {}
        self._by_key: dict[str, list[tuple[str, str | None]]] = {}
        for row in rows:
            self._by_role.setdefault(row.role, {}).setdefault(key(row.label), row.target)
            for spelling in {key(row.label), squeezed(row.label)}:
                self._by_key.setdefault(spelling, []).append((row.role, row.target))
        self._marked = self._by_unmarked(rows)
        for role in _READ_WITHOUT_MARKS:
            known = self._by_role.get(role, {})
            self._by_role[role] = {_without_marks(label): target for label, target in known.items()} | known
        self._patterns: dict[str, re.Pattern[str]] = {}
        self.missing = frozenset(row.label.strip().casefold() for row in rows if row.role == "missing")

    def meanings(self, text: str) -> list[tuple[str, str | None]]:
        """The roles that a text as a whole may have, each with its target; spaces make no difference."""
        return self._by_key.get(key(text)) or self._by_key.get(squeezed(text)) or []

    def marked(self, text: str) -> str:
        """The key of the label that a text without any marks stands for ('H A TANG' is 'hạ tầng'); of a text that has
        marks, that is a label itself, or that may be several labels, its own key."""
        text = key(text)
        return text if not text.isascii() or self.meanings(text) else self._marked.get(unmarked(text), text)

    @staticmethod
    def _by_unmarked(rows: list[Label]) -> dict[str, str]:
        """The keys of labels by what is left of them without marks, where all that are left equal mean the same."""
        meanings: dict[str, dict[str, set[tuple[str, str | None]]]] = {}
        for row in rows:
            meanings.setdefault(unmarked(row.label), {}).setdefault(key(row.label), set()).add((row.role, row.target))
        return {bare: next(iter(keys)) for bare, keys in meanings.items() if len({*map(frozenset, keys.values())}) == 1}

    def keys(self, role: str) -> dict[str, str | None]:
        """The keys of all labels of a role, with their targets."""
        return self._by_role.get(role, {})

    def has(self, role: str, text: str) -> bool:
        """Whether a text as a whole is a label of this role."""
        return any(found == role for found, _ in self.meanings(text))

    def find(self, role: str, text: str) -> list[re.Match[str]]:
        """Where labels of a role stand in the key of a text, as whole words, the longest at each place."""
        return list(self._pattern(role).finditer(key(text)))

    def opens(self, role: str, text: str) -> str | None:
        """What follows in the key of a text that begins with a label of this role; None where it does not."""
        found = self._pattern(role).match(key(text))
        return None if found is None else found.string[found.end() :].lstrip(" :.-")

    def level(self, text: str) -> str | None:
        """The level that a text names, whatever stands around it; None where it names none, two, or denies one."""
        text = " ".join(_PUNCTUATION.sub(" ", key(text)).split())
        found = self.find("level_name", text)
        levels = {self.keys("level_name")[match[0]] for match in found}
        if len(levels) != 1:
            return None
        rest = self._pattern("level_name").sub(" ", text)
        return None if self.find("negation", rest) else levels.pop()

    @cached_property
    def unit_types(self) -> frozenset[str]:
        """The keys of the types of units, written out: 'xã', 'thị trấn', 'huyện'."""
        return frozenset(key(target) for target in self.keys("unit_type").values() if target)

    @cached_property
    def parent_types(self) -> frozenset[str]:
        """The types that head a column of parents: 'huyện', 'quận', 'thị xã', 'thành phố'."""
        types = _any_of(self.unit_types)
        return frozenset(found[0] for label in self.keys("parent") for found in types.finditer(label))

    def type_of(self, name: str) -> str | None:
        """The type that a unit's name begins with, in full or short ('TT Đông Hưng'), after a prefix such as 'UBND'."""
        rest = self.opens("unit_prefix", name) or key(name)
        for kind in sorted(self.unit_types, key=len, reverse=True):
            if rest == kind or rest.startswith(kind + " "):
                return kind
        word, _, name_itself = rest.partition(" ")
        target = self.keys("unit_type").get(word.rstrip(".")) if name_itself else None
        return key(target) if target else None

    def _pattern(self, role: str) -> re.Pattern[str]:
        """Any label of a role as whole words."""
        if role not in self._patterns:
            self._patterns[role] = _any_of(self.keys(role))
        return self._patterns[role]


def _without_marks(label: str) -> str:
    """A key without its marks, its words apart."""
    return " ".join(map(unmarked, label.split()))


def _any_of(keys: Iterable[str]) -> re.Pattern[str]:
    """Any of these keys as whole words, the longest at each place."""
    choice = "|".join(re.escape(label) for label in sorted(keys, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)")


def _year(text: str | None) -> int | None:
    return int(text) if text and text.strip() else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
