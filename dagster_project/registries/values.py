"""The values of registries and ledger as people write them → as the database takes them.

Here: numbers, years, yes and no. Not here: which column is what (`declared.py`), and days (`..days`).
"""

from __future__ import annotations

import re

from ..days import day_of

_YEARS = range(1900, 3000)
_INTEGER = re.compile(r"(-?[0-9]{1,9})(?:[.,]0+)?")
_DECIMAL = re.compile(r"[+-]?(?:([0-9]*)[.,]([0-9]+)|([0-9]+))")
_TYPE = re.compile(r"decimal\((\d+), ?(\d+)\)")
_BOOLEANS = {"true": "true", "1": "true", "đúng": "true", "false": "false", "0": "false", "sai": "false"}


class Unfit(ValueError):
    """The text is no value of its type; Vietnamese and English say what was expected."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(english)
        self.vietnamese, self.english = vietnamese, english


def value(text: str, type_: str, column: str = "") -> str:
    """The plain text of a value: '84,25' is 84.25, '31/12/2024' is 2024-12-31, '2020.0' is 2020. An integer whose
    column is called a year must be one. Raises Unfit."""
    if type_ == "varchar" or not text:
        return text if text.isprintable() else " ".join(text.split())
    if type_ == "integer":
        return _year(text) if column.endswith("year") else _integer(text)
    if type_ == "boolean":
        return _boolean(text)
    return _day(text) if type_ == "date" else _decimal(text, type_)


def _integer(text: str) -> str:
    found = _INTEGER.fullmatch(text)
    if not found:
        raise Unfit("phải là số nguyên, ví dụ 3", "must be a whole number such as 3")
    return str(int(found[1]))


def _year(text: str) -> str:
    found = _INTEGER.fullmatch(text)
    if not found or int(found[1]) not in _YEARS:
        raise Unfit("phải là năm, ví dụ 2020", "must be a year such as 2020")
    return found[1]


def _boolean(text: str) -> str:
    if text.casefold() not in _BOOLEANS:
        raise Unfit("phải là true hoặc false", "must be true or false")
    return _BOOLEANS[text.casefold()]


def _decimal(text: str, type_: str) -> str:
    """One mark is the decimal mark, comma or point. A number with two marks, or with letters, is none."""
    found = _DECIMAL.fullmatch(text)
    if not found:
        raise Unfit(
            "phải là một số, ví dụ 84,25 hoặc 84.25, không có dấu ngăn hàng nghìn",
            "must be one number such as 84.25 or 84,25, without marks between thousands",
        )
    digits, decimals = map(int, _TYPE.fullmatch(type_).groups())  # type: ignore[union-attr]
    whole = (found[1] or found[3] or "").lstrip("0")
    if len(whole) > digits - decimals or len((found[2] or "").rstrip("0")) > decimals:
        raise Unfit(
            f"chỉ được có tối đa {digits - decimals} chữ số trước và {decimals} chữ số sau dấu thập phân",
            f"may have at most {digits - decimals} digits before and {decimals} after the decimal mark",
        )
    return text.replace(",", ".")


def _day(text: str) -> str:
    day = day_of(text)
    if day is None:
        raise _no_day()
    return day.isoformat()


def _no_day() -> Unfit:
    return Unfit(
        "phải là ngày theo thứ tự ngày/tháng/năm, ví dụ 31/12/2024, hoặc 2024-12-31",
        "must be a day written day first, such as 31/12/2024, or as 2024-12-31",
    )
