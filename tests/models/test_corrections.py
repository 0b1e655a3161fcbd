"""Corrections that the province decides, a resubmission after them, and what was believed on the days between.

The decision of 2020 comes first. Three corrections made for this test (SYNTHETIC) are decided on 20 and 22 April 2021.
On 10 May annex 01 comes again with its wrong total mended, so that one of them expects what no longer stands.
"""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from dagster_project import registries
from dagster_project.commands import status
from dagster_project.commands.querying import answer
from dagster_project.errors import UserError
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build
from dagster_project.warehouse.corrections import refuse_corrections

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
LEDGER = "file,sha256,year,kind,received_on,sender,note\n2020/decision.txt,,2020,published,2021-04-05,,\n"
RESUBMITTED = "2020/mended.csv,,2020,published,2021-05-10,,SYNTHETIC\n"
REGISTRY = (
    "correction_id,index_code,year,kind,unit_code,field,expect,corrected,decided_by,decided_on,authority,why,"
    "withdrawn_on\n"
)
SCORE = 'score,egov_2392,2020,,342,interaction,"27,48",29.48,,2021-04-20,,SYNTHETIC,\n'
TOTAL = "total,egov_2392,2020,published,342,readiness_total,44.93,45.13,,2021-04-20,,SYNTHETIC,{withdrawn}\n"
LEVEL = "level,egov_2392,2020,published,12817,level,III,IV,,2021-04-22,,SYNTHETIC,\n"


class World:
    """A root with registries of its own, built and published anew after each change."""

    def __init__(self, folder: Path, land_and_build) -> None:
        self.root, self._land_and_build = Root(folder), land_and_build
        (self.root.submissions / "2020").mkdir(parents=True)
        self.put("decision.txt", (REPOSITORY / "data/submissions/2020/thai-binh-2020.txt").read_text("utf-8"))
        self.root.ledger.write_text(LEDGER, "utf-8")
        shutil.copytree(REPOSITORY / "dbt_project" / "seeds", folder / "registries")

    def put(self, name: str, text: str) -> None:
        (self.root.submissions / "2020" / name).write_text(text, "utf-8")

    def correct(self, *lines: str) -> None:
        (self.root.path / "registries" / "corrections.csv").write_text(REGISTRY + "".join(lines), "utf-8")

    def resubmit(self) -> None:
        annex = (INPUTS / "09_utf8sig_comma_annex01.csv").read_text("utf-8-sig")
        self.put("mended.csv", annex.replace("44.93", "45.13"))
        self.root.ledger.write_text(LEDGER + RESUBMITTED, "utf-8")

    def build(self, *command: str) -> None:
        registries.prepare(self.root)
        build.refuse_failures(self._land_and_build(self.root, *command))
        refuse_corrections(self.root)
        publish(self.root.build_database, self.root.published_database)

    def ask(self, query: str, as_of: date | None = None) -> list[tuple]:
        target = io.StringIO()
        answer(self.root, query, "json", target, as_of)
        return [tuple(row.values()) for row in json.loads(target.getvalue())]


@pytest.fixture(scope="module")
def world(tmp_path_factory, land_and_build):
    return World(tmp_path_factory.mktemp("corrections"), land_and_build)


@pytest.fixture(scope="module")
def corrected(world):
    """The decision with its corrections: what the tests below ask before anything is sent again."""
    world.correct(SCORE, TOTAL.format(withdrawn=""), LEVEL)
    world.build()
    asked = {
        "findings": "SELECT code, status FROM fct_finding WHERE unit_code IN ('342', '12817') AND severity = 'error'",
        "corrections": "SELECT correction_id, stated, corrected, unit_name, row_number FROM fct_correction ORDER BY 1",
    }
    return {name: world.ask(query) for name, query in asked.items()}


@pytest.fixture(scope="module")
def resubmitted(world, corrected):
    """Then the resubmission, which states what the correction of the total said; what is told of that line, which is
    still open, before the day is written into it."""
    world.resubmit()
    world.build()
    told = [line.text for line in status.lines_of(world.root) if line.text.startswith("✗ corrections.csv")]
    total = world.ask("SELECT readiness_stated, readiness_corrected FROM fct_unit_result WHERE unit_code = '342'")
    world.correct(SCORE, TOTAL.format(withdrawn="2021-05-10"), LEVEL)
    world.build()
    return told, total


def test_a_correction_closes_nothing(corrected):
    assert sorted(corrected["findings"]) == [("level_differs", "open"), ("total_differs", "open")]


def test_the_stated_figure_stays_visible_beside_the_corrected_one(corrected):
    assert corrected["corrections"] == [
        ("level", "Mức III", "IV", "Xã Đông Mỹ", 114),
        ("score", "27.48", "29.48", "Huyện Tiền Hải", 65),
        ("total", "44.93", "45.13", "Huyện Tiền Hải", 65),
    ]


