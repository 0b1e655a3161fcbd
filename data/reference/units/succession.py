"""What followed what: every known step from a unit to its successor.

Here: the steps, as the files beside this one record or imply them. Not here: the lists of units (`lists.py`), their
rows and keys (`build.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lists import CHANGES, MERGERS_2024, REFORM_2025, State, read

RECORDED = "succession_thai_binh.csv"
DERIVED = "succession_2021_2025.csv"


@dataclass(frozen=True)
class Step:
    """From a day on, `new` holds all of `old`, or some of it: both are codes."""

    effective: str
    old: str
    new: str
    legal_basis: str
    source: str


def steps(by_day: dict[str, State]) -> list[Step]:
    """Every known step. by_day: the states that `lists.states` gives."""
    return recorded() + _between_lists(by_day) + _reform(by_day) + _changes()


def reshaped(all_steps: list[Step], day: str) -> set[str]:
    """The codes whose unit took in others or lost area on a day: another unit from then on, even under its old name."""
    of_day = [step for step in all_steps if step.effective == day]
    came, went = Counter(step.new for step in of_day), Counter(step.old for step in of_day)
    return {step.new for step in of_day if came[step.new] > 1 or went[step.old] > 1}


def provinces_on_record(by_day: dict[str, State], all_steps: list[Step], day: str) -> set[str]:
    """The provinces whose changes of a day are known from the resolution itself, and so to the day."""
    return {by_day[day][step.new].province for step in all_steps if step.effective == day and step.source == RECORDED}


def recorded() -> list[Step]:
    return [
        Step(row["effective"], row["old_code"], row["new_code"], row["legal_basis"], RECORDED) for row in read(RECORDED)
    ]


def _between_lists(by_day: dict[str, State]) -> list[Step]:
    """The steps between the lists of 2021 and early 2025 for which there is evidence, but no resolution."""
    before, after = around(by_day, MERGERS_2024)
    derived = [Step(MERGERS_2024, row["old_code"], row["new_code"], "", row["evidence"]) for row in read(DERIVED)]
    done = {(step.old, step.new) for step in derived}
    return derived + [step for step in same_code_and_name(before, after) if (step.old, step.new) not in done]


def same_code_and_name(before: State, after: State) -> list[Step]:
    """A unit that kept its code and its name and took another type or parent is certainly still that unit."""
    return [
        Step(MERGERS_2024, code, code, "", "the same code and name in both lists")
        for code in sorted(before.keys() & after.keys())
        if before[code] != after[code] and before[code].bare_name == after[code].bare_name
    ]


def _reform(by_day: dict[str, State]) -> list[Step]:
    """July 2025: communes by the conversion table less its homonym errors; provinces as their communes went."""
    before, after = around(by_day, REFORM_2025)
    disputed = read("mapping_2025_disputed.csv")
    wrong = {(row["old_code"], row["new_code"]) for row in disputed if row["verdict"] == "drop"}
    communes = [
        Step(row["effective"], row["old_code"], row["new_code"], row["legal_basis"], "mapping_2025.csv")
        for row in read("mapping_2025.csv")
        if (row["old_code"], row["new_code"]) not in wrong
    ]
    moves = {(before[step.old].province, after[step.new].province) for step in communes}
    joined = Counter(new for _, new in moves)
    provinces = [
        Step(REFORM_2025, old, new, "202/2025/QH15", "as the communes went in mapping_2025.csv")
        for old, new in sorted(moves)
        if joined[new] > 1
    ]
    return communes + provinces


def _changes() -> list[Step]:
    return [
        Step(row["effective_on"], row["old_code"], row["new_code"], row["legal_basis"], CHANGES)
        for row in read(CHANGES)
    ]


def around(by_day: dict[str, State], day: str) -> tuple[State, State]:
    """The states before and from a day."""
    return by_day[max(other for other in by_day if other < day)], by_day[day]
