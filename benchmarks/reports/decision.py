"""A SYNTHETIC decision in which every unit of a province has something to answer for.

Here: its text, in the layout of the decisions that are read from text. Units are the registry's; every figure is made.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from random import Random

HEAD = "SYNTHETIC, made for a benchmark\n\n"
TITLE = "Phụ lục {annex}. KẾT QUẢ\nĐánh giá, xếp hạng Chính quyền điện tử {tier} của {province} năm {year}\n\n"
COLUMNS = ("Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm")
MORE = ("Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm")


def units(seeds: Path, province: str, year: int, tier: str) -> list[dict[str, str]]:
    """The registry's units of a province and tier on 31 December of the year."""
    day = date(year, 12, 31).isoformat()
    with (seeds / "units.csv").open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if (row["province_code"], row["tier"]) == (province, tier)
            and (not row["valid_from"] or row["valid_from"] <= day)
            and (not row["valid_to"] or day < row["valid_to"])
        ]


def text(seeds: Path, province: str, year: int, seed: int) -> str:
    """The decision: each unit's first total is 0.2 too low, and its level one that no total gives."""
    chance = Random(seed)
    (of_province,) = units(seeds, province, year, "province")
    districts, communes = (units(seeds, province, year, tier) for tier in ("district", "commune"))
    names = {district["unit_code"]: district["unit_name"] for district in districts}
    annexes = (
        ("01", "cấp huyện", districts, (20, 30, 70, 90), False),
        ("03", "cấp xã", communes, (14, 18, 30, 40), True),
    )
    parts = [HEAD]
    for annex, tier, members, scale, has_parent in annexes:
        parts.append(TITLE.format(annex=annex, tier=tier, province=of_province["unit_name"].lower(), year=year))
        before = ("STT", "Tên cơ quan", *(("Huyện",) if has_parent else ()))
        groups = ("Điều kiện sẵn sàng", "", "", "", "Mức độ đạt được", "", "", "", "", "Kết quả")
        parts.append("\t".join((*before, *groups)) + "\n" + "\t".join((*("" for _ in before), *COLUMNS, *MORE)) + "\n")
        for number, unit in enumerate(members, 1):
            parent = (names[unit["parent_code"]],) if has_parent else ()
            parts.append("\t".join((str(number), unit["unit_name"], *parent, *_figures(chance, scale))) + "\n")
        parts.append("\n\n")
    return "".join(parts)


def _figures(chance: Random, scale: tuple[int, int, int, int]) -> list[str]:
    low, high, lowest, highest = (100 * bound for bound in scale)
    readiness = [chance.randint(low, high) // 3 for _ in range(3)]
    attainment = [chance.randint(lowest, highest) // 4 for _ in range(4)]
    figures = [*readiness, sum(readiness) - 20, *attainment, sum(attainment)]
    return [*(f"{figure / 100:.2f}" for figure in figures), "Mức độ I"]
