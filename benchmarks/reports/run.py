"""How long the reports take when every commune and district of a province has findings.

Here: the command (`python benchmarks/reports/run.py`). What it has measured stands in README.md beside this.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
from decision import text

from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.warehouse import publish
from dagster_project.root import Root
from dagster_project.submissions.adding import add
from dagster_project.warehouse import build, landing

ROUNDS = 3


def main() -> None:
    """Builds a warehouse of the synthetic decision in a folder of its own, and prints the quickest of three rounds."""
    arguments = argparse.ArgumentParser(description="Times the quality reports of a province full of findings.")
    arguments.add_argument("--province", default="34", help="its code in the registry of units")
    arguments.add_argument("--year", type=int, default=2020)
    arguments.add_argument("--seed", type=int, default=7)
    chosen = arguments.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = Root(Path(folder))
        file = Path(folder) / "SYNTHETIC-decision.txt"
        file.write_text(text(root.seeds, chosen.province, chosen.year, chosen.seed), encoding="utf-8")
        add(root, file, chosen.year, "published", date(chosen.year + 1, 4, 5))
        _build(root)
        seconds = min(_written_in(root) for _ in range(ROUNDS))
        pages = list((root.published / "quality").rglob("*.html"))
        size = sum(page.stat().st_size for page in pages)
        with duckdb.connect(str(root.published_database), read_only=True) as connection:
            (findings, units) = connection.execute(
                "SELECT count(*), count(DISTINCT unit_code) FROM fct_finding"
            ).fetchone()
    print(f"{findings:,} findings of {units} units on {len(pages)} pages ({size / 1e6:.1f} MB): {seconds:.2f} s")


def _build(root: Root) -> None:
    root.warehouse.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(root.build_database)) as connection:
        landing.land(connection, root)
    build.refuse_failures(build.run(root, "build", "--exclude-resource-type", "unit_test", "test"))
    publish(root.build_database, root.published_database)


def _written_in(root: Root) -> float:
    start = time.perf_counter()
    write_quality(root.published_database, root.published / "quality")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
