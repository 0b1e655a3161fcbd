"""Reply workbooks: told by their header, whatever its words and order, and nothing that was answered is lost."""

from __future__ import annotations

from datetime import date

import pytest
from made import FIGURES, HEADER, LABELS, sheet

from dagster_project.reading import read, read_replies

FINDING = "0" * 31 + "a"
COLUMNS = [
    "Mã phát hiện",
    "Hình thức trả lời\nReply",
    "Nội dung trả lời",
    "Số liệu đề nghị",
    "Người trả lời",
    "Ngày trả lời",
]
TITLE = ["BÁO CÁO CHẤT LƯỢNG DỮ LIỆU NĂM 2020 CỦA TỈNH THÁI BÌNH"]


def replies(*rows: list, header: list = COLUMNS):
    document = read_replies([sheet(TITLE, header, *rows)], LABELS)
    assert document is not None
    return document.replies


def test_a_reply_says_what_it_answers_and_who_says_so():
    (reply,) = replies([FINDING.upper(), " đồng  ý", "Sẽ gửi lại\nbản đúng", "45,130", "Văn phòng UBND", "03/05/2021"])
    assert (reply.finding_id, reply.reply, reply.written_kind) == (FINDING, "agree", "đồng  ý")
    assert (reply.text, reply.proposed) == ("Sẽ gửi lại\nbản đúng", "45.13")
    assert (reply.replied_by, reply.replied_on, reply.place.row_number) == (
        "Văn phòng UBND",
        date(2021, 5, 3),
        3,
    )


def test_the_file_is_of_the_year_and_province_of_its_title():
    document = read_replies([sheet(TITLE, COLUMNS, [FINDING, "Giải trình", "Đúng như văn bản"])], LABELS)
    about = document.head
    assert (about.written_kind, about.title_year, about.index_code, about.rows_seen) == ("reply", 2020, None, 1)


def test_columns_stand_anywhere_and_are_called_otherwise():
    header = ["STT", "Ý kiến của đơn vị", "Đơn vị", "Finding ID", "Nội dung giải trình"]
    (reply,) = replies(["1", "Giải thích", "Xã A", FINDING, "vì vậy"], header=header)
    assert (reply.finding_id, reply.reply, reply.text, reply.replied_on) == (FINDING, "explain", "vì vậy", None)


def test_only_what_nobody_answered_is_skipped():
    found = replies(
        [FINDING],
        [],
        [FINDING, "", "chưa chọn hình thức"],
        ["", "Đồng ý"],
        [FINDING, "để xem", "", "Mức III", "", "hôm qua"],
    )
    assert [(one.finding_id, one.reply, one.reply_order) for one in found] == [
        (FINDING, None, 1),
        ("", "agree", 2),
        (FINDING, None, 3),
    ]
    assert (found[2].proposed, found[2].written_day, found[2].replied_on) == ("Mức III", "hôm qua", None)


@pytest.mark.parametrize("rows", [HEADER, [["Ý kiến", "Nội dung trả lời"]]])
def test_a_table_without_findings_or_answers_is_none_of_replies(rows):
    assert read_replies([sheet(*rows, ["1", "Xã A", *FIGURES])], LABELS) is None


def test_replies_are_read_from_plain_text_too():
    header = "Mã phát hiện;Hình thức trả lời;Số liệu đề nghị"
    text = "\n".join(["năm 2020;;", header, f"{FINDING};Đề nghị sửa;45,13"])
    format_name, document = read(text.encode(), "tra-loi.csv", LABELS)
    assert format_name == "csv"
    assert [(one.reply, one.proposed) for one in document.replies] == [("correct", "45.13")]
