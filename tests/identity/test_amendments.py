"""Decisions that change another (SYNTHETIC scores): what they cite, what they leave as it is, whom they leave out."""

from __future__ import annotations

import duckdb
import pytest
from scene import DECISION, Scene, codes

PROVINCE = "UBND tỉnh"
CHANGES = "sửa đổi, bổ sung Quyết định số 05/QĐ-UBND ngày 05/04/2021 về công bố"
REPLACES = "thay thế Quyết định số 5/QĐ-UBND ngày 05/04/2021 và công bố lại"
OWN = "Kèm theo Quyết định số 1320/QĐ-UBND ngày 10/08/2021 của Ủy ban nhân dân tỉnh"
OF_CHANGED = "Kèm theo Quyết định số 05/QĐ-UBND ngày 05/04/2021 của Ủy ban nhân dân tỉnh"
DISTRICTS = {
    "Huyện Quỳnh Phụ": "27.31 10.82 7 45.13 40 29.17 12.08 5 86.25",
    "Huyện Tiền Hải": "27.65 10.68 7 45.33 40 29.98 12.06 5 87.04",
    "Huyện Vũ Thư": "26.63 11 7 44.63 40 27.28 12.06 5 84.34",
}
_HEADER = """TT\tTên cơ quan\tĐiều kiện sẵn sàng\t\t\t\tMức độ đạt được\t\t\t\t\tKết quả
\t\tHạ tầng\tNhân lực\tMôi trường\tTổng số điểm\tHiện diện\tTương tác\tGiao dịch\tChuyển đổi\tTổng số điểm\t"""


def decision(what: str, cited: str, districts: list[str], number: str = "1320", day: str = "10 tháng 08") -> str:
    """The text of a decision on districts. what: what its title says it does. cited: the bracket of its annex."""
    rows = "\n".join(
        "\t".join([str(at), name, *DISTRICTS[name].split(), "Mức độ II"]) for at, name in enumerate(districts, 1)
    )
    return f"""ỦY BAN NHÂN DÂN\nTỈNH THÁI BÌNH\n\nSố: {number}/QĐ-UBND\n\nThái Bình, ngày {day} năm 2021

QUYẾT ĐỊNH\n
Về việc {what} kết quả đánh giá, xếp hạng Chính quyền điện tử cấp huyện của tỉnh Thái Bình năm 2020 (SYNTHETIC)

Căn cứ Quyết định số 2392/QĐ-BTTTT ngày 25/12/2017 của Bộ Thông tin và Truyền thông;

Phụ lục 01. KẾT QUẢ
Đánh giá, xếp hạng Chính quyền điện tử cấp huyện của tỉnh Thái Bình năm 2020
({cited})

{_HEADER}
{rows}
"""


def told(database, code: str) -> list[tuple]:
    return database.execute(
        "select coalesce(unit_name, subject), stated, expected, scope, status from fct_finding where code = ? "
        "order by all",
        [code],
    ).fetchall()


@pytest.mark.parametrize("cited", [OWN, OF_CHANGED, f"Sửa đổi, bổ sung Phụ lục {OF_CHANGED.lower()}"])
def test_an_amending_decision_may_cite_itself_or_what_it_amends(scene: Scene, tmp_path, cited):
    path = tmp_path / "amending.txt"
    path.write_text(decision(CHANGES, cited, ["Huyện Tiền Hải"]), "utf-8")
    assert codes(scene.check(path)) == []


@pytest.mark.parametrize(
    ("what", "cited"),
    [
        (CHANGES, OWN.replace("1320", "1302")),
        (REPLACES, OF_CHANGED),  # nothing is left of a decision that is replaced
        ("công bố", OF_CHANGED),
        (CHANGES, f"Phụ lục sửa đổi {OWN.replace('1320', '1302').lower()}"),
    ],
)
def test_any_other_citation_is_judged_against_the_documents_own_head(scene: Scene, tmp_path, what, cited):
    path = tmp_path / "amending.txt"
    path.write_text(decision(what, cited, ["Huyện Tiền Hải"]), "utf-8")
    assert set(codes(scene.check(path))) == {"citation_differs"}


def test_an_annex_without_a_head_may_say_what_it_changes(scene: Scene, tmp_path):
    head = tmp_path / "head.txt"
    head.write_text(decision("công bố", OWN, ["Huyện Quỳnh Phụ"]), "utf-8")
    annex = decision("công bố", f"Sửa đổi Phụ lục {OF_CHANGED.lower()}", ["Huyện Vũ Thư"]).partition("Phụ lục 01")
    part = tmp_path / "part.txt"
    part.write_text(annex[1] + annex[2], "utf-8")
    assert codes(scene.check(head, part)) == []


@pytest.mark.parametrize("cited", [OWN, OF_CHANGED])
def test_what_is_not_amended_stays_as_it_is_with_its_findings(scene: Scene, warehouse_of_2020, cited):
    scene.receive("2020/decision.txt", DECISION, "2021-04-05", PROVINCE)
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as alone:
        before = {row[:3] for row in told(alone, "citation_differs")}
    scene.receive("2020/amending.txt", decision(CHANGES, cited, ["Huyện Tiền Hải"]), "2021-08-10", PROVINCE)
    after = scene.build()
    assert {(*row, "file", "open") for row in before} == set(told(after, "citation_differs")) and len(before) == 3
    assert [row[-1] for row in told(after, "total_differs")] == ["resolved"]
    assert {row[-1] for row in told(after, "level_differs")} == {"open"} and told(after, "unit_left_out") == []
    scored = after.execute("select count(*) from fct_unit_result where result_status = 'scored'").fetchone()
    assert scored == (43,)


def test_a_unit_that_a_replacing_decision_leaves_out_is_told(scene: Scene):
    first = decision("công bố", OF_CHANGED, list(DISTRICTS), "05", "05 tháng 04")
    some = [name for name in DISTRICTS if name != "Huyện Vũ Thư"]
    scene.receive("2020/first.txt", first, "2021-04-05", PROVINCE)
    scene.receive("2020/replacing.txt", decision(REPLACES, OWN, some), "2021-08-10", PROVINCE)
    left_out = ("Huyện Vũ Thư", "05/QĐ-UBND", "1320/QĐ-UBND", "year")
    assert told(scene.build(), "unit_left_out") == [(*left_out, "open")]
    scene.receive("2020/added.txt", decision(CHANGES, OWN, ["Huyện Vũ Thư"], "1400"), "2021-09-10", PROVINCE)
    assert told(scene.build(), "unit_left_out") == [(*left_out, "resolved")]


def test_a_decision_that_replaces_one_that_never_came_leaves_nobody_out(scene: Scene):
    first = decision("công bố", OF_CHANGED, list(DISTRICTS), "05", "05 tháng 04")
    scene.receive("2020/first.txt", first, "2021-04-05", PROVINCE)
    other = REPLACES.replace("số 5/", "số 6/")
    scene.receive("2020/replacing.txt", decision(other, OWN, ["Huyện Tiền Hải"]), "2021-08-10", PROVINCE)
    assert told(scene.build(), "unit_left_out") == []
