"""Each file belongs to the one province that its title or its names tell, or to none and is told so."""

from __future__ import annotations

import resource
from collections import Counter

import pytest
from scene import DECISION, IDENTITY, Scene, annex, codes, current, rows

# Names that communes of both Thái Bình and Nghệ An have.
SHARED = annex("năm 2020", ("Xã Quỳnh Hoa", ""), ("Xã Quỳnh Lâm", ""), ("Xã Quỳnh Thọ", ""))
# Two of three names are nowhere, so that nobody knows the province of the third.
UNCERTAIN = annex("năm 2020", ("Xã An Khê", "Quỳnh Phụ"), ("Xã Abcxyz", "Quỳnh Phụ"), ("Xã Uvwxyz", "Quỳnh Phụ"))
THAI_BINH = [("Xã An Khê", "Quỳnh Phụ"), ("Xã An Thanh", "Quỳnh Phụ")]
NAM_DINH = [("Phường Hạ Long", "Thành phố Nam Định"), ("Phường Vị Hoàng", "Thành phố Nam Định")]
OVER_TWO = annex("năm 2020", *THAI_BINH, *NAM_DINH)
TITLED_OVER_TWO = annex("của tỉnh Thái Bình và tỉnh Nam Định năm 2020", *THAI_BINH, *NAM_DINH)
ALIAS = (
    "index_code,written_name,written_parent,unit_code,valid_from_year,valid_to_year,decided_by,decided_on,why\n"
    "egov_2392,Xã An Khe,,12475,,,SYNTHETIC,2021-01-01,Xã An Khê của Thái Bình\n"
)


def test_three_wards_of_a_city_whose_type_is_written_short(scene):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    (report,) = scene.check(IDENTITY / "hcm3.csv")
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 5
    )  # of two cores, with all that is compiled first
    assert report["submission"]["province"] == "Thành phố Hồ Chí Minh"
    assert [row["unit_code"] for row in rows([report])] == ["27160", "27157", "27154"]
    assert report["findings"] == []


@pytest.fixture(scope="module")
def alone(tmp_path_factory, build_in_memory):
    return Scene(tmp_path_factory.mktemp("alone"), build_in_memory).receive("2020/d.txt", DECISION).build()


@pytest.fixture(scope="module")
def together(tmp_path_factory, build_in_memory):
    """The decision beside files that cannot be placed, and beside two provinces that misspell alike."""
    scene = Scene(tmp_path_factory.mktemp("together"), build_in_memory).receive("2020/d.txt", DECISION)
    scene.receive("2020/shared.csv", SHARED).receive("2020/uncertain.csv", UNCERTAIN)
    scene.receive("2020/over-two.csv", OVER_TWO).receive("2020/titled-over-two.csv", TITLED_OVER_TWO)
    scene.receive("2020/hcm3.csv", IDENTITY / "hcm3.csv")
    scene.receive("2021/e3.csv", (IDENTITY / "e3.csv").read_text("utf-8").replace("năm 2020", "năm 2021"))
    scene.receive("2021/nd.csv", annex("của tỉnh Nam Định năm 2021", ("Xã Abcxyz", "Nam Trực"), *NAM_DINH))
    return scene.build()


def test_a_file_that_cannot_be_placed_is_kept_and_told_and_reaches_no_result(together):
    refused = together.execute(
        "select file_name, refusal, assessment_key, is_current, rows_read "
        "from fct_submission where refusal <> '' order by 1"
    ).fetchall()
    assert refused == [
        ("over-two.csv", "province_unknown", None, False, 4),
        ("shared.csv", "province_ambiguous", None, False, 3),
        ("titled-over-two.csv", "province_ambiguous", None, False, 4),
        ("uncertain.csv", "province_unknown", None, False, 3),
    ]
    told = together.execute(
        """select submission.file_name, finding.code, finding.message_en from fct_finding as finding
           inner join fct_submission as submission using (submission_id)
           where submission.refusal <> '' order by 1"""
    ).fetchall()
    assert [row[:2] for row in told] == [row[:2] for row in refused]
    assert "Tỉnh Thái Bình" in told[1][2] and "Tỉnh Nghệ An" in told[1][2]
    assert "Tỉnh Thái Bình" in told[2][2] and "Tỉnh Nam Định" in told[2][2]


def test_the_decision_goes_on_beside_them_as_if_it_were_alone(alone, together):
    of_decision = "select * from fct_{} where {} order by all"
    for table in ("unit_result", "pillar_result", "component_score"):
        query = of_decision.format(table, "assessment_key = 'egov_2392/2020/published/34'")
        assert together.execute(query).fetchall() == alone.execute(query).fetchall()
    findings = "select code, unit_name, field, stated, expected, status, scope from fct_finding where {} order by all"
    mine = "assessment_key = 'egov_2392/2020/published/34'"
    assert together.execute(findings.format(mine)).fetchall() == alone.execute(findings.format(mine)).fetchall()


def test_every_result_is_of_one_assessment(together):
    assert together.execute("select assessment_key, units_scored from dim_assessment order by 1").fetchall() == [
        ("egov_2392/2020/published/34", 43),
        ("egov_2392/2020/published/79", 3),
        ("egov_2392/2021/published/34", 1),
        ("egov_2392/2021/published/36", 2),
    ]
    assert together.execute(
        "select year, province_code, count(*) from fct_unit_result "
        "where result_status = 'scored' group by all order by 1, 2"
    ).fetchall() == [(2020, "34", 43), (2020, "79", 3), (2021, "34", 1), (2021, "36", 2)]


def test_one_misspelling_under_three_districts_of_two_provinces_is_three_findings(together):
    found = together.execute(
        "select finding_id, assessment_key, occurrences from fct_finding where code = 'unit_unknown' and year = 2021"
    ).fetchall()
    assert len({finding_id for finding_id, *_ in found}) == 3
    assert Counter(row[1:] for row in found) == {
        ("egov_2392/2021/published/34", 1): 2,
        ("egov_2392/2021/published/36", 1): 1,
    }
    assert together.execute("select count(*) - count(distinct finding_id) from fct_finding").fetchone() == (0,)


def test_a_check_finds_one_misspelling_under_two_districts_twice(scene):
    assert codes(scene.check(IDENTITY / "e3.csv")) == ["cell_missing", "cell_missing", "unit_unknown", "unit_unknown"]


def test_a_file_is_answered_alike_in_any_company(scene, alone, tmp_path, build_in_memory):
    answer = """
        select code, unit_name, unit_code, stated, expected, message_vi
        from fct_finding where assessment_key = 'egov_2392/2020/published/36' and scope = 'file'
        union all
        select component, unit_code, unit_key, raw_text, cast(score as varchar), annex
        from fct_component_score where assessment_key = 'egov_2392/2020/published/36'
        order by all"""
    file = IDENTITY / "nd_noparent.csv"
    by_itself = scene.receive("2020/nd.csv", file).build().execute(answer).fetchall()
    beside = Scene(tmp_path / "beside", build_in_memory).register("aliases", ALIAS)
    company = beside.receive("2020/d.txt", DECISION).receive("2020/nd.csv", file).build()
    assert company.execute(answer).fetchall() == by_itself
    assert [row[0] for row in by_itself].count("unit_unknown") == 1 and len(by_itself) == 1 + 4 * 7
    # Nothing of it is at Xã An Khê of Thái Bình, whose alias it is.
    of_decision = [row for row in current(alone) if row[1] == "12475"]
    assert len(of_decision) == 1 and [row for row in current(company) if row[1] == "12475"] == of_decision
