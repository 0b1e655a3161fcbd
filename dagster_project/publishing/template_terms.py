"""What the registries say of an index that a form for its scores needs: tiers, columns, limits, levels, words.

Here: the rules in force (no last year of validity) and the first wording of each label, as plain records. Not here: how
the form looks (`template.py`), and any judgement of scores.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_FEWEST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Pillar:
    """One group of columns. components: name and maximum of each; a maximum is None where none is known."""

    code: str
    name: str
    max_total: Decimal | None
    components: tuple[tuple[str, Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """One table. name: 'Cấp huyện'. rows: how many units the largest province has. minima: per level, best first, the
    name of the level and what each pillar's total must reach."""

    code: str
    name: str
    rows: int
    pillars: tuple[Pillar, ...]
    minima: tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]


class Terms:
    """The words and rules of one index. Raises KeyError where the registries do not know the index or lack a word."""

    def __init__(self, registries_folder: Path, index_code: str) -> None:
        self._folder, self._index = registries_folder, index_code
        self._labels: dict[str, dict[str, str]] = {}
        for row in _rows(registries_folder / "labels.csv"):
            if row["index_code"] in ("", index_code):
                self._labels.setdefault(row["role"], {}).setdefault(row["target"], row["label"])
        pillars, components, rules = (self._in_force(name) for name in ("pillars", "components", "level_rules"))
        if not pillars:
            raise KeyError(index_code)
        capacity = _most_units(_rows(registries_folder / "units.csv"))
        self.tiers = tuple(
            Tier(
                code=tier,
                name=self.word("tier", tier),
                rows=max(_FEWEST_ROWS, capacity.get(tier, 0)),
                pillars=tuple(_pillar(row, components) for row in pillars if row["tier"] == tier),
                minima=self._minima(tier, pillars, rules),
            )
            for tier in dict.fromkeys(row["tier"] for row in pillars)
        )

    def word(self, role: str, target: str = "") -> str:
        """The registry's first label of a role and target."""
        return self._labels[role][target]

    def words(self, role: str) -> tuple[str, ...]:
        """The first label of each target of a role, in the registry's order."""
        return tuple(self._labels[role].values())

    def _in_force(self, name: str) -> list[dict[str, str]]:
        rows = _rows(self._folder / f"{name}.csv")
        return [row for row in rows if row["index_code"] == self._index and not row["valid_to_year"]]

    def _minima(
        self, tier: str, pillars: list[dict[str, str]], rules: list[dict[str, str]]
    ) -> tuple[tuple[str, tuple[tuple[str, Decimal], ...]], ...]:
        names = {row["pillar"]: row["name_vi"] for row in pillars if row["tier"] == tier}
        own = sorted((row for row in rules if row["tier"] == tier), key=lambda row: int(row["level_order"]))
        found: dict[str, dict[str, Decimal]] = {}
        for row in own:
            found.setdefault(row["level"], {})[row["pillar"]] = Decimal(row["min_total"])
        return tuple(
            (self.word("level_name", level), tuple((name, of[code]) for code, name in names.items() if code in of))
            for level, of in found.items()
        )


def first_index(registries_folder: Path) -> str:
    """The index that the registries name first."""
    return _rows(registries_folder / "pillars.csv")[0]["index_code"]


def _pillar(row: dict[str, str], components: list[dict[str, str]]) -> Pillar:
    total = _decimal(row["max_total"])
    # Of a sum no part is larger than the whole; of a mean one may be.
    else_at_most = total if row["aggregation"] == "sum" else None
    own = [each for each in components if (each["tier"], each["pillar"]) == (row["tier"], row["pillar"])]
    maxima = [_decimal(each["max_score"]) for each in own]
    named = [
        (each["name_vi"], else_at_most if maximum is None else maximum)
        for each, maximum in zip(own, maxima, strict=True)
    ]
    return Pillar(row["pillar"], row["name_vi"], total, tuple(named))


def _most_units(units: list[dict[str, str]]) -> dict[str, int]:
    """For each tier the units of the largest province, on the last day on which there were such units."""
    last: dict[str, str] = {}
    for row in units:
        last[row["tier"]] = max(last.get(row["tier"], ""), row["valid_to"] or "never")
    counts = Counter(
        (row["tier"], row["province_code"]) for row in units if (row["valid_to"] or "never") == last[row["tier"]]
    )
    found: dict[str, int] = {}
    for (tier, _), count in counts.items():
        found[tier] = max(found.get(tier, 0), count)
    return found


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
