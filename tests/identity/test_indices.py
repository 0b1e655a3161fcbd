"""The index of a file is the one whose rules hold in its year, whatever the registries' order; else it is told."""

from __future__ import annotations

import csv
import io

import pytest
from scene import DECISION, IDENTITY, INDEX, Scene, codes, rows, seed

from dagster_project.commands import status

OTHER = "egov_synthetic"
RULES = ("pillars", "components", "level_rules")
Y2024 = IDENTITY / "y2024.csv"
CITING = ",,,,,,,,,,,,\nTheo Quyết định số 2392/QĐ-BTTTT ngày 25/12/2017 của Bộ Thông tin và Truyền thông,,,,,,,,,,,,\n"


def rules(scene: Scene, ends: str, other_from: str | None = None, is_other_first: bool = False) -> Scene:
    """Gives the root the repository's index with rules that end in a year, and beside it, where that begins, another
    with the same wordings."""
    for name in RULES:
        own = table(name)
        other = [{**row, "index_code": OTHER, "valid_from_year": other_from} for row in own] if other_from else []
        own = [{**row, "valid_to_year": ends} for row in own]
        scene.register(name, text(other + own if is_other_first else own + other))
    if other_from:
        own = [row for row in table("labels") if row["index_code"] == INDEX and row["role"] != "decision"]
        scene.register("labels", text([{**row, "index_code": OTHER} for row in own]))
    return scene


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(seed(name))))


def text(lines: list[dict[str, str]]) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, lines[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return written.getvalue()


def test_a_year_after_the_last_rule_is_told_and_nothing_is_computed(scene):
    (report,) = rules(scene, "2023").check(Y2024)
    assert codes([report]) == ["rule_missing"]
    assert report["submission"]["year"] == 2024
    assert [row["computed"]["readiness"] for row in rows([report])] == [None, None]
    assert [row["stated"]["readiness"] for row in rows([report])] == ["23", "99"]  # and what is written is shown
    database = scene.receive("2024/y.csv", Y2024).receive("2020/d.txt", DECISION).build()
    found = database.execute("select file_name, refusal, rows_read from fct_submission order by 1").fetchall()
    assert found == [("d.txt", None, 43), ("y.csv", "rule_missing", 2)]
    assert database.execute("select count(*) from fct_finding where code = 'rule_missing'").fetchone() == (1,)
    assert database.execute("select distinct year from fct_component_score").fetchall() == [(2020,)]


def test_the_decision_in_a_year_before_the_first_rule(scene):
    (report,) = scene.check(DECISION, year=2015)
    assert codes([report]) == ["rule_missing", "year_differs"]


def test_the_ledgers_year_holds_where_a_title_names_another(scene):
    (report,) = scene.check(Y2024, year=2023)
    assert codes([report]) == ["score_out_of_range", "total_differs", "year_differs"]
    differs = next(finding for finding in report["findings"] if finding["code"] == "year_differs")
    assert (differs["stated"], differs["expected"]) == ("2024", "2023")
    assert report["submission"]["year"] == 2023


def test_the_status_says_which_years_a_built_file_does_not_fit(scene):
    scene.receive("2023/other-year.csv", Y2024).receive("2016/no-rules.txt", DECISION)
    scene.publish(scene.build())
    said = [line.text for line in status.lines_of(scene.root)]
    assert any("its title names the year 2024" in line for line in said)
    assert any("its index has no rules for the year" in line for line in said)


@pytest.mark.parametrize("is_other_first", [False, True])
def test_of_two_indices_with_the_same_wordings_the_one_of_the_year_is_chosen(scene, is_other_first):
    rules(scene, "2023", "2024", is_other_first)
    database = scene.receive("2024/y.csv", Y2024).receive("2020/d.txt", DECISION).build()
    assert database.execute("select assessment_key, units_scored from dim_assessment order by 1").fetchall() == [
        (f"{INDEX}/2020/published/34", 43),
        (f"{OTHER}/2024/published/34", 2),
    ]
    found = database.execute("select code from fct_finding where year = 2024 and scope = 'file' order by 1").fetchall()
    assert found == [("score_out_of_range",), ("total_differs",)]


def test_of_two_with_rules_in_the_year_the_one_whose_decision_is_cited_is_chosen(scene, tmp_path):
    rules(scene, "", "2024", is_other_first=True)
    (tmp_path / "cites.csv").write_text(Y2024.read_text("utf-8") + CITING, "utf-8")
    (told,) = scene.check(Y2024)
    assert codes([told]) == ["index_ambiguous"]
    assert INDEX in told["findings"][0]["message_en"] and OTHER in told["findings"][0]["message_en"]
    (chosen,) = scene.check(tmp_path / "cites.csv")
    assert chosen["submission"]["index"] == INDEX
    assert codes([chosen]) == ["score_out_of_range", "total_differs"]
