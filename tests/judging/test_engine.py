"""Great Expectations on DuckDB: counts are exact, a crash is no finding, and no text of a file is markup in a page."""

import re

import duckdb
import pytest

from dagster_project.judging.agreement import disagreements, found
from dagster_project.judging.engine import ExpectationCrashed, judge
from expectations import DELIVERIES, by_suite, declared, of_deliveries

CHECKS = declared()
EXPECTED = of_deliveries()
HOSTILE = "<script>alert(\"x\")</script> ${v__0} & 'y'"

# SYNTHETIC rows for every judged table: stated, expected, holds. Of the figures as of the words, five do not hold.
FIGURES = [
    ("44.930000000", "44.930000000", True),
    ("83.849000000", "83.849000000", True),
    ("0.100000001", "0.100000000", False),
    ("44.930000000", "45.130000000", False),
    ("44.930000000", None, False),
    (None, "1.000000000", False),
    (None, None, True),
    ("99999999.999999999", "99999999.999999998", False),
]
WORDS = [
    ("II", "II", True),
    ("Xã Đông Quý", "Xã Đông Quý", True),
    ("Xã Đông Quý", "Xã Đông Quí", False),
    (HOSTILE, "Xã", False),
    ("III", None, False),
    (None, "IV", False),
    (None, None, True),
    ("a", "A", False),
]
FAILING = 5


JUDGED = (
    "create table checks.{code} (version_id varchar, unit_name varchar, written_name varchar, field varchar, "
    "subject varchar, annex varchar, position integer, cell varchar, stated {kind}, expected {kind}, is_passed boolean)"
)
PROFILE = (  # SYNTHETIC: one delivery, half of it set aside
    "create table intermediate.int_delivery_profile as select 'e' as version_id, ? as files, 'csv' as formats, "
    "null::varchar as sender, 8 as rows_landed, 8 as rows_judged, 8 as rows_quarantined, 0.5 as share_quarantined, "
    "0.0 as share_unknown, 8 as units, null::integer as units_before, null::integer as units_compared, "
    "null::double as units_to_before, null::double as mean_to_before, 7 as columns_asked, 7 as columns_given, "
    "null::varchar as columns_missing"
)
FINDING = (
    "select '{code}' as code, unit_name, written_name, field, annex, position, cell, cell as finding_id, "
    "2020 as year, 'published' as kind, cast(stated as varchar) as stated, cast(expected as varchar) as expected "
    "from checks.{code} where not is_passed"
)


