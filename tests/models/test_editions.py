"""Deliveries one after another: what is current, what a finding became, and what was known when.

The first delivery is the decision of 2020, sent as a text and as a PDF. The second and third are annex 01 alone, made
for this test: with the wrong total mended, and with it wrong again. Between them come two reply workbooks, and the
province accepts one finding as it stands, and another in a figure that was never stated.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
LEDGER = """file,sha256,year,kind,received_on,sender,note
2020/decision.txt,,2020,published,2021-04-05,,
2020/decision.pdf,,2020,published,2021-04-05,,
2020/mended.csv,,2020,published,2021-05-01,,SYNTHETIC
2020/again.csv,,2020,published,2021-06-01,,SYNTHETIC
2020/reply.csv,,2020,reply,2021-04-20,UBND huyện Tiền Hải,SYNTHETIC
2020/second.csv,,2020,,2021-05-20,,SYNTHETIC
"""
REPLY_HEADER = [
    "Mã phát hiện",
    "Hình thức trả lời",
    "Nội dung trả lời",
    "Số liệu đề nghị",
    "Người trả lời",
    "Ngày trả lời",
]
REGISTRIES = REPOSITORY / "dbt_project" / "seeds"


def write_replies(path: Path, *rows: tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([REPLY_HEADER, *rows])


@pytest.fixture(scope="module")
def finding(warehouse_of_2020):
    """The identities of the decision's findings by code and unit."""
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as connection:
        found = connection.execute("select code, coalesce(unit_name, ''), finding_id from fct_finding").fetchall()
    return {(code, unit): finding_id for code, unit, finding_id in found}


@pytest.fixture(scope="module")
def query(tmp_path_factory, build_in_memory, of_dbt, finding):
    root = Root(tmp_path_factory.mktemp("deliveries"))
    folder = root.submissions / "2020"
    folder.mkdir(parents=True)
    shutil.copy(REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt", folder / "decision.txt")
    shutil.copy(INPUTS / "07_wordprocessor.pdf", folder / "decision.pdf")
    annex = (INPUTS / "09_utf8sig_comma_annex01.csv").read_text(encoding="utf-8-sig")
    (folder / "mended.csv").write_text(annex.replace("44.93", "45.13"), encoding="utf-8")
    (folder / "again.csv").write_text(annex, encoding="utf-8")
    total = finding["total_differs", "Huyện Tiền Hải"]
    write_replies(
        folder / "reply.csv",
        (total, "Đồng ý", "Cộng nhầm", "45,13", "", ""),
        (total, "", "chưa rõ", "", "", ""),
        ("0" * 32, "Đồng ý", "", "", "", ""),
    )
    write_replies(folder / "second.csv", (total, "Giải trình", "=1+1", "", "Văn phòng UBND", "19/05/2021"))
    accepted = finding["level_differs", "Xã Đông Mỹ"]
    shutil.copytree(REGISTRIES, root.path / "registries")
    (root.path / "registries" / "acceptances.csv").write_text(
        "finding_id,stated,accepted_by,accepted_on,why\n"
        f"{accepted},III,UBND tỉnh,2021-05-10,Theo Biên bản thẩm định\n"
        f"{total},44.94,UBND tỉnh,2021-05-10,\n",
        encoding="utf-8",
    )
    root.ledger.write_text(LEDGER, encoding="utf-8")
    with build_in_memory(root) as connection:
        assert list(of_dbt.broken(connection)) == []
        yield lambda sql: connection.execute(sql).fetchall()


def test_a_finding_is_mended_and_comes_back(query):
    history = query(
        """select history.received_on, history.status, history.stated
           from fct_finding_history as history inner join fct_finding using (finding_id)
           where code = 'total_differs' order by 1"""
    )
    assert history == [
        (date(2021, 4, 5), "open", "44.93"),
        (date(2021, 5, 1), "resolved", None),
        (date(2021, 6, 1), "open", "44.93"),
    ]
    assert query("select count(*), any_value(status) from fct_finding where code = 'total_differs'") == [(1, "open")]


def test_what_is_not_sent_again_stays_and_its_findings_too(query):
    assert query("select count(*) from fct_unit_result where result_status = 'scored'") == [(43,)]
    assert query("select code, count(*) from fct_finding where status <> 'resolved' group by 1 order by 1") == [
        ("citation_differs", 3),
        ("level_differs", 5),
        ("total_differs", 1),
        ("unit_name_variant", 7),
    ]


def test_the_same_decision_as_text_and_as_pdf_is_the_same_facts_once(query):
    assert query("select count(*) from fct_finding where code in ('submissions_differ', 'unit_duplicated')") == [(0,)]
    assert query("select count(*) from fct_component_score") == [(301,)]


def test_what_was_known_is_kept_with_its_days(query):
    revisions = query(
        """select known_from, known_to, readiness_stated from fct_result_revision
           where unit_code = '342' order by known_from"""
    )
    assert [(start, end) for start, end, _ in revisions] == [
        (date(2021, 4, 5), date(2021, 5, 1)),
        (date(2021, 5, 1), date(2021, 6, 1)),
        (date(2021, 6, 1), None),
    ]
    assert [str(total.normalize()) for *_, total in revisions] == ["44.93", "45.13", "44.93"]


def test_a_submission_that_shows_nothing_any_more_is_not_current(query):
    assert query(
        "select file_name, is_current, supersedes is not null from fct_submission order by received_on, 1"
    ) == [
        ("decision.pdf", True, False),
        ("decision.txt", False, False),
        ("reply.csv", False, False),
        ("mended.csv", False, True),
        ("second.csv", False, False),
        ("again.csv", True, True),
    ]


def test_every_reply_stands_beside_its_finding_with_who_and_when(query):
    assert query(
        """select code, reply, text, proposed, replied_by, replied_on, is_latest
           from fct_finding_reply inner join fct_finding using (finding_id) order by replied_on"""
    ) == [
        ("total_differs", "agree", "Cộng nhầm", "45.13", "UBND huyện Tiền Hải", date(2021, 4, 20), False),
        ("total_differs", "explain", "=1+1", None, "Văn phòng UBND", date(2021, 5, 19), True),
    ]


def test_a_reply_to_nothing_or_in_no_known_word_is_kept_with_its_reason(query):
    assert query(
        """select file_name, reason, row_number, split_part(cells, ' | ', 3) from fct_quarantine
           inner join fct_submission using (submission_id) order by row_number"""
    ) == [("reply.csv", "reply_unknown", 3, "chưa rõ"), ("reply.csv", "finding_unknown", 4, "")]


def test_a_reply_workbook_is_no_score_file(query):
    assert query("select distinct kind, code = 'file_unreadable' from fct_finding") == [("published", False)]
    assert query(
        "select file_name, kind, rows_read, rows_quarantined, unreadable_reason from fct_submission "
        "where kind = 'reply' order by 1"
    ) == [("reply.csv", "reply", 3, 2, None), ("second.csv", "reply", 1, 0, None)]
    assert query("select distinct status from fct_finding where code = 'total_differs'") == [("open",)]


def test_an_accepted_finding_stays_with_its_reason_as_long_as_the_stated_value_is_the_accepted_one(query):
    assert query(
        "select unit_name, stated, accepted_by, accepted_on, accepted_why from fct_finding where status = 'accepted'"
    ) == [("Xã Đông Mỹ", "III", "UBND tỉnh", date(2021, 5, 10), "Theo Biên bản thẩm định")]
    assert query(
        "select status, accepted_by from fct_finding where unit_name = 'Huyện Tiền Hải' and code = 'total_differs'"
    ) == [("open", None)]
