"""How well and how fast written names are resolved, on the damaged names of all communes.

Here: the command (`python benchmarks/names/run.py`), its table and its time. What it measures, and what it has
measured, stand in README.md beside this.
"""

from __future__ import annotations

import argparse
import sys
import time

from corpus import Written, damaged
from resolution import Resolver, documents
from scores import Score, score

from dagster_project.root import Root

YEAR = 2020  # the registry's list of the country with the most communes


def resolve(names: list[Written], year: int, index_code: str) -> tuple[list[Score], float]:
    """The scores, by kind, and the seconds that the SQL took from the landed rows to the resolved ones."""
    resolver = Resolver()
    resolver.land(documents(names, year, index_code))
    start = time.perf_counter()
    resolver.make("int_row")
    seconds = time.perf_counter() - start
    return score(resolver, names), seconds


def main() -> int:
    """Prints the table; exit 1 where a single name was answered with a wrong unit."""
    arguments = argparse.ArgumentParser(description="Resolves the damaged names of all communes and prints how well.")
    arguments.add_argument("--year", type=int, default=YEAR, help="whose units: those valid on its 31 December")
    arguments.add_argument("--index", default="egov_2392", help="an index that scores communes in that year")
    arguments.add_argument("--seed", type=int, default=7, help="seeds the choice of the letter that is damaged")
    chosen = arguments.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    names = list(damaged(Root().seeds, chosen.year, seed=chosen.seed))
    scores, seconds = resolve(names, chosen.year, chosen.index)
    print(f"{'kind':<20}{'names':>8}{'recall':>9}{'another unit':>14}{'wrong':>7}")
    for one in scores:
        print(f"{one.kind:<20}{one.names:>8,}{one.recall:>9.4f}{one.homonyms:>14}{len(one.wrong):>7}")
    each = seconds / len(names)
    print(
        f"\n{len(names):,} names in {seconds:.1f} s: {each * 100_000:.1f} s for 100,000, {each * 1e6:.0f} µs per name"
    )
    for one in scores:
        for text, unit_key in one.wrong:
            print(f"wrong: {text} ({one.kind}) was answered with {unit_key}")
    return int(any(one.wrong for one in scores))


if __name__ == "__main__":
    sys.exit(main())
