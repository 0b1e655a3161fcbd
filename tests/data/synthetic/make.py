"""Writes the SYNTHETIC decisions that lie beside it, in the form of the decision of 2020.

Here: the documents. Not here: who is scored and with what (`synthetic_decisions.py`).

Usage: python tests/data/synthetic/make.py
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from synthetic_decisions import (
    ATTAINMENT,
    HERE,
    READINESS,
    Decision,
    decisions,
    level,
    province_of,
    rules,
    total,
    valid_units,
)

COMPONENTS = (
    *("Hạ tầng", "Nhân lực", "Môi trường", "Tổng số điểm"),
    *("Hiện diện", "Tương tác", "Giao dịch", "Chuyển đổi", "Tổng số điểm"),
)


def document(decision: Decision) -> str:
    province = province_of(decision)["unit_name"].replace("Tỉnh", "tỉnh")
    day = decision.decided_on
    about = f"cấp xã của {province} năm {decision.year}"
    if decision.counted is not None:
        about = "cấp huyện, " + about
    head = [
        "SYNTHETIC: DỮ LIỆU GIẢ LẬP ĐỂ KIỂM THỬ PHẦN MỀM, KHÔNG PHẢI VĂN BẢN THẬT",
        "",
        "ỦY BAN NHÂN DÂN",
        province.upper(),
        "",
        f"Số: {decision.number}",
        "",
        f"{province.removeprefix('tỉnh ')}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "",
        "QUYẾT ĐỊNH",
        "",
        f"Về việc công bố kết quả đánh giá, xếp hạng Chính quyền điện tử {about}",
        "",
        "Căn cứ Quyết định số 2392/QĐ-BTTTT ngày 25/12/2017 của Bộ Thông tin và Truyền thông ban hành Bộ tiêu chí và "
        "phương pháp đánh giá mức độ Chính quyền điện tử cấp xã và cấp huyện;",
        "",
    ]
    annexes = []
    if decision.counted is not None:
        annexes += [*title(decision, "01", "KẾT QUẢ", "cấp huyện"), *detail(decision, "district")]
        annexes += notes(decision, "district")
        annexes += [*title(decision, "02", "TỔNG HỢP KẾT QUẢ", "cấp xã"), *summary(decision)]
    annexes += [*title(decision, "03", "KẾT QUẢ CHI TIẾT", "cấp xã"), *detail(decision, "commune")]
    annexes += notes(decision, "commune")
    return "\n".join([*head, *annexes]) + "\n"


def title(decision: Decision, annex: str, what: str, tier: str) -> list[str]:
    province = province_of(decision)["unit_name"].replace("Tỉnh", "tỉnh")
    return [
        f"Phụ lục {annex}. {what}",
        f"Đánh giá, xếp hạng Chính quyền điện tử {tier} của {province} năm {decision.year}",
        f"(Kèm theo Quyết định số {decision.number} ngày {decision.decided_on:%d/%m/%Y} của Ủy ban nhân dân tỉnh)",
        "",
    ]


def detail(decision: Decision, tier: str) -> Iterator[str]:
    units = {unit["unit_code"]: unit for unit in valid_units(decision, tier)}
    parents = {unit["unit_code"]: unit["unit_name"] for unit in valid_units(decision, "district")}
    has_parents = tier == "commune" and bool(parents)
    names = ["STT", "Tên cơ quan", *(["Huyện"] if has_parents else [])]
    yield "\t".join([*names, "Điều kiện sẵn sàng", *[""] * 3, "Mức độ đạt được", *[""] * 4, "Kết quả"])
    yield "\t".join([*[""] * len(names), *COMPONENTS, ""])
    for position, (code, scores) in enumerate(decision.scores[tier].items(), 1):
        unit = units[code]
        cells = [str(position), unit["unit_name"], *([parents[unit["parent_code"]]] if has_parents else [])]
        for components in (READINESS, ATTAINMENT):
            cells += [written(scores[component]) for component in components]
            cells.append("" if any(scores[c] is None for c in components) else written(total(scores, components)))
        reached = level(decision.year, tier, scores)
        cells.append({"unranked": "Không xếp hạng", None: ""}.get(reached, f"Mức {reached}"))
        yield "\t".join(cells)
    yield ""


def summary(decision: Decision) -> Iterator[str]:
    """Per district the number of communes at each level; `unranked` are all others of the official list."""
    yield "TT\tTên cơ quan\tKết quả đánh giá"
    communes = valid_units(decision, "commune")
    for position, district in enumerate(valid_units(decision, "district"), 1):
        own = [unit["unit_code"] for unit in communes if unit["parent_code"] == district["unit_code"]]
        if district["unit_code"] not in (decision.counted or ()):
            continue
        reached = [level(decision.year, "commune", decision.scores["commune"].get(code, {"": None})) for code in own]
        said = [
            f"{reached.count(name):02d}/{len(own)} xã đạt mức độ {name}"
            for name in ("I", "II", "III", "IV")
            if name in reached
        ]
        rest = reached.count("unranked") + reached.count(None)
        said.append(f"{rest:02d}/{len(own)} xã không đủ điều kiện xếp hạng.")
        yield f"{position}\tỦy ban nhân dân {district['unit_name']}\t- {'; '.join(said)}"
    yield ""


def notes(decision: Decision, tier: str) -> Iterator[str]:
    """The thresholds, in the words of 2020."""
    minima = {
        (rule["level"], rule["pillar"]): written(Decimal(rule["min_total"])) for rule in rules(decision.year, tier)
    }
    yield "Ghi chú:"
    for name in ("I", "II", "III", "IV"):
        attainment, readiness = (minima[name, pillar].replace(".", ",") for pillar in ("attainment", "readiness"))
        yield f"Mức {name}: Mức độ đạt được ≥ {attainment}; điều kiện sẵn sàng ≥ {readiness}"
    yield ""


def written(score: Decimal | None) -> str:
    return "" if score is None else f"{score.normalize():f}"


if __name__ == "__main__":
    for made in decisions():
        (HERE / made.file_name).write_bytes(document(made).encode())
