"""A run that is killed while several processes read: nothing is half stored, and the next one goes on from there."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import duckdb
import pytest

from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import landing, tables

MOMENTS = 20
FILES = 40
# Small transactions, so that a kill can come between two of them.
LAND = """
import sys
from pathlib import Path
import duckdb
from dagster_project.root import Root
from dagster_project.warehouse import landing
landing.TOGETHER = 100_000
with duckdb.connect(sys.argv[2]) as connection:
    landing.land(connection, Root(Path(sys.argv[1])), progress=lambda message: print(message, flush=True))
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    """The decision many times, each with a line of its own at its end."""
    root = Root(tmp_path_factory.mktemp("killed"))
    (root.submissions / "2020").mkdir(parents=True)
    text = (REPOSITORY / "tests" / "data" / "inputs" / "01_decision.txt").read_text("utf-8")
    for number in range(FILES):
        (root.submissions / "2020" / f"{number:02}.txt").write_text(f"{text}\n{number}\n", "utf-8")
    return root


def landed(database: Path) -> dict[str, list[tuple]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            table.name: sorted(connection.execute(f"SELECT * FROM landing.{table.name}").fetchall(), key=repr)
            for table in tables.ALL
        }


def cells(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many cells are there of each file that is there."""
    sql = """
        SELECT submission_id, count(score_cells.position)
        FROM landing.documents LEFT JOIN landing.score_cells USING (submission_id)
        GROUP BY ALL
    """
    return dict(connection.execute(sql).fetchall())


@pytest.mark.slow
def test_whatever_moment_it_is_killed_at_the_next_run_has_all_of_it_once(root: Root, tmp_path: Path) -> None:
    whole = tmp_path / "whole.duckdb"
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", LAND, str(root.path), str(whole)], check=True, capture_output=True)
    seconds = time.monotonic() - start
    expected = landed(whole)
    with duckdb.connect(str(whole), read_only=True) as connection:
        cells_of_all = cells(connection)
    killed = 0
    for moment in range(MOMENTS):
        database = tmp_path / f"{moment}.duckdb"
        command = [sys.executable, "-c", LAND, str(root.path), str(database)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()  # the readers are at work
            time.sleep(Random(moment).random() * seconds / 2)
            process.kill()
        killed += process.returncode == -signal.SIGKILL
        with duckdb.connect(str(database)) as connection:
            assert cells(connection).items() <= cells_of_all.items()
            landing.land(connection, root)
        assert landed(database) == expected
    assert killed > MOMENTS / 2
