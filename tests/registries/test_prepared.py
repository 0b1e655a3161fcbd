"""The registries made ready: what is built is what was checked, from a copy only where the files are not in plain
form."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from small import REGISTRIES, added, small_root

from dagster_project import registries
from dagster_project.errors import UserError
from dagster_project.registries import files, gathering
from dagster_project.root import REPOSITORY, Root

REPOSITORYS = REPOSITORY / "dbt_project" / "seeds"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_root_without_registries_builds_with_the_repositorys_and_nothing_is_copied(tmp_path):
    root = Root(tmp_path)
    assert registries.prepare(root) == []
    assert root.seeds == REPOSITORYS and root.dbt_target.is_relative_to(tmp_path)
    assert [path.name for path in root.warehouse.iterdir()] == ["registries.json"]


def test_registries_of_the_repository_that_a_spreadsheet_program_saved_are_built_from_a_copy(tmp_path, monkeypatch):
    """And from where they lie again once they are plain."""
    seeds = tmp_path / "seeds"
    shutil.copytree(REPOSITORYS, seeds)
    rules = (REPOSITORYS / "level_rules.csv").read_text("utf-8")
    saved = "\n".join(line.replace(",", ";").replace(".", ",") for line in rules.splitlines())
    (seeds / "level_rules.csv").write_text(saved, "utf-8-sig")
    for module in (files, gathering):
        monkeypatch.setattr(module, "REPOSITORYS", seeds)
    root = Root(tmp_path)
    registries.prepare(root)
    assert root.seeds == root.warehouse / "dbt_project" / "seeds"
    built = rows(root.seeds / "level_rules.csv")
    assert built == rows(REPOSITORYS / "level_rules.csv") and {"84.25", "70.5"} <= {row["min_total"] for row in built}
    assert saved == (seeds / "level_rules.csv").read_text("utf-8-sig")
    (seeds / "level_rules.csv").write_text(rules, "utf-8")
    registries.prepare(root)
    assert root.dbt_project == REPOSITORY / "dbt_project" and not (root.warehouse / "expectations").exists()


def test_the_copy_is_the_project_and_follows_it(tmp_path):
    root = small_root(tmp_path)
    registries.prepare(root)
    model = next((root.dbt_project / "models").rglob("*.sql"))
    original = model.read_bytes()
    kept = (root.seeds / "units.csv").stat().st_mtime_ns
    model.write_text("changed")
    (root.dbt_project / "models" / "gone.sql").write_text("select 1")
    registries.prepare(root)
    assert model.read_bytes() == original and not (root.dbt_project / "models" / "gone.sql").exists()
    assert (root.seeds / "units.csv").stat().st_mtime_ns == kept
    assert {path.name for path in root.expectations.glob("*.csv")} == {
        path.name for path in (REPOSITORY / "expectations").glob("*.csv")
    }


@pytest.mark.parametrize("damage", [b"", b"unit_code\n", None])
def test_a_copy_that_was_damaged_is_made_again(tmp_path, damage):
    root = small_root(tmp_path)
    registries.prepare(root)
    units, stamp = root.seeds / "units.csv", root.warehouse / "registries.json"
    whole = units.read_bytes()
    for path in (units, stamp):
        path.write_bytes(damage) if damage is not None else path.unlink()
        registries.prepare(root)
        assert units.read_bytes() == whole


def test_registries_that_have_not_changed_are_not_checked_again_and_changed_ones_are(tmp_path, monkeypatch):
    root = small_root(tmp_path)
    registries.prepare(root)
    with monkeypatch.context() as context:
        context.setattr(gathering, "gather", lambda root: pytest.fail("checked again"))
        registries.prepare(root)
    small_root(tmp_path, acceptances=added("acceptances", ",1"))
    for _ in range(2):  # what is wrong is never taken for checked
        with pytest.raises(UserError, match=r"acceptances\.csv, line 2"):
            registries.prepare(root)
    small_root(tmp_path, acceptances=added("acceptances", "a,1"))
    registries.prepare(root)
    assert [row["finding_id"] for row in registries.rows(root, "acceptances")] == ["a"]


def test_a_file_that_is_no_registry_is_refused_by_name(tmp_path):
    root = small_root(tmp_path)
    (tmp_path / "registries" / "tiers.csv").touch()
    with pytest.raises(UserError, match=r"There is no registry called tiers\.csv"):
        registries.prepare(root)
    assert not root.warehouse.exists()


def test_rows_are_read_as_far_as_they_can_be_where_registries_hold_mistakes(tmp_path):
    root = small_root(tmp_path, deadlines=added("deadlines", "2021;published;;soon", "2022,published,,30/04/2023"))
    assert [(row["year"], row["due_on"]) for row in registries.rows(root, "deadlines")][-1] == ("2022", "2023-04-30")


def test_codes_that_lost_their_zeros_are_given_back_where_only_one_unit_can_be_meant(tmp_path):
    root = small_root(
        tmp_path,
        units=REGISTRIES["units"]
        .replace("002,Thị trấn Hai", "2,Thị trấn Hai")
        .replace("unit_code,", "unit_key,unit_code,"),
        aliases=added("aliases", "local,Hai,,2,,", "local,Ba,,0003,,"),
    )
    keyed = (root.path / "registries" / "units.csv").read_text("utf-8").splitlines()
    lines = [keyed[0], *(f"00{line[2] if line[0] == '0' else line[0]}@start,{line}" for line in keyed[1:])]
    lines[3] = "01@start,01,Tỉnh Một,province,,"
    lines[4] = "003@2020-03-01,003,Thị trấn Ba,town,2020-03-01,"
    (root.path / "registries" / "units.csv").write_text("\n".join(lines), "utf-8")
    registries.prepare(root)
    assert [row["unit_code"] for row in registries.rows(root, "units")] == ["001", "002", "01", "003"]
    assert [row["unit_code"] for row in registries.rows(root, "aliases")] == ["002", "003"]
