"""How figures are written, and that what is none is never taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.reading.numbers import Figure, decimal_of, figure, ordinal

MISSING = {"-", "…"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("27.31", "27.31"),
        ("27,31", "27.31"),
        ("11.719", "11.719"),
        ("11,719", "11.719"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("7.50", "7.50"),
        ("  40 \n", "40"),
        ("46\u00a0", "46"),
        ("\u00a046", "46"),
        ("-0.408", "-0.408"),
        ("\u22120,408", "-0.408"),
        ("+5", "5"),
        (",5", "0.5"),
        ("007", "7"),
        ("1e-05", "0.00001"),
        ("0.843266666666667", "0.843266666666667"),
    ],
)
def test_figures(text, number):
    assert decimal_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "23 điểm",
        "O",
        "x",
        "46 47",
        "27\n31",
        "1.23.4",
        "1,2345.6",
        "5.",
        "12/8",
        "5%",
        "1e5",
        "nan",
        "inf",
        "5²",
        "١٢",
        "",
        "9" * 40,
        "1e-300",
        "(5)",
    ],
)
def test_what_is_no_figure(text):
    assert decimal_of(text) is None


def test_what_a_cell_of_figures_holds():
    assert figure("27,31", None, MISSING) == Figure(Decimal("27.31"))
    assert figure(" - ", None, MISSING) == figure("…", None, MISSING) == figure("", None, MISSING) == Figure()
    assert figure("23 điểm", None, MISSING) == Figure(flaw="not_a_number", flaw_reason="text")
    assert figure("2021-08-12", "date", MISSING) == Figure(flaw="cell_damaged", flaw_reason="date")
    assert figure("", "error_value", MISSING) == Figure(flaw="cell_damaged", flaw_reason="error_value")


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("01", 1), ("1.", 1), ("(12)", 12), ("I", None), ("1.1", None)])
def test_the_number_of_a_row(text, number):
    assert ordinal(text) == number


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-99_999_999, max_value=99_999_999),
    st.sampled_from(".,"),
)
def test_any_decimal_is_read_as_printed(number, mark):
    assert decimal_of(f"{number:f}".replace(".", mark)) == number


@given(st.decimals(allow_nan=False, places=3, min_value=1000, max_value=99_999_999), st.sampled_from([",.", ".,"]))
def test_any_decimal_with_grouped_thousands_is_read_as_printed(number, marks):
    printed = f"{number:,f}".translate(str.maketrans(",.", marks))
    assert decimal_of(printed) == number


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_none(text):
    number = decimal_of(text)
    assert number is None or number.is_finite()
