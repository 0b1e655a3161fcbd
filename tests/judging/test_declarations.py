"""The declarations of the checks: each whole, each with a table of its name and an expectation that there is."""

import re

import pytest

from dagster_project.root import REPOSITORY
from expectations import by_suite, declared

CHECKS = declared()


def test_each_declaration_is_whole():
    for check in CHECKS:
        assert check.scope in {"file", "year"}, check.code
        assert check.severity in {"error", "warning", "notice"}, check.code
        assert check.compares in {"figures", "words"}, check.code
        assert check.basis in {"index", "units", "document", "form"}, check.code
        for said in ("name", "message", "advice", "meaning"):
            assert getattr(check, f"{said}_vi").strip(), check.code
            assert getattr(check, f"{said}_en").strip(), check.code
        for word in re.findall(r"\{(\w+?)(?:_vi|_en)?\}", check.message_vi):
            assert re.search(rf"\{{{word}(_vi|_en)?\}}", check.message_en), f"{check.code}: {word} in one language only"


def test_each_check_is_declared_once_and_has_its_table():
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)
    models = {path.stem for path in (REPOSITORY / "dbt_project" / "models" / "checks").glob("*.sql")}
    assert models == set(codes)


def test_suites_hold_all_checks_once():
    suites = by_suite(CHECKS)
    assert sorted(check.code for members in suites.values() for check in members) == sorted(c.code for c in CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_declared_expectation_can_be_made(check):
    from expectations.suites import expectation

    made = expectation(check)
    assert made.meta["code"] == check.code
    assert type(made).__name__ == check.expectation


def test_an_expectation_that_is_not_provided_for_is_named():
    from dataclasses import replace

    from expectations.suites import expectation

    with pytest.raises(ValueError, match=r"checks\.csv: total_differs names the expectation 'ExpectMagic'"):
        expectation(replace(CHECKS[0], expectation="ExpectMagic"))
