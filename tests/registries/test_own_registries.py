"""A root's own registries beside the repository's: labels add to the common ones, other files take their place, and
what speaks of something that the root has not does not count."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from small import REGISTRIES, small_root

from dagster_project import kept_by_hand, registries
from dagster_project.reading import Labels
from dagster_project.reading.texts import key
from dagster_project.root import REPOSITORY, Root

REPOSITORYS = REPOSITORY / "dbt_project" / "seeds"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "registries").mkdir()
    return Root(tmp_path)


def bring(root: Root, name: str, text: str) -> None:
    (root.path / "registries" / f"{name}.csv").write_text(text, "utf-8")
    registries.prepare(root)


def of_repository(name: str) -> list[dict[str, str]]:
    with (REPOSITORYS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_registry_of_its_own_does_not_switch_the_others_off(root):
    bring(root, "deadlines", "year;kind;due_on\n2021;published;30/04/2022\n")
    assert registries.rows(root, "deadlines") == [
        {"year": "2021", "kind": "published", "opens_on": "", "due_on": "2022-04-30"}
    ]
    for name in ("pillars", "components", "level_rules", "labels", "unit_succession", "units"):
        assert registries.rows(root, name) == of_repository(name)


def test_own_labels_add_to_the_common_ones_and_win_over_them(root):
    bring(
        root,
        "labels",
        "index_code,label,role,target\n,TP,unit_type,Thành phố lớn\negov_2392,Hạ tầng số,component,infrastructure\n",
    )
    labels = Labels.load(root.seeds)
    common = labels.common
    (index,) = [one for one in labels.vocabularies if one.index_code == "egov_2392"]
    assert common.keys("unit_type")[key("TP.")] == "Thành phố lớn"
    assert common.has("number", "STT") and common.keys("kind")
    assert ("component", "infrastructure") in index.meanings("Hạ tầng số")
    assert ("component", "infrastructure") in index.meanings("Hạ tầng")
    assert index.level("Mức độ II") == "II"


def test_another_index_has_the_common_wordings_and_nothing_of_the_repositorys_index(tmp_path):
    root = small_root(tmp_path)
    registries.prepare(root)
    found = registries.rows(root, "labels")
    assert {row["index_code"] for row in found} == {"", "local"}
    assert [row["label"] for row in found[:2]] == ["Trang tin", "Thư điện tử"]
    assert len(found) == 2 + sum(not row["index_code"] for row in of_repository("labels"))


def test_what_the_root_leaves_out_counts_as_far_as_it_speaks_of_what_the_root_has(tmp_path):
    root = small_root(tmp_path)
    for name in set(REGISTRIES) - {"pillars", "components", "units", "labels"}:
        (tmp_path / "registries" / f"{name}.csv").unlink()
    registries.prepare(root)
    left_out = ("level_rules", "unit_succession", "aliases", "corrections", "acceptances", "deadlines")
    assert {name: registries.rows(root, name) for name in left_out} == {name: [] for name in left_out}
    assert len(registries.rows(root, "units")) == 4


def test_a_status_says_which_registries_are_the_roots_own(root):
    bring(root, "labels", "label,role,target\nPhường lớn,unit_type,Phường\n")
    lines = [line.text for line in kept_by_hand.lines_of(root)]
    assert lines[:2] == [
        "Danh mục / Registries",
        "riêng của thư mục này / of this folder: labels.csv (thêm vào danh mục chung / adds to the common)",
    ]
    assert "units.csv" in lines[2] and "labels.csv" not in lines[2]


def test_a_status_goes_on_beside_mistakes_in_registries_and_tells_them_in_both_languages(root):
    (root.path / "registries" / "deadlines.csv").write_text("year,kind,due_on\n2021,published,04/15/2022\n", "utf-8")
    lines = [line.text for line in kept_by_hand.lines_of(root)]
    assert lines[1].startswith("✗ registries/deadlines.csv, dòng 2, cột due_on: “04/15/2022” phải là ngày")
    assert lines[2].startswith("registries/deadlines.csv, line 2, column due_on: '04/15/2022' must be a day")


def test_mistakes_of_registries_and_ledger_are_told_together(root):
    (root.path / "registries" / "acceptances.csv").write_text("finding_id,stated\n,1\n", "utf-8")
    root.submissions.mkdir(parents=True)
    root.ledger.write_text("file,sha256,year,kind,received_on,sender,note\n2020/a.txt,,20,,,,\n", "utf-8")
    with pytest.raises(registries.Mistakes) as refused:
        kept_by_hand.prepare(root)
    assert "registries/acceptances.csv, line 2" in str(refused.value)
    assert "data/submissions/submissions.csv, line 2, column year: '20' must be a year" in str(refused.value)


@pytest.mark.parametrize("command", ["run", "check", "add", "status"])
def test_every_command_tells_a_line_left_open_before_it_loads_anything_heavy(root, command):
    rules = (REPOSITORYS / "level_rules.csv").read_text("utf-8")
    opened = "egov_2392,commune,III,3,attainment,45,2022,,SYNTHETIC\n"
    (root.path / "registries" / "level_rules.csv").write_text(rules + opened, "utf-8")
    decision = str(REPOSITORY / "tests" / "data" / "inputs" / "01_decision.txt")
    arguments = ["--root", str(root.path), command, *([decision] if command in ("check", "add") else [])]
    code = (
        f"import sys; from dagster_project.cli import invoke; code = invoke({arguments}); "
        "print([name for name in ('duckdb', 'dagster', 'dbt', 'great_expectations') if name in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=REPOSITORY, check=True, timeout=60)
    *_, loaded = done.stdout.decode().splitlines()
    said = done.stdout.decode() if command == "status" else done.stderr.decode()
    line = next(
        at for at, one in enumerate(rules.splitlines(), 1) if one.startswith("egov_2392,commune,III,3,attainment")
    )
    lines = f"{line}, {len(rules.splitlines()) + 1}"
    assert f"registries/level_rules.csv, dòng {lines}, cột valid_to_year: hai dòng cùng áp dụng" in said
    assert f"lines {lines}, column valid_to_year: both lines hold" in said
    assert f"Fill in valid_to_year = 2021 in line {line}" in said
    assert loaded == f"[] {1 if command in ('run', 'add') else 2 if command == 'check' else 0}"
    assert not root.ledger.exists() and not root.published.exists()
