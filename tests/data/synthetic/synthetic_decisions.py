"""SYNTHETIC decisions: units of the official list, figures made up by a formula. Nobody ever published any of them.

Here: who is scored in which year and with what. Not here: the documents that say so (`make.py` writes them), and what
must follow from it (`tests/movement_truth.py` works that out).
"""

from __future__ import annotations

import csv
import zlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
UNITS = HERE.parents[2] / "dbt_project" / "seeds" / "units.csv"
LEVEL_RULES = HERE / "level_rules.csv"

READINESS = ("infrastructure", "human_resources", "environment")
ATTAINMENT = ("presence", "interaction", "transaction", "transformation")
RANGES = {  # lowest and highest score, in hundredths
    "district": ((2450, 2990), (900, 1200), (450, 800), (3300, 4000), (2300, 3200), (1000, 1500), (400, 900)),
    "commune": ((1100, 1500), (400, 500), (350, 650), (2200, 2700), (500, 1400), (400, 900), (350, 600)),
}

Scores = dict[str, Decimal | None]


@dataclass
class Decision:
    """One decision. share: how many of ten communes are scored; always, never: those of whom it is certain.
    blank: (unit, component) whose cell is left empty. counted: the districts whose other communes the summary counts
    among those not eligible; None: no summary, nor a table of districts."""

    province: str
    year: int
    decided_on: date
    share: int
    always: set[str] = field(default_factory=set)
    never: set[str] = field(default_factory=set)
    blank: set[tuple[str, str]] = field(default_factory=set)
    counted: set[str] | None = None
    scores: dict[str, dict[str, Scores]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return f"{self.year % 100}00/QĐ-UBND"

    @property
    def file_name(self) -> str:
        province = province_of(self)["unit_name_ascii"].removeprefix("Tinh ")
        return f"{province.lower().replace(' ', '-')}-{self.year}-synthetic.txt"


THAI_BINH_DISTRICTS = {"336", "338", "339", "340", "341", "342", "343", "344"}
# Merged on 1 November 2024, by what they became.
ALL_SCORED = {"12556", "12568", "12577"}  # 12577: three, all scored in 2022
ONE_NOT_SCORED = {"13033"}  # 13030: of two only this one in 2022
SCORED_LAST_IN_2021 = {"13042", "13057"}  # 13057: two, both in 2021 and neither in 2022
AFTER_MERGERS = {"12577", "13030", "13057"}
SEEN_AGAIN = "12448"  # scored in 2021 and 2024, counted in 2022
FIRST_IN_2022 = "12457"
FIRST_IN_2024 = "12454"
BLANK_IN_2022 = "12460"

DECISIONS = [
    Decision(
        *("34", 2021, date(2022, 4, 5), 3),
        always=ALL_SCORED | ONE_NOT_SCORED | SCORED_LAST_IN_2021 | {"13030", SEEN_AGAIN, BLANK_IN_2022},
        never={FIRST_IN_2022, FIRST_IN_2024},
        counted=THAI_BINH_DISTRICTS,
    ),
    # Huyện Vũ Thư is missing: no row of its own, and nothing is said of its other communes.
    Decision(
        *("34", 2022, date(2023, 4, 5), 4),
        always=ALL_SCORED | ONE_NOT_SCORED | {FIRST_IN_2022, BLANK_IN_2022},
        never=SCORED_LAST_IN_2021 | {"13030", SEEN_AGAIN, FIRST_IN_2024, "344"},
        blank={(BLANK_IN_2022, "transaction")},
        counted=THAI_BINH_DISTRICTS - {"344"},
    ),
    Decision(
        *("34", 2024, date(2025, 4, 4), 5),
        always=AFTER_MERGERS | {SEEN_AGAIN, FIRST_IN_2024, BLANK_IN_2022},
        counted=THAI_BINH_DISTRICTS,
    ),
    # Xã Minh Tiến was renamed Xã Tiên Tiến on 1 November 2024; the province took in Thái Bình on 1 July 2025.
    Decision("33", 2022, date(2023, 5, 9), 1, always={"12424", "12004", "12007"}),
    Decision("33", 2024, date(2025, 5, 8), 2, always={"12424", "12004", "12007"}),
    Decision("33", 2025, date(2026, 5, 7), 4),
    # Xã Canh Liên was divided on 1 July 2025, when Bình Định and Gia Lai became one province with the code of one.
    Decision("52", 2024, date(2025, 5, 6), 1, always={"21997"}),
    Decision("52", 2025, date(2026, 5, 6), 2, always={"21997"}),
]


def decisions() -> list[Decision]:
    """All of them, with their scores: by tier and unit code, in the order of their tables."""
    for decision in DECISIONS:
        communes = [unit["unit_code"] for unit in valid_units(decision, "commune") if is_scored(decision, unit)]
        decision.scores = {"commune": {code: made_up(decision, "commune", code) for code in communes}}
        if decision.counted is not None:
            districts = [unit["unit_code"] for unit in valid_units(decision, "district")]
            decision.scores["district"] = {
                code: made_up(decision, "district", code) for code in districts if code not in decision.never
            }
    return DECISIONS


@cache
def registry(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def valid_units(decision: Decision, tier: str) -> list[dict[str, str]]:
    """The units of the province on 31 December of the year that was assessed, by parent and code."""
    day = f"{decision.year}-12-31"
    return sorted(
        (
            unit
            for unit in registry(UNITS)
            if unit["province_code"] == decision.province
            and unit["tier"] == tier
            and unit["valid_from"] <= day < (unit["valid_to"] or "9999")
        ),
        key=lambda unit: (unit["parent_code"], unit["unit_code"]),
    )


def province_of(decision: Decision) -> dict[str, str]:
    return valid_units(decision, "province")[0]


def rules(year: int, tier: str) -> list[dict[str, str]]:
    return [
        rule
        for rule in registry(LEVEL_RULES)
        if rule["tier"] == tier and int(rule["valid_from_year"]) <= year <= int(rule["valid_to_year"] or 9999)
    ]


def is_scored(decision: Decision, unit: dict[str, str]) -> bool:
    code = unit["unit_code"]
    return code in decision.always or (code not in decision.never and chance(code, decision.year) % 10 < decision.share)


def made_up(decision: Decision, tier: str, code: str) -> Scores:
    scores: Scores = {}
    for component, (low, high) in zip(READINESS + ATTAINMENT, RANGES[tier], strict=True):
        hundredths = low + chance(code, decision.year, component) % (high - low + 1)
        scores[component] = None if (code, component) in decision.blank else Decimal(hundredths) / 100
    return scores


def chance(*seed: object) -> int:
    """The same number for the same seed, anywhere."""
    return zlib.crc32(" ".join(map(str, seed)).encode())


def level(year: int, tier: str, scores: Scores) -> str | None:
    """The level of the registry beside this file; None where a score is missing."""
    if None in scores.values():
        return None
    totals = {"readiness": total(scores, READINESS), "attainment": total(scores, ATTAINMENT)}
    reached = {rule["level"]: int(rule["level_order"]) for rule in rules(year, tier)}
    for rule in rules(year, tier):
        if totals[rule["pillar"]] < Decimal(rule["min_total"]):
            reached.pop(rule["level"], None)
    return min(reached, key=reached.__getitem__, default="unranked")


def total(scores: Scores, components: tuple[str, ...]) -> Decimal:
    return sum((scores[component] or Decimal(0) for component in components), Decimal(0))
