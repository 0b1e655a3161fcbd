"""What is broken on purpose ends whole, told, and healed by the next run; `benchmarks/faults` does the same at length.

A quick share runs always: ledgers at random, a stop, a disk that is full, damage that costs no run to heal. What builds
again and again is slow.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "faults"))

import breaking
import disk
import kills
import ledgers
from world import World

from dagster_project import room
from dagster_project.cli import invoke
from dagster_project.root import Root
from dagster_project.warehouse import working

SEED = 11
pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills by signal, and links, as Linux has them")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return World(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("seed", range(3))
def test_a_ledger_is_read_or_refused_with_a_sentence(tmp_path, seed):
    count = ledgers.tried(Root(tmp_path), 150, seed)
    assert count.wrong == 0
    assert count.read and count.refused


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_while_it_starts_it_says_so_and_has_done_nothing(tmp_path, number):
    (tmp_path / "data" / "submissions").mkdir(parents=True)
    ended = kills.die(Root(tmp_path), number, "cpu:0.6")
    assert (ended.returncode, ended.stderr.strip()) == (130, "Đã dừng. / Stopped.")
    assert not (tmp_path / "data" / "published").exists()


def test_too_small_a_disk_is_told_before_anything_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(room, "_FIRST", 1 << 60)
    assert invoke(["--root", str(tmp_path), "run"]) == 1
    error = capsys.readouterr().err
    assert "Ổ đĩa đã đầy" in error and "The disk is full: a run needs about 1099511627776 MB" in error
    assert not (tmp_path / "data" / "published").exists()
    assert not (tmp_path / "data" / "warehouse" / "egov.duckdb").exists()


@pytest.mark.parametrize("way", breaking.WAYS)
def test_a_working_database_that_is_not_as_it_was_left_is_never_opened(tmp_path, way):
    from random import Random

    root = Root(tmp_path)
    with working.made_or_used(root) as is_anew:
        assert is_anew
        root.build_database.write_bytes(bytes(range(256)) * 64)
    assert working.is_sound(root)
    breaking.WAYS[way](root.build_database, Random(SEED))
    assert not working.is_sound(root)
    with working.made_or_used(root) as is_anew:
        assert is_anew and not root.build_database.exists()
        root.build_database.write_bytes(b"anew")
    assert working.is_sound(root)


@pytest.mark.slow
@pytest.mark.parametrize(("end", "number"), [(kills.halted, 30), (kills.died, 3)])
def test_killed_at_any_moment_what_stands_is_one_publication_and_the_next_run_completes(world, end, number):
    died = list(end(world, kills.moments(world, number, SEED)))
    assert len(died) > number / 2
    for one in died:
        assert one.is_whole and one.is_healed, one


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_at_any_moment_it_says_so(world, number):
    for one in kills.died(world, kills.moments(world, 4, SEED + number), number):
        assert one.is_told and one.is_whole and one.is_healed, one


@pytest.mark.slow
def test_what_is_damaged_is_healed_by_the_next_run(world):
    for one in breaking.damaged(world, 20, SEED):
        assert one.is_healed and one.is_told, one


@pytest.mark.slow
@pytest.mark.parametrize("free", disk.SIZES)
def test_a_disk_that_is_too_small_is_told_and_harms_nothing(world, free):
    ran = disk.ran(world, free)
    if ran is None:
        pytest.skip("no tmpfs may be mounted here")
    assert ran.is_sound, ran


@pytest.mark.slow
def test_a_working_database_that_another_program_holds_is_told_with_who_holds_it(world):
    world.put_back()
    code = f"import duckdb; c = duckdb.connect({str(world.root.build_database)!r}, read_only=True); print(1); input()"
    command = [sys.executable, "-u", "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline()
        ended = world.run()
        holder.communicate(b"\n")
    assert ended.code == 1 and ended.is_told
    assert f"another program has it open (process {holder.pid})" in ended.err
    assert world.found() == world.old
    assert world.run().code == 0 and world.is_healed()
