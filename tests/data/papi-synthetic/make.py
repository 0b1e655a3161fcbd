"""Writes the SYNTHETIC workbook beside it, in the form of a national publisher's: a sheet per year, an English and a
Vietnamese line of headers, provinces by name and by a number of the publisher's own. All figures are made up.

Usage: python tests/data/papi-synthetic/make.py
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).parent
PATH = HERE / "papi-2016-2018-synthetic.xlsx"
YEARS = (2016, 2017, 2018)
PROVINCES = ((1, "Hà Nội"), (34, "Thái Bình"), (79, "TP. Hồ Chí Minh"))
ENGLISH = (
    *("Province code", "Province name (SYNTHETIC DATA)", "Dimension 1", "1.1 Knowledge", "1.2 Elections"),
    *("Dimension 2", "2.1 Poor households", "2.2 Budgets", "Overall"),
)
VIETNAMESE = (
    *("matinh", "tentinh_vie", "1. Tham gia của người dân", "1.1 Tri thức công dân", "1.2 Chất lượng bầu cử"),
    *("2. Công khai minh bạch", "2.1 Danh sách hộ nghèo", "2.2 Thu chi ngân sách xã", "PAPI (không trọng số)"),
)


def figures(year: int, number: int) -> list[Decimal]:
    """A row, made up: each dimension before its parts, the whole at the end."""
    parts = [Decimal(1) + Decimal((year * (at + 3) + number * 7) % 1000) / 1000 for at in range(4)]
    first, second = sum(parts[:2], Decimal()), sum(parts[2:], Decimal())
    return [first, *parts[:2], second, *parts[2:], first + second]


def main() -> None:
    with xlsxwriter.Workbook(PATH) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "comments": "SYNTHETIC: made up for tests"})
        for year in YEARS:
            sheet = book.add_worksheet(str(year))
            sheet.write_row(0, 0, ENGLISH)
            sheet.write_row(1, 0, VIETNAMESE)
            for row, (number, name) in enumerate(PROVINCES, 2):
                sheet.write_row(row, 0, [number, name, *map(float, figures(year, number))])


if __name__ == "__main__":
    main()
