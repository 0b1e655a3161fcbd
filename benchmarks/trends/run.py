"""How long the queries of the guide (`docs/trends.md`) take on a warehouse of the country's size.

Here: the command (`python benchmarks/trends/run.py`), making that warehouse and taking the time. Not here: its rows
(`country.sql`, all SYNTHETIC) and the queries (the guide). What was measured stands in README.md beside this.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from dagster_project.commands.querying import published
from dagster_project.publishing.views import make_views
from dagster_project.publishing.warehouse import STORAGE_VERSION
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build

QUESTION = re.compile(r"^### (\d+)\. ([^\n]+)\n.*?```sql\n(.*?)```", re.MULTILINE | re.DOTALL)
COUNTRY = Path(__file__).with_name("country.sql")
COPIED = "dim_%"  # registries: the country's are the repository's
# These are made by the project's own SQL from the others, and their time is measured too.
WHAT_IT_TAKES = ("fct_level_distance", "fct_level_standing", "fct_rank_robustness", "agg_threshold_bunching")
RUNS = 5


def make_country(source: Root, target: Root) -> dict[str, float]:
    """Makes the published warehouse of a root of the country's size; gives the seconds of what the project's SQL made.

    The tables are those of the warehouse that the source has published: `egov run` first.
    """
    target.published.mkdir(parents=True)
    seconds = {}
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{source.published_database}' AS source (READ_ONLY)")
        connection.execute(f"ATTACH '{target.published_database}' AS egov (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE egov.main")
        tables = connection.execute("SELECT table_name, sql FROM duckdb_tables() WHERE database_name = 'source'")
        for name, create in tables.fetchall():
            connection.execute(create)
            connection.execute(f"INSERT INTO {name} FROM source.main.{name} WHERE '{name}' LIKE '{COPIED}'")
        connection.execute(COUNTRY.read_text(encoding="utf-8"))
        for node in build.run(source, "compile", "--select", *WHAT_IT_TAKES):
            if node.node.name in WHAT_IT_TAKES:
                start = time.perf_counter()
                connection.execute(f"INSERT INTO {node.node.name} {node.node.compiled_code}")
                seconds[node.node.name] = time.perf_counter() - start
        make_views(connection)
        connection.execute("USE memory; DETACH egov")
    return seconds


def took(root: Root, query: str) -> tuple[float, int]:
    """The median seconds of a query on an open warehouse, and how many rows it gives."""
    seconds = []
    with published(root) as connection:
        for _ in range(RUNS):
            start = time.perf_counter()
            rows = connection.execute(query).fetchall()
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), len(rows)


def main() -> None:
    """Prints the table of times."""
    arguments = argparse.ArgumentParser(description="Takes the time of the guide's queries.")
    arguments.add_argument("--root", type=Path, default=REPOSITORY, help="a root that has published a warehouse")
    source = Root(arguments.parse_args().root.resolve())
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    guide = (REPOSITORY / "docs" / "trends.md").read_text(encoding="utf-8")
    questions = [(f"{number}. {words}", query) for number, words, query in QUESTION.findall(guide)]
    questions += [(f"{view}, whole", f"from {view}") for view in ("named_unit_result", "long_figure", "wide_total")]
    with tempfile.TemporaryDirectory() as folder:
        country = Root(Path(folder))
        made = make_country(source, country)
        megabytes = country.published_database.stat().st_size / 2**20
        _, units = took(country, "select distinct unit_key from fct_unit_result")
        _, results = took(country, "select 1 from fct_unit_result")
        print(f"SYNTHETIC: {units:,} units, {results:,} results, {megabytes:.0f} MB\n")
        for words, query in questions:
            seconds, rows = took(country, query)
            print(f"{words:<90}{seconds * 1000:>6.0f} ms {rows:>9,} rows")
        print()
        for name, seconds in made.items():
            print(f"{name + ', made':<90}{seconds * 1000:>6.0f} ms")


if __name__ == "__main__":
    main()
