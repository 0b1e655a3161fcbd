"""The Great Expectations suites, made of the declarations: one per value of the column `suite` of `checks.csv`, and the
one of `deliveries.csv`.

Here: which expectation holds a check's table to its promise, and the words that Data Docs show for it. Not
here: how the suites are run (`dagster_project/judging/engine.py`), or any rule. Importing this module loads Great
Expectations (seconds): import it late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import great_expectations.expectations as gxe
from great_expectations import ExpectationSuite

from expectations import DELIVERIES, Check, DeliveryExpectation

# What Great Expectations calls the severities of the contract.
SEVERITIES = {"error": "critical", "warning": "warning", "notice": "info"}

ABOUT_DELIVERIES = (
    "**Câu hỏi về cả lần gửi, không phải phát hiện.** Không số liệu nào bị coi là sai vì mục này, và không báo cáo nào "
    "gửi các đơn vị nhắc tới nó: cán bộ phụ trách xem lại lần gửi rồi quyết định. / "
    "**Questions about a delivery as a whole, and no findings.** No figure is held to be wrong because of them, and no "
    "report to a submitter speaks of them: the officer looks at the delivery and decides."
)

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


def suite_of_deliveries(expected: Iterable[DeliveryExpectation]) -> ExpectationSuite:
    """The suite on `int_delivery_profile`: one expectation per declaration, on one row per delivery."""
    expected = list(expected)
    return ExpectationSuite(
        name=DELIVERIES,
        expectations=[expectation_of_deliveries(one) for one in expected],
        notes=[ABOUT_DELIVERIES, *map(_question, expected)],
    )


def expectation_of_deliveries(one: DeliveryExpectation) -> gxe.Expectation:
    """The declared expectation. Raises ValueError where the declaration names one that is not provided for."""
    common = {
        "severity": SEVERITIES["warning"],
        "description": f"{one.name_vi}: {one.meaning_vi} / {one.name_en}: {one.meaning_en} ({one.code})",
        "meta": {"code": one.code},
    }
    if one.only_where:
        common |= {"row_condition": one.only_where, "condition_parser": "great_expectations"}
    match one.expectation:
        case "ExpectColumnPairValuesToBeEqual":
            return gxe.ExpectColumnPairValuesToBeEqual(column_A=one.column, column_B=one.other_column, **common)
        case "ExpectColumnValuesToBeBetween":
            limits = {"min_value": _limit(one.min_value), "max_value": _limit(one.max_value)}
            return gxe.ExpectColumnValuesToBeBetween(column=one.column, **limits, **common)
    raise ValueError(f"deliveries.csv: {one.code} names the expectation {one.expectation!r}, which suites.py lacks")


def _limit(written: str) -> float | None:
    return float(written) if written else None


def _question(one: DeliveryExpectation) -> str:
    """What to ask about a delivery that is not as expected."""
    return f"**{one.name_vi} / {one.name_en}** (`{one.code}`)\n\n- {one.question_vi} / {one.question_en}"


def _note(check: Check) -> str:
    """What a finding of the check says, with […] for what it fills in, and what can be done about it."""
    message_vi, message_en = (_FILLED_IN.sub("[…]", message) for message in (check.message_vi, check.message_en))
    return (
        f"**{check.name_vi} / {check.name_en}** (`{check.code}`, {check.severity})\n\n"
        f"- “{message_vi}” / “{message_en}”\n"
        f"- {check.advice_vi} / {check.advice_en}"
    )
