"""What is judged of the submitted data: the declarations of the checks (`checks.csv`), one row per check.

Here: reading the declarations, with the standard library alone, because names of suites are wanted where Great
Expectations is not yet loaded. Not here: the suites made of them (`suites.py`), and the rules themselves, which are
SQL (`dbt_project/models/checks/<code>.sql` sets stated beside expected).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path

DECLARATIONS = "checks.csv"


@dataclass(frozen=True, slots=True)
class Check:
    """One declared check; its fields are the columns of `checks.csv`, described in `README.md` beside this file."""

    code: str
    suite: str
    scope: str
    severity: str
    basis: str
    compares: str
    expectation: str
    name_vi: str
    name_en: str
    message_vi: str
    message_en: str
    advice_vi: str
    advice_en: str
    meaning_vi: str
    meaning_en: str


def declared(folder: Path | None = None) -> tuple[Check, ...]:
    """The checks that `checks.csv` of a folder (by default this one) declares, in its order."""
    names = [field.name for field in fields(Check)]
    with ((folder or Path(__file__).parent) / DECLARATIONS).open(encoding="utf-8", newline="") as file:
        return tuple(Check(**{name: row[name] for name in names}) for row in csv.DictReader(file))


def by_suite(checks: tuple[Check, ...]) -> dict[str, tuple[Check, ...]]:
    """The checks of each suite, suites in the order of their first check."""
    order = list(dict.fromkeys(check.suite for check in checks))
    ranked = sorted(checks, key=lambda check: order.index(check.suite))
    return {suite: tuple(group) for suite, group in groupby(ranked, key=lambda check: check.suite)}
