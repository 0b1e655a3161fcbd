"""Several files of one assessment: what a later one says replaces that and nothing else, day by day.

One root holds a story in each year, so that they do not touch. Each begins with the decision of 2020, its title changed
to that year (SYNTHETIC), or with a file made here.
"""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from decision import DECISION as CELLS
from decision import FIGURES
from scene import DECISION, INPUTS, Scene, annex

from dagster_project.commands.querying import answer
from dagster_project.commands.status import lines_of
from dagster_project.publishing.template import PATH as TEMPLATE

ANNEX_01 = (INPUTS / "09_utf8sig_comma_annex01.csv").read_text("utf-8-sig")
MENDED_01 = ANNEX_01.replace("44.93", "45.13")
FIRST = "2021-04-05"
CORRECTIONS = (
    "correction_id,index_code,year,kind,unit_code,field,expect,corrected,decided_by,decided_on,authority,why,"
    "withdrawn_on\n"
    "mended,egov_2392,2020,published,342,readiness_total,44.93,45.13,,2021-05-10,,SYNTHETIC,\n"
    "at_once,egov_2392,2020,published,338,readiness_total,45.13,45.12,,2021-05-10,,SYNTHETIC,2021-05-10\n"
)


def of(year: int, text: str) -> str:
    return text.replace("năm 2020", f"năm {year}")


def one_district_in_the_template(path: Path, year: int) -> Path:
    """The template with Annex 01 and 03 filled in for Quỳnh Phụ, and Annex 02 left as it is given out."""
    book = openpyxl.load_workbook(TEMPLATE)
    for sheet, which in ((book.worksheets[0], "01"), (book.worksheets[2], "03")):
        table = next(one for one in CELLS["annexes"].values() if which in one["titles"][0])
        sheet["A3"], sheet["A5"] = "Công bố kết quả", table["titles"][2]
        sheet["A4"] = sheet["A4"].value.replace("[tên tỉnh, thành phố]", "tỉnh Thái Bình").replace("[năm]", str(year))
        ours = [row for row in table["rows"] if "Quỳnh Phụ" in " ".join(map(str, row.values()))]
        for at, row in enumerate(ours, 9):
            for column, name in enumerate(table["columns"], 1):
                sheet.cell(at, column).value = float(row[name]) if name in FIGURES else row[name]
            sheet.cell(at, 1).value = at - 8
    book.save(path)
    return path


def tell(scene: Scene) -> Scene:
    """The story of 2021: one row of the decision comes again."""
    scene.receive("2021/decision.txt", of(2021, DECISION.read_text("utf-8")), FIRST)
    one_row = annex("của tỉnh Thái Bình năm 2021", ("Xã Đông Mỹ", "Thành phố Thái Bình"))
    return scene.receive("2021/one-row.csv", one_row, "2021-05-01")


def tell_others(scene: Scene, folder: Path) -> Scene:
    decision = DECISION.read_text("utf-8")
    scene.receive("2022/decision.txt", of(2022, decision), FIRST)
    scene.receive("2022/district.xlsx", one_district_in_the_template(folder / "district.xlsx", 2022), "2021-05-01")
    scene.receive("2023/wrong.csv", of(2023, ANNEX_01), FIRST, "Sở A").receive(
        "2023/right.csv", of(2023, MENDED_01), FIRST, "Sở A"
    )
    first = annex("của tỉnh Thái Bình năm 2024", ("Xã An Khê", "Quỳnh Phụ"))
    twice = (("Xã An Khê", "Quỳnh Phụ"), ("Xã An Khê", "Quỳnh Phụ", 13, 5, 4, 22, 24, 10, 5, 5, 44))
    scene.receive("2024/first.csv", first, FIRST)
    return scene.receive("2024/twice.csv", annex("của tỉnh Thái Bình năm 2024", *twice), "2021-05-01")


@pytest.fixture(scope="module")
def database(tmp_path_factory, build_in_memory):
    folder = tmp_path_factory.mktemp("deliveries")
    return tell_others(tell(Scene(folder, build_in_memory)), folder).build()


@pytest.fixture(scope="module")
def later(database, tmp_path_factory, build_in_memory):
    """The story of 2021 with a finding accepted three years later; and annex 01 of 2020, mended after two corrections
    of it, of which one was never in force."""
    folder = tmp_path_factory.mktemp("later")
    (accepted,) = database.execute(
        "select finding_id from fct_finding where year = 2021 and code = 'total_differs' and unit_code = '342'"
    ).fetchone()
    scene = tell(Scene(folder, build_in_memory)).register("corrections", CORRECTIONS)
    scene.receive("2020/wrong.csv", ANNEX_01, FIRST).receive("2020/right.csv", MENDED_01, "2021-06-01")
    scene.register("acceptances", f"finding_id,stated,accepted_by,accepted_on\n{accepted},44.93,UBND tỉnh,2024-06-01\n")
    scene.publish(scene.build())
    return scene


