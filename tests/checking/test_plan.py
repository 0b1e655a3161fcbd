"""What the plan of the checks is kept in: whatever becomes of its two files, the next check has a sound one."""

from __future__ import annotations

import os
import shutil
import sys
from random import Random

import pytest

from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import plan

sys.path.insert(0, str(REPOSITORY / "benchmarks" / "faults"))
from breaking import WAYS


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The two files of a plan, as the repository's was made, in a place of their own."""
    plan.load()
    files = tuple(tmp_path / path.name for path in plan._kept())
    for path, copy in zip(plan._kept(), files, strict=True):
        shutil.copy2(path, copy)
    monkeypatch.setattr(plan, "_kept", lambda: files)
    return files


def test_a_plan_that_is_sound_is_taken_as_it_is(kept, monkeypatch):
    monkeypatch.setattr(plan, "make", lambda: pytest.fail("it was made again"))
    assert plan.load().views == kept[1]


@pytest.mark.skipif(os.name == "nt", reason="pipes and links")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [0, 1])
def test_a_plan_that_is_damaged_is_not_used(kept, monkeypatch, number, way):
    WAYS[way](kept[number], Random(7))
    monkeypatch.setattr(plan, "make", lambda: "made again")
    assert plan.load() == "made again"


def test_a_plan_is_made_again_over_folders_and_what_older_versions_left(kept):
    for path in kept:
        path.unlink()
        path.mkdir()
    older, begun = kept[0].parent / "older.json", kept[0].parent / ".begun by another.tmp"
    older.write_bytes(b"{}")
    begun.write_bytes(b"")
    made = plan.make()
    assert sorted(kept[0].parent.iterdir()) == sorted([*kept, begun])
    with plan.database(Root(), made) as database:
        plan.run_steps(database, made)
        assert database.execute("SELECT count(*) FROM intermediate.int_finding").fetchone() == (0,)
