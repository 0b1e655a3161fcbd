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

import duckdb
import pytest
from compiled import Compiled

from dagster_project.commands import status
from dagster_project.commands.querying import answer
from dagster_project.errors import UserError
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root
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
    """A root with registries of its own, built, held to the tests of dbt and published anew after each change."""

    def __init__(self, folder: Path, of_dbt: Compiled) -> None:
        self.root, self._of_dbt = Root(folder), of_dbt
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

    def build(self) -> None:
        self.root.warehouse.mkdir(parents=True, exist_ok=True)
        self.root.build_database.unlink(missing_ok=True)
        with duckdb.connect(str(self.root.build_database)) as database:
            self._of_dbt.run(self.root, database)
            assert list(self._of_dbt.broken(database)) == []
        refuse_corrections(self.root)
        publish(self.root.build_database, self.root.published_database)

    def ask(self, query: str, as_of: date | None = None) -> list[tuple]:
        target = io.StringIO()
        answer(self.root, query, "json", target, as_of)
        return [tuple(row.values()) for row in json.loads(target.getvalue())]


@pytest.fixture(scope="module")
def world(tmp_path_factory, of_dbt):
    return World(tmp_path_factory.mktemp("corrections"), of_dbt)


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


REFUSED = [
    (
        "a,egov_2392,2020,,342,presence,40,nhiều,,,,,\n",
        "Correction a (presence of unit 342 in 2020): 'nhiều' is no value",
    ),
    ("b,egov_2392,2020,,12817,level,III,V,,,,,\n", "Correction b (level of unit 12817 in 2020): 'V' is no value"),
    (
        "c,egov_2392,2021,,342,interaction,27.48,29.48,,,,,\n",
        "(interaction of unit 342 in 2021): no current submission",
    ),
    (",egov_2392,2020,,342,interaction,27.84,29.48,,,,,\n", "Correction egov_2392/2020/342/interaction"),
    ("d,egov_2392,2020,,342,transaction,27.84,29.48,,2021-04-20,,,2021-05-01\n", "it expects '27.84'"),
]


@pytest.fixture(scope="module")
def refused(world, resubmitted):
    """The sentences about lines that cannot be applied, all in one registry: one to a line, in its order."""
    world.correct(*(line for line, _ in REFUSED))
    with pytest.raises(UserError) as refused:
        world.build()
    return str(refused.value).splitlines()


@pytest.mark.parametrize("said", [said for _, said in REFUSED])
def test_a_line_that_cannot_be_applied_is_refused_by_name(refused, said):
    assert len(refused) == len(REFUSED)
    assert [line for line in refused if said in line]
