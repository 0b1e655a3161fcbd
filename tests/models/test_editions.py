"""Deliveries one after another: what is current, what a finding became, and what was known when.

The first delivery is the decision of 2020, sent as a text and as a PDF. The second and third are annex 01 alone, made
for this test: with the wrong total mended, and with it wrong again.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
LEDGER = """file,sha256,year,kind,received_on,sender,note
2020/decision.txt,,2020,published,2021-04-05,,
2020/decision.pdf,,2020,published,2021-04-05,,
2020/mended.csv,,2020,published,2021-05-01,,SYNTHETIC
2020/again.csv,,2020,published,2021-06-01,,SYNTHETIC
"""


@pytest.fixture(scope="module")
def query(tmp_path_factory, land_and_build):
    root = Root(tmp_path_factory.mktemp("deliveries"))
    folder = root.submissions / "2020"
    folder.mkdir(parents=True)
    shutil.copy(REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt", folder / "decision.txt")
    shutil.copy(INPUTS / "07_wordprocessor.pdf", folder / "decision.pdf")
    annex = (INPUTS / "09_utf8sig_comma_annex01.csv").read_text(encoding="utf-8-sig")
    (folder / "mended.csv").write_text(annex.replace("44.93", "45.13"), encoding="utf-8")
    (folder / "again.csv").write_text(annex, encoding="utf-8")
    root.ledger.write_text(LEDGER, encoding="utf-8")
    build.refuse_failures(land_and_build(root))
    with duckdb.connect(str(root.build_database), read_only=True) as connection:
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
    assert query("select code, count(*) from fct_finding where status = 'open' group by 1 order by 1") == [
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
        ("mended.csv", False, True),
        ("again.csv", True, True),
    ]
