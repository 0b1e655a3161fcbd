"""What is judged of the submitted data: the declarations of the checks (`checks.csv`), one row per check, and of what
is expected of a delivery as a whole (`deliveries.csv`).

Here: reading the declarations, with the standard library alone, because names of suites are wanted where Great
Expectations is not yet loaded. Not here: the suites made of them (`suites.py`), and the rules themselves, which are
SQL (`dbt_project/models/checks/<code>.sql` sets stated beside expected).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import TypeVar

DECLARATIONS = "checks.csv"
OF_DELIVERIES = "deliveries.csv"
DELIVERIES = "deliveries"  # the suite of what is expected of a delivery

Declaration = TypeVar("Declaration")


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


@dataclass(frozen=True, slots=True)
class DeliveryExpectation:
    """What is expected of each delivery; its fields are the columns of `deliveries.csv`, described in `README.md`."""

    code: str
    expectation: str
    column: str
    other_column: str
    min_value: str
    max_value: str
    only_where: str
    name_vi: str
    name_en: str
    meaning_vi: str
    meaning_en: str
    question_vi: str
    question_en: str


def declared(folder: Path | None = None) -> tuple[Check, ...]:
    """The checks that `checks.csv` of a folder (by default this one) declares, in its order."""
    return _rows(folder, DECLARATIONS, Check)


def of_deliveries(folder: Path | None = None) -> tuple[DeliveryExpectation, ...]:
    """What `deliveries.csv` of a folder (by default this one) expects of each delivery, in its order."""
    return _rows(folder, OF_DELIVERIES, DeliveryExpectation)


def _rows(folder: Path | None, name: str, kind: type[Declaration]) -> tuple[Declaration, ...]:
    names = [field.name for field in fields(kind)]
    with ((folder or Path(__file__).parent) / name).open(encoding="utf-8", newline="") as file:
        return tuple(kind(**{name: row[name] for name in names}) for row in csv.DictReader(file))


def by_suite(checks: tuple[Check, ...]) -> dict[str, tuple[Check, ...]]:
    """The checks of each suite, suites in the order of their first check."""
    order = list(dict.fromkeys(check.suite for check in checks))
    ranked = sorted(checks, key=lambda check: order.index(check.suite))
    return {suite: tuple(group) for suite, group in groupby(ranked, key=lambda check: check.suite)}
