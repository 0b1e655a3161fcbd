"""`egov new-index`: what it puts down works as it lies, explains itself, and is a tree with a bonus and departments.

The index, its bodies' codes and all figures are SYNTHETIC.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dagster_project import checking, registries
from dagster_project.cli import invoke
from dagster_project.commands.beginning import SKELETON
from dagster_project.registries.declared import registries as declared
from dagster_project.root import Root

TRIAL = "SYNTHETIC-vi-du-2024.csv"


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    assert invoke(["new-index", str(tmp_path / "index")]) == 0
    return tmp_path / "index"


def test_what_is_put_down_has_no_mistake_and_its_trial_no_finding(begun):
    assert registries.prepare(Root(begun)) == []
    with checking.run(Root(begun), (begun / TRIAL,), None) as done:
        (report,) = checking.reports_of(done)
    assert report["findings"] == [] and report["tables"][0]["rows"][0]["unit_name"] == "Sở Y tế"


def test_nothing_is_put_over_what_is_there(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert invoke(["new-index", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err and list(tmp_path.iterdir()) == [tmp_path / "mine.txt"]


@pytest.mark.parametrize("path", sorted(SKELETON.glob("[a-z]*.csv")), ids=lambda path: path.stem)
def test_each_column_is_there_and_explained_once(path):
    header = next(line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert set(header.split(",")) == set(declared()[path.stem].columns)
    everywhere = "".join(one.read_text("utf-8") for one in SKELETON.glob("[a-z]*.csv"))
    comments = [line for line in everywhere.splitlines() if line.startswith("#")]
    said = " ".join(comments).replace(",", " ").replace(":", " ").split()
    assert {column for column in header.split(",") if column not in said} <= UNSAID, path.name


UNSAID = {"predecessor_code", "successor_code", "effective_on", "legal_basis"}  # what the one line above them says


def test_departments_go_on_through_a_merger(begun, build_in_memory):
    """2025: planning is merged into finance. Finance states a total that was not added up again."""
    text = (begun / TRIAL).read_text("utf-8")
    after = text.replace("năm 2024", "năm 2025").replace("2,Sở Tài chính,8,9,8.5,", "2,Sở Tài chính,9,9,9,")
    after = "\n".join(line for line in after.splitlines() if "Sở Kế hoạch" not in line)
    for year, content in ((2024, text), (2025, after)):
        (begun / "data" / "submissions" / str(year)).mkdir(parents=True)
        (begun / "data" / "submissions" / str(year) / "SYNTHETIC.csv").write_text(content, "utf-8")
    (begun / "data" / "submissions" / "submissions.csv").write_text(
        "file,sha256,year,kind,received_on,sender,note\n"
        "2024/SYNTHETIC.csv,,2024,published,2025-01-15,,\n2025/SYNTHETIC.csv,,2025,published,2026-01-15,,\n"
    )
    database = build_in_memory(Root(begun))

    def ask(query: str) -> list[tuple]:
        return database.execute(query).fetchall()

    assert ask("select year, unit_code, field, stated, expected from fct_finding") == [
        (2025, "STC", "overall_total", "8.4", "8.6")
    ]
    # 40 % of (9 + 9) / 2 and 60 % of (2 × 8 + 9) / 3; the bonus of others is added as it is.
    assert ask("select pillar, computed from fct_pillar_result where year = 2025 and unit_code = 'STC' order by 1") == [
        ("overall", Decimal("8.6")),
        ("policy", Decimal(9)),
        ("service", Decimal("8.333333333")),
    ]
    assert ask("select unit_code, level_computed from fct_unit_result where year = 2024 and rank_in_province = 1") == [
        ("SYT", "Tốt")
    ]
    assert ask("select comparison from fct_unit_movement where year = 2025 and unit_code = 'STC'") == [("merged",)]
    # From the mean of the two before, 8.4 and 7, to 8.6: by what each component moved in all.
    moved = "from fct_component_movement where year = 2025 and unit_code = 'STC' and pillar = 'overall'"
    assert ask(f"select component, contribution_change {moved} and contribution_change <> 0 order by 1") == [
        ("budget", Decimal("0.2")),
        ("online", Decimal("0.3")),
        ("planning", Decimal("0.3")),
        ("satisfaction", Decimal("0.1")),
    ]
    assert ask(f"select sum(contribution_change) {moved}") == [(Decimal("0.9"),)]
    assert ask("select unit_code from dim_unit where is_body and valid_to is null order by 1") == [
        ("SNV",),
        ("STC",),
        ("SYT",),
    ]
