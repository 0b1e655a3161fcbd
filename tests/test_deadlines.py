"""Deadlines: who has sent in time, who late, and who nothing, from the files themselves."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest

from dagster_project.commands import deadlines, missing, status
from dagster_project.commands.deadlines import Submitter
from dagster_project.root import REPOSITORY, Root
from dagster_project.submissions import arrivals

HEADER = "TT,Tên cơ quan,Hạ tầng,Nhân lực,Môi trường,Tổng số điểm"
DUE = date(2021, 1, 31)
LEDGER = """file,sha256,year,kind,received_on,sender,note
2020/hung-ha.csv,,2020,self_assessed,2021-01-20,,SYNTHETIC
2020/tien-hai.csv,,2020,self_assessed,2021-02-03,,SYNTHETIC
2020/tien-hai-2.csv,,2020,self_assessed,2021-02-10,,SYNTHETIC
2020/commune.csv,,2020,self_assessed,2021-01-31,,SYNTHETIC
2020/damaged.csv,,2020,self_assessed,2021-01-02,,SYNTHETIC
"""
DEADLINES = """year,kind,opens_on,due_on
2020,self_assessed,2021-01-08,2021-01-31
2020,appraised,,2021-05-31
2020,reply,,2021-03-31
2021,self_assessed,,2022-01-31
"""
FILES = {
    "hung-ha": "1,Huyện Hưng Hà,20,10,7,37",
    "tien-hai": "1,Huyện Tiền Hải,20,10,7,37",
    "tien-hai-2": "1,Huyện Tiền Hải,20,10,6,36",
    "commune": "1,Xã An Khê,10,4,4,18",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Root:
    root = Root(tmp_path_factory.mktemp("deadlines"))
    folder = root.submissions / "2020"
    folder.mkdir(parents=True)
    for name, row in FILES.items():
        text = f"SYNTHETIC: tự đánh giá năm 2020 của tỉnh Thái Bình\n{HEADER}\n{row}\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    (folder / "damaged.csv").write_text("nothing\n", encoding="utf-8")
    root.ledger.write_text(LEDGER, encoding="utf-8")
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", root.path / "registries")
    (root.path / "registries" / "deadlines.csv").write_text(DEADLINES)
    return root


@pytest.fixture(scope="module")
def built(root, build_in_memory) -> status._Built:
    """What a status knows of a build under a registry with three deadlines; nothing has come for the last two."""
    with build_in_memory(root) as connection:
        return status._asked(connection, datetime(2021, 6, 1))


@pytest.fixture(scope="module")
def submitters(built) -> list[Submitter]:
    return built.submitters


def test_a_file_that_was_superseded_says_by_which_and_one_that_cannot_be_read_why(root, built):
    files = {one.file_name: one for one in arrivals(root).submissions}

    def said(name: str) -> list[str]:
        return [line.text for line in status._submission(files[name], built)]

    assert said("tien-hai.csv")[-1].endswith("superseded by tien-hai-2.csv, no longer used")
    assert "superseded" not in said("tien-hai-2.csv")[-1]
    assert any("Không tìm thấy bảng" in line for line in said("damaged.csv"))


def test_a_file_counts_for_the_units_that_it_is_about_and_for_those_above_them(submitters):
    sent = {
        (one.unit_name, one.first_received_on)
        for one in submitters
        if (one.year, one.kind) == (2020, "self_assessed") and one.has_sent
    }
    assert sent == {
        ("Huyện Hưng Hà", date(2021, 1, 20)),
        ("Huyện Tiền Hải", date(2021, 2, 3)),
        ("Huyện Quỳnh Phụ", DUE),
    }


def test_who_has_sent_nothing_is_asked_of_every_year_and_kind_that_is_due(submitters):
    for year, kind, waiting in ((2020, "self_assessed", 5), (2020, "appraised", 8), (2021, "self_assessed", 8)):
        found = [one for one in submitters if (one.year, one.kind, one.has_sent) == (year, kind, False)]
        assert len(found) == waiting


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2021, 1, 1), "nhận từ / opens 2021-01-08"),
        (date(2021, 1, 30), "còn 1 ngày / 1 day left"),
        (DUE, "còn 0 ngày / 0 days left"),
        (date(2021, 2, 2), "quá hạn 2 ngày / 2 days over"),
    ],
)
def test_whether_what_has_not_come_is_late_depends_on_the_day(submitters, today, said):
    deadline = deadlines.Deadline(2020, "self_assessed", date(2021, 1, 8), DUE)
    first, late, waiting = deadlines.lines_of(deadline, submitters, True, 0, today)
    assert said in first.text and "3/8 đơn vị đã gửi" in first.text
    assert late.text == "gửi muộn / sent late (1): Huyện Tiền Hải (2021-02-03)"
    assert "Thành phố Thái Bình" in waiting.text and "Huyện Hưng Hà" not in waiting.text
    assert ("overdue" in waiting.text) is (waiting.style == "warning") is (today > DUE)


def test_a_reply_is_expected_of_those_alone_who_have_findings(submitters):
    found = [(one.unit_name, one.has_sent) for one in submitters if one.kind == "reply"]
    assert found == [(name, False) for name in ("Huyện Quỳnh Phụ", "Huyện Hưng Hà", "Huyện Tiền Hải")]


def test_nobody_is_late_where_all_have_sent():
    deadline = deadlines.Deadline(2020, "self_assessed", None, DUE)
    submitter = Submitter(2020, "self_assessed", "Huyện A", DUE, True)
    (line,) = deadlines.lines_of(deadline, [submitter], True, 0, date(2022, 1, 1))
    assert line.text.startswith("✓") and line.style == ""


def test_a_long_list_is_cut_and_says_how_many_more():
    deadline = deadlines.Deadline(2025, "self_assessed", None, DUE)
    submitters = [Submitter(2025, "self_assessed", f"Xã {n}", None, False) for n in range(1, 105)]
    *_, waiting = deadlines.lines_of(deadline, submitters, False, 0, None)
    assert waiting.text.endswith("Xã 12; và 92 đơn vị khác / and 92 more")


def test_a_deadline_that_was_not_built_yet_is_told_by_what_has_come(root):
    lines = [line.text for line in status.lines_of(root, date(2021, 6, 10))]
    (said,) = [line for line in lines if "appraised" in line]
    assert said.endswith("hạn / due 2021-05-31, quá hạn 10 ngày / 10 days over · chưa có / missing")
    (said,) = [line for line in lines if "due 2021-01-31" in line]
    assert said.startswith("? tự đánh giá · self_assessed · hạn / due 2021-01-31 · 5 tệp chưa đưa vào kho")


@pytest.mark.parametrize(
    ("due_on", "late"),
    [
        (
            date(2021, 1, 10),
            "Huyện Quỳnh Phụ (2021-01-31); Huyện Hưng Hà (2021-01-20); Huyện Tiền Hải (2021-02-03)",
        ),
        (date(2021, 2, 3), None),
    ],
)
def test_a_deadline_that_was_changed_since_the_build_is_judged_as_it_is_now(submitters, due_on, late):
    deadline = deadlines.Deadline(2020, "self_assessed", None, due_on)
    first, *more = deadlines.lines_of(deadline, submitters, True, 0, date(2021, 6, 1))
    assert first.text.startswith(f"✗ tự đánh giá · self_assessed · hạn / due {due_on}, quá hạn")
    assert [line.text for line in more if "late" in line.text] == (
        [f"gửi muộn / sent late (3): {late}"] if late else []
    )


def test_a_deadline_of_which_nothing_was_built_names_those_who_are_asked(submitters):
    deadline = deadlines.Deadline(2022, "self_assessed", None, date(2023, 1, 31))
    _, waiting = deadlines.lines_of(deadline, submitters, False, 0, date(2023, 6, 1))
    assert waiting.text.startswith("quá hạn, chưa gửi / overdue (8): Thành phố Thái Bình; Huyện Quỳnh Phụ")


def test_who_has_sent_nothing_is_named_where_no_deadline_stands(submitters):
    found = {(one.year, one.kind): one for one in deadlines.without_deadline([], submitters)}
    deadline = found[2020, "self_assessed"]
    first, waiting = deadlines.lines_of(deadline, submitters, True, 0, date(2023, 6, 1))
    assert "không có hạn / no deadline · 3/8" in first.text and first.style == ""
    assert "chưa gửi / not yet (5): Thành phố Thái Bình" in waiting.text


def test_units_that_are_missing_are_told_one_by_one_and_of_many_by_the_units_above():
    def told(districts: int, communes: int) -> list[str]:
        names = [(f"Huyện {d}", f"Xã {d}.{c}") for d in range(districts) for c in range(communes)]
        units = [missing.Missing(name, f"{name}: thiếu.", district, "Tỉnh A") for district, name in names]
        return [line.text for line in missing.lines_of(units)]

    assert told(1, 2) == ["✗ Xã 0.0: thiếu.", "✗ Xã 0.1: thiếu."]
    assert told(2, 7)[1].startswith("✗ Huyện 1: thiếu 7 đơn vị / units missing: 7 (Xã 1.0; Xã 1.1")
    (line,) = told(20, 20)
    assert line.startswith("✗ Tỉnh A: thiếu 400 đơn vị") and line.endswith("và 388 đơn vị khác / and 388 more)")
