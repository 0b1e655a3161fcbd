"""A SYNTHETIC country through the whole pipeline: made, run, held against the truth, measured beside an older checkout.

    python benchmarks/country/run.py make ROOT [--years 2018-2025] [--provinces 63] [--mixed] [--self-assessed]
    python benchmarks/country/run.py measure ROOT [--beside OTHER_CHECKOUT]
    python benchmarks/country/run.py truth ROOT
    python benchmarks/country/run.py growth FOLDER

Here: the commands. Not here: what is made (`making.py`), how it is measured (`watching.py`). What came out stands in
README.md beside this.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from making import Plan, late_file, make
from truth import differences
from watching import Cost, watched

HERE = Path(__file__).parents[2]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(required=True)
    making = commands.add_parser("make")
    making.add_argument("root", type=Path)
    making.add_argument("--years", default="2018-2025")
    making.add_argument("--provinces", type=int, default=63)
    making.add_argument("--mixed", action="store_true", help="documents and old workbooks among the workbooks")
    making.add_argument("--self-assessed", action="store_true", help="a file of each district before the decision")
    making.add_argument("--names-of", type=int, help="write the names of that year's units, whatever the year")
    making.set_defaults(do=_make)
    measuring = commands.add_parser("measure")
    measuring.add_argument("root", type=Path)
    measuring.add_argument("--beside", type=Path)
    measuring.set_defaults(do=_measure)
    holding = commands.add_parser("truth")
    holding.add_argument("root", type=Path)
    holding.set_defaults(do=_truth)
    growing = commands.add_parser("growth")
    growing.add_argument("folder", type=Path)
    growing.set_defaults(do=_growth)
    given = arguments.parse_args()
    given.do(given)


def _make(given: argparse.Namespace) -> None:
    first, _, last = given.years.partition("-")
    years = tuple(range(int(first), int(last or first) + 1))
    plan = Plan(years, given.provinces, 1, given.mixed, given.self_assessed, given.names_of)
    made = make(given.root, plan)
    print(f"{len(made.files)} files, {len(made.results)} units, {len(made.defects)} defects")


def _measure(given: argparse.Namespace) -> None:
    """A first run, a run with nothing new, a run with one late workbook: each in a copy of the root, by both."""
    checkouts = [HERE, *([given.beside.resolve()] if given.beside else [])]
    costs = [_runs(checkout, given.root) for checkout in checkouts]
    print("| run | s | processor s | MB |" + (" beside: s | processor s | MB | ratio |" if given.beside else ""))
    print("|---|---|---|---|" + ("---|---|---|---|" if given.beside else ""))
    for name, cost in costs[0].items():
        row = f"| {name} | {_shown(cost)} |"
        if given.beside:
            other = costs[1][name]
            row += f" {_shown(other)} | {cost.seconds / other.seconds:.2f} |"
        print(row)
    for checkout, of_runs in zip(checkouts, costs, strict=True):
        print(f"\n{checkout.name}, steps of the first run: {of_runs['first run'].steps}")


def _runs(checkout: Path, root: Path) -> dict[str, Cost]:
    with tempfile.TemporaryDirectory(dir=root.resolve().parent) as folder:
        copy = Path(folder) / "root"
        shutil.copytree(root / "data" / "submissions", copy / "data" / "submissions")
        found = {"first run": watched(checkout, copy, "run"), "nothing new": watched(checkout, copy, "run")}
        years = sorted(int(path.name) for path in (copy / "data" / "submissions").iterdir() if path.is_dir())
        late = late_file(copy, Plan(tuple(years)), years[-1])
        watched(checkout, copy, "add", str(late), "--year", str(years[-1]), "--kind", "published")
        return found | {"one late workbook": watched(checkout, copy, "run")}


def _truth(given: argparse.Namespace) -> None:
    found = list(differences(given.root))
    print("\n".join(found) if found else "as the truth has it")
    sys.exit(bool(found))


def _growth(given: argparse.Namespace) -> None:
    """A first run of 1, 8 and 63 provinces in one year, and of 2, 4 and 8 years of 8 provinces."""
    print("| provinces | years | units | s | processor s | MB |\n|---|---|---|---|---|---|")
    for provinces, years in ((1, 1), (8, 1), (63, 1), (8, 2), (8, 4), (8, 7)):
        root = given.folder / f"SYNTHETIC-{provinces}-{years}"
        made = make(root, Plan(tuple(range(2018, 2018 + years)), provinces))
        cost = watched(HERE, root, "run")
        print(f"| {provinces} | {years} | {len(made.results)} | {_shown(cost)} |", flush=True)


def _shown(cost: Cost) -> str:
    return f"{cost.seconds:.1f} | {cost.processor:.1f} | {cost.megabytes:.0f}"


if __name__ == "__main__":
    main()
