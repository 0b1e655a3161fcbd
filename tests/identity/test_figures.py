"""Figures, ranks and names just as they are written: nothing rounded, nothing missed, nothing read into them.

One root, a story in each year and province, so that they do not touch (SYNTHETIC scores).
"""

from __future__ import annotations

import pytest
from scene import IDENTITY, Scene, annex, codes, rows

HALF = annex(
    "của tỉnh Thái Bình năm 2024",
    ("Xã An Khê", "Quỳnh Phụ", 13, 5, 5, 23, 26, 10, 5, 5, 46),
    ("Xã An Thanh", "Quỳnh Phụ", 13, 5, 5, 23, 25, 10, 5, 5, 45),
    ("Xã An Vinh", "Quỳnh Phụ", 13, 5, 5, 23, 24, 10, 5, 5, 44),
    ranks=[1, 2.5, 3],
)
SHIFTED = annex(
    "của tỉnh Nam Định năm 2020",
    ("Phường Hạ Long", "Thành phố Nam Định", 13, 5, 5, 23, 26, 10, 5, 5, 46),
    ("Phường Vị Hoàng", "Thành phố Nam Định", 13, 5, 5, 23, 25, 10, 5, 5, 45),
    ranks=[301, 302],  # the province has fewer than 300 communes
)
NAMELESS = annex(
    "của tỉnh Nam Định năm 2021",
    ("Phường Hạ Long", "Thành phố Nam Định"),
    ("", "Thành phố Nam Định"),
    ("Phường Vị Hoàng", "Thành phố Nam Định"),
).replace("Phụ lục 03. KẾT QUẢ CHI TIẾT", "KẾT QUẢ CHI TIẾT")


@pytest.fixture(scope="module")
def database(tmp_path_factory, build_in_memory):
    scene = Scene(tmp_path_factory.mktemp("figures"), build_in_memory)
    stories = {2020: ["e45_ends.csv"], 2021: ["e4.csv"], 2022: ["inj.csv"], 2023: ["e33_summary.csv", "e33_detail.csv"]}
    for year, names in stories.items():
        for name in names:
            text = (IDENTITY / name).read_text("utf-8")
            scene.receive(f"{year}/{name}", text.replace("năm 2020", f"năm {year}"))
    scene.receive("2024/half.csv", HALF)
    scene.receive("2020/shifted.csv", SHIFTED).receive("2021/nameless.csv", NAMELESS)
    return scene.build()


def found(database, year: int, province: str, columns: str = "code") -> list[tuple]:
    return database.execute(
        f"""select {columns} from fct_finding
            where scope = 'file' and assessment_key = 'egov_2392/{year}/published/{province}' order by position"""
    ).fetchall()


def test_wrong_ranks_at_the_ends_of_an_incomplete_list_are_found(database):
    assert found(database, 2020, "34", "code, unit_name, stated, expected") == [
        ("rank_differs", "Xã An Khê", "500", "1"),
        ("rank_differs", "Xã An Vinh", "999", "10"),
    ]


def test_ranks_that_all_stand_too_low_are_found(database):
    assert found(database, 2020, "36", "code, unit_name, stated") == [
        ("rank_differs", "Phường Hạ Long", "301"),
        ("rank_differs", "Phường Vị Hoàng", "302"),
    ]


def test_a_sum_of_ten_decimals_is_right(database):
    assert found(database, 2021, "34") == []
    assert database.execute(
        "select readiness_computed from fct_unit_result where year = 2021 and unit_code = '12475'"
    ).fetchall() == [(25,)]


def test_braces_in_a_name_are_shown_as_they_are_written(database):
    ((code, written, vietnamese, english),) = found(database, 2022, "34", "code, stated, message_vi, message_en")
    assert (code, written) == ("unit_unknown", "Xã {expected} {detail_en}")
    assert written in vietnamese and written in english


def test_two_statements_of_one_level_are_added_and_their_names_united(database):
    assert found(database, 2023, "34") == []
    assert database.execute(
        "select communes, level_iii_stated, level_iv_stated, level_iii_detail, level_iv_detail, reconciled "
        "from agg_district_levels where year = 2023 and district_code = '338'"
    ).fetchall() == [(37, 2, 2, 2, 2, True)]


def test_a_rank_that_is_no_whole_number_is_told_and_never_rounded(database, scene, tmp_path):
    assert database.execute(
        "select unit_code, rank_stated from fct_unit_result where year = 2024 and result_status = 'scored' order by 1"
    ).fetchall() == [("12475", 1), ("12541", None), ("12565", 3)]
    assert found(database, 2024, "34", "code, unit_name, stated, expected") == [
        ("rank_differs", "Xã An Thanh", "2.5", "2")
    ]
    (tmp_path / "half.csv").write_text(HALF, "utf-8")
    reports = scene.check(tmp_path / "half.csv")
    assert codes(reports) == ["rank_differs"]
    assert [row["stated"]["rank"] for row in rows(reports)] == [1, None, 3]


def test_a_row_without_a_name_outside_an_annex_breaks_no_numbering(database):
    assert found(database, 2021, "36", "code, reason") == [("row_quarantined", "no_unit_name")]
