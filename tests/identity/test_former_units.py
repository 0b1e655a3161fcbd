"""Names of units that had ended: the finding says what became of them, and when."""

from __future__ import annotations

import pytest
from scene import Scene, annex


@pytest.mark.parametrize(
    ("name", "parent", "year", "vietnamese", "english"),
    [
        ("Xã Đông Quý", "Tiền Hải", 2024, "sáp nhập vào Xã Đông Quang ngày 01/11/2024", "Xã Đông Quang on 01/11/2024"),
        ("UBND xã Đông Quí", "Tiền Hải", 2024, "Xã Đông Quang ngày 01/11/2024", "Xã Đông Quang on 01/11/2024"),
        ("Thụy Hà", "Thái Thụy", 2020, "Thị trấn Diêm Điền ngày 01/03/2020", "Thị trấn Diêm Điền on 01/03/2020"),
        # The same name with another type, before strangers.
        ("Xã Diêm Điền", "Thái Thụy", 2020, "gần nhất là Thị trấn Diêm Điền", "the nearest are Thị trấn Diêm Điền"),
        # No unit of that name ended under this district.
        ("Xã Đông Quý", "Thái Thụy", 2024, "là đơn vị hành chính nào", "which administrative unit"),
    ],
)
def test_an_unknown_name_says_what_became_of_its_unit(scene: Scene, tmp_path, name, parent, year, vietnamese, english):
    path = tmp_path / "scores.csv"
    path.write_text(annex(f"của tỉnh Thái Bình năm {year}", (name, parent), ("Xã An Ninh", "Tiền Hải")), "utf-8")
    (report,) = scene.check(path)
    (told,) = [finding for finding in report["findings"] if finding["code"] == "unit_unknown"]
    assert vietnamese in told["message_vi"] and english in told["message_en"]
    assert ("sáp nhập" in told["message_vi"]) == (told["reason"] == "unit_merged")
    if parent == "Thái Thụy" and year == 2024:
        assert told["reason"] is None and "Đông Quang" not in told["message_vi"]


def test_a_unit_of_its_year_is_known_though_it_ended_later(scene: Scene, tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text(annex("của tỉnh Thái Bình năm 2023", ("Xã Đông Quý", "Tiền Hải")), "utf-8")
    (report,) = scene.check(path)
    assert report["findings"] == []
