"""A root with one file of its own: what of the repository no longer counts because of it is told, never in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project.cli import invoke
from dagster_project.registries import Mistakes, prepare
from dagster_project.root import REPOSITORY, Root

SEEDS = REPOSITORY / "dbt_project" / "seeds"
DECISION = str(REPOSITORY / "tests" / "data" / "inputs" / "01_decision.txt")


def root_with(folder: Path, name: str, *lines: str) -> Root:
    """A root that brings one registry: the header of the repository's, and these lines."""
    header = (SEEDS / name).read_text(encoding="utf-8").splitlines()[0]
    (folder / "registries").mkdir()
    (folder / "registries" / name).write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return Root(folder)


def lines_of(name: str, *words: str) -> list[str]:
    lines = (SEEDS / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line for line in lines if any(word in line for word in words)]


def test_one_line_in_place_of_all_is_said_with_the_mistakes_that_come_of_it(tmp_path):
    root = root_with(tmp_path, "level_rules.csv", "egov_2392,commune,III,3,attainment,45,2018,,SYNTHETIC")
    with pytest.raises(Mistakes) as told:
        prepare(root)
    assert "so 15 of its rules no longer hold: egov_2392 · district · I · attainment" in str(told.value)
    assert "nên 15 quy định ở đó không còn áp dụng" in told.value.vietnamese


def test_rules_that_no_longer_hold_are_a_warning_of_status_and_check(tmp_path, capsys):
    root = root_with(tmp_path, "level_rules.csv", *lines_of("level_rules.csv", "commune,"))
    (warning,) = prepare(root)
    assert warning.is_warning and "8 of its rules no longer hold" in warning.english
    invoke(["--root", str(root.path), "status"])
    said = capsys.readouterr().out
    assert "8 of its rules no longer hold" in said
    assert "level_rules.csv (8 dòng, thay cho 16 / 8 rows instead of 16)" in said
    invoke(["--root", str(root.path), "check", DECISION])
    assert "8 of its rules no longer hold" in capsys.readouterr().err


def test_pillars_alone_of_another_index_switch_the_first_off_and_say_so(tmp_path, capsys):
    root = root_with(tmp_path, "pillars.csv", *lines_of("pillars.csv", "dti,"))
    (warning,) = prepare(root)
    assert "does not have egov_2392" in warning.english and "không có egov_2392" in warning.vietnamese
    invoke(["--root", str(root.path), "status"])
    assert "level_rules.csv (chỉ dùng 0/16 dòng / only 0 of 16 rows apply)" in capsys.readouterr().out


def test_a_file_that_leaves_nothing_out_says_nothing(tmp_path):
    (tmp_path / "a").mkdir()
    whole = (SEEDS / "level_rules.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert prepare(root_with(tmp_path / "a", "level_rules.csv", *whole)) == []
    (tmp_path / "b").mkdir()
    assert prepare(root_with(tmp_path / "b", "deadlines.csv", "2020,self_assessed,,2021-01-31")) == []
