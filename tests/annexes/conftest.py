"""Annexes as users get them, written once: of the decision of 2020, of SYNTHETIC years of two provinces, and of another
index."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from annex_worlds import World, written

from dagster_project.root import REPOSITORY, Root

sys.path.insert(0, str(REPOSITORY / "tests" / "data" / "synthetic"))
from several_years import make_root

# Files of the synthetic years; the other years are left out, to be quick.
SYNTHETIC = ("2021/thai-binh-2021-synthetic.txt", "2022/hung-yen-2022-synthetic.txt")


@pytest.fixture(scope="session")
def of_2020(warehouse_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The decision of 2020."""
    folder = tmp_path_factory.mktemp("of_2020")
    shutil.copy(warehouse_of_2020, folder / "egov.duckdb")
    return written(Root(), duckdb.connect(str(folder / "egov.duckdb")), folder / "annexes")


@pytest.fixture(scope="session")
def synthetic(build_in_memory: Callable, tmp_path_factory: pytest.TempPathFactory) -> World:
    """SYNTHETIC decisions of Thái Bình 2021 and Hưng Yên 2022."""
    folder = tmp_path_factory.mktemp("synthetic")
    make_root(folder / "root")
    root = Root(folder / "root")
    for path in root.submissions.glob("*/*.txt"):
        if path.relative_to(root.submissions).as_posix() not in SYNTHETIC:
            path.unlink()
    ledger = root.submissions / "submissions.csv"
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if line.startswith(("file,", *SYNTHETIC))), "utf-8")
    return written(root, build_in_memory(root), folder / "annexes")


@pytest.fixture(scope="session")
def of_departments(build_in_memory: Callable, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Another index in another province: one tier, totals and ranks, no levels."""
    folder = tmp_path_factory.mktemp("departments")
    shutil.copytree(REPOSITORY / "examples" / "phu-tho", folder / "root")
    root = Root(folder / "root")
    return written(root, build_in_memory(root), folder / "annexes")
