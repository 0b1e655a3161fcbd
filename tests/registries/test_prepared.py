"""The registries of another root: whole in the copy that is built, or refused with a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dagster_project import registries
from dagster_project.errors import UserError
from dagster_project.root import REPOSITORY, Root

UNITS = "unit_code,unit_name,tier,valid_from\nDK,Danmark,country,\nEE,Eesti,country,2020-01-01\n"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "registries").mkdir()
    (tmp_path / "registries" / "units.csv").write_text(UNITS, encoding="utf-8-sig")
    return Root(tmp_path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_root_without_registries_builds_with_the_repositorys_and_nothing_is_copied(tmp_path):
    root = Root(tmp_path)
    registries.prepare(root)
    assert root.seeds == REPOSITORY / "dbt_project" / "seeds" and not root.warehouse.exists()
    assert root.dbt_target.is_relative_to(tmp_path)


def test_missing_columns_are_empty_and_missing_registries_have_no_rows(root):
    registries.prepare(root)
    denmark, estonia = rows(root.seeds / "units.csv")
    assert (denmark["unit_code"], denmark["unit_type"], denmark["valid_to"]) == ("DK", "", "")
    assert (denmark["unit_key"], estonia["unit_key"]) == ("DK@start", "EE@2020-01-01")
    for own in (REPOSITORY / "dbt_project" / "seeds").glob("*.csv"):
        copied = (root.seeds / own.name).read_text(encoding="utf-8").splitlines()
        assert copied[0] == own.read_text(encoding="utf-8-sig").splitlines()[0]
        assert own.name == "units.csv" or copied[1:] == []


def test_the_copy_is_the_project_and_follows_it(root):
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


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("units.csv", "unit_code,unit_name,tier,level\n", "unknown column 'level'"),
        ("units.csv", "unit_code,unit_name\n", "the column 'tier' is missing"),
        ("units.csv", "unit_code;unit_name;tier\n", "unknown column 'unit_code;unit_name;tier'"),
        ("units.csv", "unit_code,unit_name,tier\nDK,Danmark\n", "line 2: the row has not as many fields"),
        ("units.csv", b"unit_code,unit_name,tier\nDK,D\xe6nmark,x\n", "not a CSV file in UTF-8"),
        ("unit.csv", "unit_code\n", "no registry called unit.csv"),
    ],
)
def test_a_registry_that_cannot_be_used_is_refused_before_anything_is_written(root, name, content, said):
    (root.path / "registries" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError, match=said):
        registries.prepare(root)
    assert not root.warehouse.exists()