def test_a_correction_whose_source_was_mended_is_told_and_corrects_nothing_more(resubmitted):
    told, total = resubmitted
    assert len(told) == 1 and "corrections.csv, total (Huyện Tiền Hải, readiness_total)" in told[0]
    assert "the source no longer says '44.93': write that day into withdrawn_on" in told[0]
    assert total == [("45.13", None)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 4, 4), []),
        (date(2021, 4, 5), [("44.93", None, "45.13", "84.54", 4, None)]),
        (date(2021, 4, 19), [("44.93", None, "45.13", "84.54", 4, None)]),
        (date(2021, 4, 20), [("44.93", "45.13", "45.13", "86.54", 1, "score, total")]),
        (date(2021, 5, 9), [("44.93", "45.13", "45.13", "86.54", 1, "score, total")]),
        (date(2021, 5, 10), [("45.13", None, "45.13", "86.54", 1, "score")]),
        (None, [("45.13", None, "45.13", "86.54", 1, "score")]),
    ],
)
def test_the_result_on_each_day(world, resubmitted, day, expected):
    result = (
        "SELECT readiness_stated, readiness_corrected, readiness_computed, attainment_computed, rank_in_province, "
        "correction_id FROM fct_unit_result WHERE unit_code = '342'"
    )
    assert world.ask(result, day) == expected
    pillars = (
        "SELECT stated, corrected, computed FROM fct_pillar_result WHERE unit_code = '342' AND pillar = 'readiness'"
    )
    assert world.ask(pillars, day) == [row[:3] for row in expected]
    scores = (
        "SELECT sum(contribution) FROM fct_component_score WHERE unit_code = '342' AND pillar = 'attainment' "
        "HAVING count(*) = 4"
    )
    assert world.ask(scores, day) == [row[3:4] for row in expected]


def test_the_ranks_of_the_others_follow(world, resubmitted):
    ranks = "SELECT unit_code FROM fct_unit_result WHERE tier = 'district' ORDER BY rank_in_province LIMIT 4"
    assert world.ask(ranks, date(2021, 4, 19)) == [("338",), ("343",), ("336",), ("342",)]
    assert world.ask(ranks) == [("342",), ("338",), ("343",), ("336",)]


def test_a_corrected_score_keeps_its_cell_and_what_stood_there(world, resubmitted):
    score = (
        "SELECT score, score_stated, raw_text, correction_id, valid_from FROM fct_component_score "
        "WHERE unit_code = '342' AND component = 'interaction'"
    )
    assert world.ask(score) == [("29.48", "27.48", "27.48", "score", "2021-05-10")]
    assert world.ask(score, date(2021, 4, 6)) == [("27.48", "27.48", "27.48", None, "2021-04-05")]


def test_a_corrected_level_stands_beside_the_stated_and_the_computed_one(world, resubmitted):
    level = "SELECT level_stated, level_corrected, level_computed FROM fct_unit_result WHERE unit_code = '12817'"
    assert world.ask(level, date(2021, 4, 21)) == [("III", None, "IV")]
    assert world.ask(level, date(2021, 4, 22)) == [("III", "IV", "IV")]


def test_revisions_tell_the_days(world, resubmitted):
    assert world.ask(
        "SELECT known_from, known_to, readiness_stated, readiness_corrected, attainment_computed, correction_id "
        "FROM fct_result_revision WHERE unit_code = '342' ORDER BY known_from"
    ) == [
        ("2021-04-05", "2021-04-20", "44.93", None, "84.54", None),
        ("2021-04-20", "2021-05-10", "44.93", "45.13", "86.54", "score, total"),
        ("2021-05-10", None, "45.13", None, "86.54", "score"),
    ]


def test_only_the_resubmission_resolves_the_finding(world, resubmitted):
    history = (
        "SELECT history.received_on, history.status FROM fct_finding_history AS history "
        "INNER JOIN fct_finding USING (finding_id) WHERE code = 'total_differs' ORDER BY 1"
    )
    assert world.ask(history) == [("2021-04-05", "open"), ("2021-05-10", "resolved")]


def test_other_tables_have_no_past_that_can_be_asked_for(world, resubmitted):
    with pytest.raises(UserError, match=r"fct_unit_result only, .*dim_unit does not"):
        world.ask("SELECT * FROM fct_unit_result INNER JOIN dim_unit USING (unit_key)", date(2021, 5, 1))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a,egov_2392,2020,,342,interaction,27.48,nhiều,,,,,\n", "'nhiều' is no value"),
        ("a,egov_2392,2020,,12817,level,III,V,,,,,\n", "'V' is no value"),
        ("a,egov_2392,2021,,342,interaction,27.48,29.48,,,,,\n", "no current submission has this cell"),
        (",egov_2392,2020,,342,interaction,27.84,29.48,,,,,\n", "Correction egov_2392/2020/342/interaction"),
        ("a,egov_2392,2020,,342,interaction,27.84,29.48,,2021-04-20,,,2021-05-01\n", "it expects '27.84'"),
    ],
)
def test_a_line_that_cannot_be_applied_is_refused_by_name(world, resubmitted, line, said):
    world.correct(line)
    build.refuse_failures(build.run(world.root, "build", "--select", "corrections stg_registry__corrections+1"))
    with pytest.raises(UserError) as refused:
        refuse_corrections(world.root)
    assert said in str(refused.value)