@pytest.fixture
def database(tmp_path):
    """A build database in a folder with a space, a '$' and Vietnamese letters, whose judged tables hold the rows above;
    the one of `file_unreadable` is empty."""
    return made(tmp_path)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The same, judged: the database, the verdicts and the folder of Data Docs."""
    folder = tmp_path_factory.mktemp("judged")
    database = made(folder)
    return database, judge(database, CHECKS, EXPECTED, folder / "docs", "made"), folder / "docs"


def made(folder):
    path = folder / "đường $HOME" / "egov.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema checks; create schema intermediate")
        for check in CHECKS:
            kind, rows = ("decimal(18, 9)", FIGURES) if check.compares == "figures" else ("varchar", WORDS)
            connection.execute(JUDGED.format(code=check.code, kind=kind))
            for number, row in enumerate([] if check.code == "file_unreadable" else rows):
                connection.execute(
                    f"insert into checks.{check.code} values ('e', null, ?, 'unit', '', '03', 1, ?, ?, ?, ?)",
                    [HOSTILE, f"D{number}", *row],
                )
        findings = " union all ".join(FINDING.format(code=check.code) for check in CHECKS)
        connection.execute(f"create table intermediate.int_finding as {findings}")
        connection.execute(PROFILE, [HOSTILE])
        connection.execute("create table intermediate.int_version as select unnest([2020, 2018]) as year")
    return path


def test_counts_are_those_of_sql_to_the_last_decimal(judged):
    database, verdicts, _ = judged
    verdicts = [verdict for verdict in verdicts if verdict.suite != DELIVERIES]
    assert {verdict.code for verdict in verdicts} == {check.code for check in CHECKS}
    for verdict in verdicts:
        expected = (0, 0) if verdict.code == "file_unreadable" else (FAILING, len(WORDS))
        assert (verdict.unexpected, verdict.judged) == expected, verdict.code
    assert disagreements(verdicts, found(database).counts) == []


def test_what_is_said_of_a_delivery_names_its_files_as_they_are_written(judged):
    (verdict,) = (verdict for verdict in judged[1] if verdict.suite == DELIVERIES and verdict.unexpected)
    assert verdict.code == "quarantined_share"
    assert verdict.rows == (f"[{HOSTILE} · csv · 8 dòng / rows · 8 để riêng / set aside · 8 đơn vị / units · e]",)


def test_the_file_can_be_opened_by_anybody_afterwards(judged):
    with duckdb.connect(str(judged[0])) as connection:
        connection.execute("create table checks.written_after (one integer)")


def test_a_difference_between_the_two_engines_is_told_by_code(judged):
    _, verdicts, _ = judged
    verdicts = [verdict for verdict in verdicts if verdict.suite != DELIVERIES]
    counts = {verdict.code: verdict.unexpected for verdict in verdicts}
    counts |= {"total_differs": FAILING - 1, "never_declared": 1}
    del counts["rank_differs"]
    assert disagreements(verdicts, counts) == [
        "never_declared: Great Expectations counts 0, int_finding holds 1",
        "rank_differs: Great Expectations counts 5, int_finding holds 0",
        "total_differs: Great Expectations counts 5, int_finding holds 4",
    ]


def test_findings_are_shown_by_code_and_not_all_where_they_are_many(judged):
    of_sql = found(judged[0], rows_per_code=3)
    assert of_sql.title == "2018-2020"
    shown = of_sql.rows
    assert [row["cell"] for row in shown["total_differs"]] == ["D2", "D3", "D4"]
    assert shown["total_differs"][1]["expected"] == "45.130000000"


def test_an_expectation_that_crashed_stops_everything_and_lets_go_of_the_file(database, tmp_path, monkeypatch):
    """As where a pair of columns cannot be compared: Great Expectations calls that a failure like any other."""
    from expectations import suites

    monkeypatch.setitem(suites.SIDES, "figures", ("stated_figure", "no_such_column"))
    with pytest.raises(ExpectationCrashed, match=r"of total_differs could not be evaluated: .*no_such_column"):
        judge(database, CHECKS, EXPECTED, tmp_path / "docs", "made")
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table checks.written_after (one integer)")


def test_data_docs_load_nothing_from_elsewhere(judged):
    database, _, docs = judged
    pages = list(docs.rglob("*.html"))
    assert len(pages) == 1 + 2 * len({*by_suite(CHECKS), DELIVERIES})
    for page in pages:
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+)"', text)
        assert loaded
        for target in loaded:
            assert (page.parent / target).exists(), (page, target)
        assert str(database.parent) not in text, page
        assert not re.search(r"(?:src=[\"']|url\([\"']?)https?:|newsletter", text), page
        assert "Dấu ✘ đỏ (Failed) nghĩa là" in text, page


def test_data_docs_show_text_of_a_file_as_text(judged):
    pages = [page.read_text(encoding="utf-8") for page in judged[2].rglob("*.html")]
    assert not any("<script>alert" in page for page in pages)
    assert any(
        "&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#36;{v__0} &#38; &#39;y&#39;" in page for page in pages
    )


def test_the_private_name_of_great_expectations_is_still_there():
    from great_expectations.execution_engine import sqlalchemy_execution_engine

    dialects = sqlalchemy_execution_engine._PERSISTED_CONNECTION_DIALECTS
    assert isinstance(dialects, tuple)
    assert "sqlite" in [dialect.value for dialect in dialects]
