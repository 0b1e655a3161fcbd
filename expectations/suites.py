"""The Great Expectations suites, made of the declarations in `checks.csv`: one suite per value of its column `suite`.

Here: which expectation holds a check's table to its promise, and the words that Data Docs show for it. Not
here: how the suites are run (`dagster_project/judging/engine.py`), or any rule. Importing this module loads Great
Expectations (seconds): import it late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import great_expectations.expectations as gxe
from great_expectations import ExpectationSuite

from expectations import Check

# What Great Expectations calls the severities of the contract.
SEVERITIES = {"error": "critical", "warning": "warning", "notice": "info"}

_FILLED_IN = re.compile(r"\{\w+\}")

# The columns that a check's two sides stand in: the tables of one suite are judged as one batch, side by side.
SIDES = {"figures": ("stated_figure", "expected_figure"), "words": ("stated", "expected")}


def suite(name: str, checks: Iterable[Check]) -> ExpectationSuite:
    """The suite of that name: one expectation per check, on the rows that bear the check's code."""
    checks = list(checks)
    return ExpectationSuite(
        name=name,
        expectations=[expectation(check) for check in checks],
        notes=[_note(check) for check in checks],
    )


def expectation(check: Check) -> gxe.Expectation:
    """The declared expectation. Raises ValueError where the declaration names one that is not provided for."""
    common = {
        "row_condition": f'col("code") == "{check.code}"',
        "condition_parser": "great_expectations",
        "severity": SEVERITIES[check.severity],
        "description": f"{check.name_vi}: {check.meaning_vi} / {check.name_en}: {check.meaning_en} ({check.code})",
        "meta": {"code": check.code, "severity": check.severity, "scope": check.scope},
    }
    match check.expectation:
        case "ExpectColumnPairValuesToBeEqual":
            stated, expected = SIDES[check.compares]
            return gxe.ExpectColumnPairValuesToBeEqual(column_A=stated, column_B=expected, **common)
        case "ExpectColumnValuesToBeInSet":
            return gxe.ExpectColumnValuesToBeInSet(column="is_passed", value_set=[True], **common)
    raise ValueError(f"checks.csv: {check.code} names the expectation {check.expectation!r}, which suites.py lacks")


def _note(check: Check) -> str:
    """What a finding of the check says, with […] for what it fills in, and what can be done about it."""
    message_vi, message_en = (_FILLED_IN.sub("[…]", message) for message in (check.message_vi, check.message_en))
    return (
        f"**{check.name_vi} / {check.name_en}** (`{check.code}`, {check.severity})\n\n"
        f"- “{message_vi}” / “{message_en}”\n"
        f"- {check.advice_vi} / {check.advice_en}"
    )
