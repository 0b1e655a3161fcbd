"""The texts of decisions: a root's own are added to the repository's, and what would stay open is told."""

from __future__ import annotations

from small import small_root

from dagster_project import registries
from dagster_project.registries.checks import NAMES_IN_TEXTS
from dagster_project.registries.gathering import gather
from dagster_project.root import REPOSITORY, Root

HEADER = "index_code,province_code,part,line,text,valid_from_year,valid_to_year\n"


def texts(root: Root, **wanted: str) -> list[str]:
    registries.prepare(root)
    rows = registries.rows(root, "decision_texts")
    return [row["text"] for row in rows if all(row[name] == value for name, value in wanted.items())]


def bring(folder, *lines: str) -> Root:
    (folder / "registries").mkdir()
    (folder / "registries" / "decision_texts.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")
    return Root(folder)


def test_a_part_of_the_roots_own_takes_the_place_of_the_repositorys_for_its_years_alone(tmp_path):
    root = bring(
        tmp_path,
        "egov_2392,34,number,1,12/QĐ-UBND,2021,2021",
        "egov_2392,34,ground,1,Căn cứ Luật A;,2020,2020",
        ",,issuer,1,ỦY BAN NHÂN DÂN LÂM THỜI,,",
    )
    assert texts(root, province_code="34", part="number") == ["12/QĐ-UBND", "05/QĐ-UBND"]
    assert texts(root, province_code="34", part="ground") == ["Căn cứ Luật A;"]
    assert texts(root, part="issuer") == ["ỦY BAN NHÂN DÂN LÂM THỜI"]
    assert texts(root, part="motto")[1] == "Độc lập - Tự do - Hạnh phúc"


def test_another_index_has_the_wording_of_any_decision_and_none_of_the_repositorys_index(tmp_path):
    root = small_root(tmp_path)
    assert texts(root, part="article") and not texts(root, index_code="egov_2392")


def test_a_code_that_lost_its_zero_is_restored(tmp_path):
    assert texts(bring(tmp_path, "egov_2392,1,number,1,7/QĐ-UBND,,"), province_code="01") == ["7/QĐ-UBND"]


def test_what_would_stay_open_is_told_and_stops_nothing(tmp_path):
    root = bring(tmp_path, ",34,subject,1,Năm {yeer},,", ",34,date,1,05/04/2021,2020,2020")
    told = [one for one in gather(root).mistakes if one.file.endswith("decision_texts.csv")]
    assert [(one.is_warning, one.lines) for one in told] == [(True, (2,)), (True, (3,))]
    assert "{yeer}" in told[0].vietnamese and "05/04/2021" in told[1].english


def test_what_the_guide_says_may_stand_in_braces_is_what_may():
    guide = (REPOSITORY / "docs" / "the-decision.md").read_text("utf-8")
    assert {name for name in NAMES_IN_TEXTS if f"`{{{name}}}`" in guide} == NAMES_IN_TEXTS