def asked(scene: Scene, query: str, as_of: date | None = None) -> list[tuple]:
    """What `egov sql` answers."""
    target = io.StringIO()
    answer(scene.root, query, "json", target, as_of)
    return [tuple(row.values()) for row in json.loads(target.getvalue())]


def findings(database, year: int) -> list[tuple]:
    return database.execute(
        "select code, status, count(*) from fct_finding where year = ? and scope = 'file' group by all order by 1, 2",
        [year],
    ).fetchall()


def test_one_row_that_is_sent_again_resolves_nothing_of_the_rest(database):
    assert findings(database, 2021) == [
        ("citation_differs", "open", 3),
        ("level_differs", "open", 4),
        ("level_differs", "resolved", 1),  # of Đông Mỹ, which was sent again
        ("total_differs", "open", 1),
        ("unit_name_variant", "open", 7),
    ]


def test_an_annex_that_stands_empty_replaces_nothing(database):
    assert database.execute(
        "select result_status, count(*) from fct_unit_result where year = 2022 group by 1 order by 1"
    ).fetchall() == [("counted_only", 225), ("scored", 43)]
    assert sum(count for _, status, count in findings(database, 2022) if status == "open") == 16
    assert database.execute(
        "select count(*) from fct_finding where year = 2022 "
        "and code in ('unit_expected_missing', 'summary_row_missing')"
    ).fetchone() == (0,)


def test_a_correction_of_the_same_sender_on_the_same_day_mends_the_finding(database):
    assert database.execute(
        """select code, status from fct_finding where year = 2023 and code in ('total_differs', 'submissions_differ')"""
    ).fetchall() == [("total_differs", "resolved")]
    assert database.execute(
        """select history.received_on, history.status, history.stated from fct_finding_history as history
           inner join fct_finding as finding using (finding_id)
           where finding.year = 2023 and finding.code = 'total_differs' order by all"""
    ).fetchall() == [(date(2021, 4, 5), "open", "44.93"), (date(2021, 4, 5), "resolved", None)]


def test_a_later_file_that_contradicts_itself_takes_nothing_away(database):
    unit = "year = 2024 and unit_code = '12475'"
    assert database.execute(
        f"select result_status, readiness_computed, attainment_computed from fct_unit_result where {unit}"
    ).fetchall() == [("scored", 23, 44)]
    assert database.execute(f"select count(*) from fct_component_score where {unit}").fetchone() == (7,)
    assert database.execute(f"select count(*) from fct_pillar_result where {unit}").fetchone() == (2,)
    assert (
        database.execute(
            "select units_scored, units_expected - units_scored from dim_assessment where year = 2024"
        ).fetchall()
        == database.execute(
            """select 1, count(*) from fct_finding
           where year = 2024 and code = 'unit_expected_missing' and status = 'open'"""
        ).fetchall()
    )
    assert database.execute("select count(*) from fct_quarantine where year = 2024").fetchone() == (2,)
    assert ("unit_duplicated", "open", 1) in findings(database, 2024)


def test_a_day_before_a_finding_was_accepted_stays_as_it_was(database, later):
    then = "select unit_code, unit_name, findings, rank_in_province from fct_unit_result where year = 2021 order by all"
    history = database.execute(
        """select unit_code, unit_name, findings, rank_in_province from fct_unit_result_history
           where year = 2021 and valid_from <= '2023-01-01' and coalesce(valid_to > '2023-01-01', true) order by all"""
    ).fetchall()
    assert asked(later, then, date(2023, 1, 1)) == history
    open_ones = "select findings from fct_unit_result where year = 2021 and unit_code = '342'"
    assert [asked(later, open_ones, day) for day in (date(2024, 5, 31), date(2024, 6, 1), None)] == [
        [(before,)] for before in (2, 1, 1)
    ]


def test_a_correction_that_no_longer_counts_stops_nothing_and_is_told(database, later):
    assert asked(later, "select correction_id, outcome from fct_correction") == [("mended", "mended")]
    told = [line.text for line in lines_of(later.root) if line.text.startswith("✗ corrections.csv")]
    assert len(told) == 1 and "mended (Huyện Tiền Hải, readiness_total)" in told[0] and "withdrawn_on" in told[0]
    corrected = (
        "select unit_code, readiness_corrected from fct_unit_result_history where readiness_corrected is not null"
    )
    assert asked(later, corrected) == [("342", "45.13")]  # from the day of its decision to the mended file
