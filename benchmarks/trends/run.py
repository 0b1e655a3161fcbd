"""How long the queries of the guide (`docs/trends.md`) take on a warehouse, best on one of the country's size.

Here: the command (`python benchmarks/trends/run.py ROOT`) and taking the time. Not here: the country, SYNTHETIC, which
`benchmarks/country` makes and `egov run` builds. What was measured stands in README.md beside this.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from pathlib import Path

from dagster_project.commands.querying import published
from dagster_project.root import REPOSITORY, Root

QUESTION = re.compile(r"^### (\d+)\. ([^\n]+)\n.*?```sql\n(.*?)```", re.MULTILINE | re.DOTALL)
WHOLE = ("named_unit_result", "long_figure", "wide_total")
RUNS = 5


def took(root: Root, query: str) -> tuple[float, int]:
    """The median seconds of a query on an open warehouse, and how many rows it gives."""
    seconds = []
    with published(root) as connection:
        for _ in range(RUNS):
            start = time.perf_counter()
            rows = connection.execute(query).fetchall()
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), len(rows)


def main(given: list[str] | None = None) -> None:
    """Prints the table of times."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("root", type=Path, help="a root that has published a warehouse")
    root = Root(arguments.parse_args(given).root.resolve())
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    guide = (REPOSITORY / "docs" / "trends.md").read_text(encoding="utf-8")
    questions = [(f"{number}. {words}", query) for number, words, query in QUESTION.findall(guide)]
    questions += [(f"{view}, whole", f"from {view}") for view in WHOLE]
    _, units = took(root, "select distinct unit_key from fct_unit_result")
    _, results = took(root, "select 1 from fct_unit_result")
    megabytes = root.published_database.stat().st_size / 2**20
    print(f"{units:,} units, {results:,} results, {megabytes:.0f} MB\n")
    for words, query in questions:
        seconds, rows = took(root, query)
        print(f"{words:<90}{seconds * 1000:>6.0f} ms {rows:>9,} rows")


if __name__ == "__main__":
    main()
