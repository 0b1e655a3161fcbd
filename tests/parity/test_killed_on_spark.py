"""A run on the other engine that is killed in the middle: nothing is published, and the next run completes.

It publishes what a run on DuckDB publishes. The engine is Sail in the process, or SPARK_REMOTE's server.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dagster_project import cli
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import spark

MISSING = [name for name in ("dbt.adapters.spark", "pyspark", "pysail") if importlib.util.find_spec(name) is None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"the extra spark is not installed: {', '.join(MISSING)}"),
    pytest.mark.skipif(os.name == "nt", reason="kills by signal"),
]

COMPARED = ("exports", "quality", "annexes", "dictionary")


def published(root: Root) -> dict[str, bytes]:
    """What is compared of the published files: all but DuckDB's own, whose bytes are never the same."""
    files = (path for part in COMPARED for path in (root.published / part).rglob("*") if path.is_file())
    return {str(path.relative_to(root.published)): path.read_bytes() for path in files if path.suffix != ".duckdb"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Root:
    root = Root(tmp_path_factory.mktemp("killed"))
    shutil.copytree(REPOSITORY / "data" / "submissions", root.submissions)
    return root


@pytest.fixture
def parquet(root: Root, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the engine's tables, the same for each run."""
    monkeypatch.setenv("EGOV_PARQUET", str(root.path / "parquet"))
    return root.path / "parquet"


@pytest.mark.parametrize("built", [0, 20, 120])
def test_killed_while_it_builds_nothing_is_published(root: Root, parquet: Path, built: int):
    """Killed when so many tables have been begun."""
    before = set(parquet.glob("build-*"))
    command = [sys.executable, "-m", "dagster_project", "--root", str(root.path), "run", "--engine", spark.ENGINE]
    out = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True, stdout=out, stderr=out) as process:
        while process.poll() is None:
            new = set(parquet.glob("build-*")) - before
            if new and sum(1 for folder in new for _ in folder.glob("tables/*")) >= built:
                break
            time.sleep(0.05)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    assert list(parquet.glob("build-*"))
    assert not root.published_database.exists()
    assert published(root) == {}


def test_the_run_after_it_publishes_what_duckdb_publishes(
    root: Root, parquet: Path, run_of_2020: Root, capsys: pytest.CaptureFixture
):
    assert cli.invoke(["--root", str(root.path), "run", "--engine", spark.ENGINE]) == 0
    assert "Complete" in capsys.readouterr().out
    assert list(parquet.iterdir()) == []
    here, there = published(run_of_2020), published(root)
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
