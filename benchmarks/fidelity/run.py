"""How faithful the checks are: known defects and neutral changes planted in the decision, and what is found of them.

Here: the command (`python benchmarks/fidelity/run.py`), its progress and its tables. What it measures, and what it has
measured, stand in README.md beside this.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from baselines import GreatExpectations, Spreadsheet, SqlTests, Tool
from measure import clean_documents, measure, planted
from tally import Outcome, Share
from with_frictionless import Frictionless

EGOV = "egov check"


def main() -> int:
    """Prints the tables; exit 1 where a defect was missed or something was said that should not be."""
    arguments = argparse.ArgumentParser(
        description="Plants known defects in the decision and prints what is found of them."
    )
    arguments.add_argument("--count", type=int, default=1000, help="how many copies; seven in ten have a defect")
    arguments.add_argument("--seed", type=int, default=7, help="seeds what is altered, where and how")
    arguments.add_argument("--frictionless", default=sys.executable, metavar="PYTHON", help="one that has frictionless")
    arguments.add_argument("--json", type=Path, metavar="FILE", help="writes every outcome into a file, too")
    chosen = arguments.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    tools, absent = _tools(chosen.frictionless)
    start = time.perf_counter()
    with _progress(chosen.count) as progress:
        outcomes = list(measure(planted(chosen.count, chosen.seed), tools, progress))
    seconds = time.perf_counter() - start
    if chosen.json:
        chosen.json.write_text(
            json.dumps([asdict(one) for one in outcomes], ensure_ascii=False, indent=1), encoding="utf-8"
        )
    names = [EGOV, *(tool.name for tool in tools)]
    print(f"\n{chosen.count:,} copies, seed {chosen.seed}: {seconds / 60:.0f} minutes\n")
    _print_tools(names, outcomes, absent)
    _print_kinds(names, outcomes)
    for form, findings in clean_documents():
        print(f"the decision without its own findings, as {form}: {findings} findings")
    _print_unseen(chosen.seed)
    misses = [one for one in outcomes if one.tool == EGOV and not one.is_perfect]
    for one in misses:
        print(f"\n{one.kind}: {one.told}\n  {_why(one)}")
    print(f"\n{len(misses)} of {chosen.count:,} copies on which egov check fell short.")
    return int(bool(misses))


def _tools(python: str) -> tuple[list[Tool], list[str]]:
    """The tools to compare with, and the names of those that are not installed."""
    tools: list[Tool] = [GreatExpectations(), SqlTests()]
    try:
        return [*tools, Frictionless(python), Spreadsheet()], []
    except (ImportError, OSError):
        return [*tools, Spreadsheet()], [Frictionless.name]


@contextmanager
def _progress(count: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line now and then elsewhere."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("copies"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task("copies", total=count)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield lambda done: print(f"{done} of {count} copies", file=sys.stderr, flush=True) if done % 50 == 0 else None


def _print_tools(names: list[str], outcomes: list[Outcome], absent: list[str]) -> None:
    print("| | recall | exact cell | expected figure | materiality | precision | neutral copies with a false alarm |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in names:
        own = [one for one in outcomes if one.tool == name]
        flawed = [one for one in own if not one.is_neutral]
        said = sum(one.said for one in own)
        cells = [
            Share.count(one.is_seen for one in flawed),
            Share.count(one.is_exact for one in flawed),
            Share.count(one.right_figure for one in flawed),
            Share.count(one.right_materiality for one in flawed),
            Share(said - sum(len(one.false_alarms) for one in own), said),
            _shown(Share.count(bool(one.false_alarms) for one in own if one.is_neutral)),
        ]
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    for name in absent:
        print(f"| {name} | not installed: see README.md | | | | | |")
    print()


def _print_kinds(names: list[str], outcomes: list[Outcome]) -> None:
    print(f"| planted | copies | {' | '.join(names)} | egov: exact cell | figure | materiality |")
    print(f"|---|---:|{'---:|' * (len(names) + 3)}")
    for kind in dict.fromkeys(one.kind for one in outcomes if not one.is_neutral):
        of = {name: [one for one in outcomes if one.kind == kind and one.tool == name] for name in names}
        own = of[EGOV]
        cells = [*(Share.count(one.is_seen for one in of[name]) for name in names)]
        cells += [
            Share.count(getattr(one, right) for one in own)
            for right in ("is_exact", "right_figure", "right_materiality")
        ]
        print(f"| {kind} | {len(own)} | {' | '.join(map(str, cells))} |")
    print(f"\n| neutral change | copies | {' | '.join(f'{name}: false alarm' for name in names)} |")
    print(f"|---|---:|{'---:|' * len(names)}")
    for kind in dict.fromkeys(one.kind for one in outcomes if one.is_neutral):
        of = {name: [one for one in outcomes if one.kind == kind and one.tool == name] for name in names}
        alarms = [_shown(Share.count(bool(one.false_alarms) for one in of[name])) for name in names]
        print(f"| {kind} | {len(of[EGOV])} | {' | '.join(alarms)} |")
    print()


def _print_unseen(seed: int) -> None:
    from not_yet import seen_yet
    from unseen import beyond_the_document, on_the_document_alone

    print("\nKinds that a check on one document could see and none sees yet:")
    for kind, copies, seen_in in seen_yet(seed):
        print(f"- {kind}: seen in {seen_in} of {copies} copies")
    print("\nKinds that no check on one document can see:")
    for kind, copies, in_file, by_roster in on_the_document_alone(seed):
        print(f"- {kind}: seen in {in_file} of {copies} copies by the document, in {by_roster} by the official list")
    with tempfile.TemporaryDirectory() as folder:
        seen = beyond_the_document(Path(folder), seed)
    others = seen.self_assessment_says - seen.by_self_assessment
    print(
        f"- through the whole pipeline: of {seen.altered} figures that were altered so in one decision, the "
        f"self-assessment shows {seen.by_self_assessment} (and {others} others); of the {seen.components} components "
        f"among them, {seen.by_last_year} are among the {seen.components} that changed least like the others since the "
        "year before"
    )


def _shown(share: Share) -> str:
    """A share of what should not be."""
    return str(share) if share.right else "0 %"


def _why(one: Outcome) -> str:
    parts = []
    if not one.is_neutral and not one.is_seen:
        parts.append("not seen")
    elif not one.is_neutral and not one.is_exact:
        parts.append("not at its cell")
    parts += [f"wrong {name}" for name in ("figure", "materiality") if getattr(one, f"right_{name}") is False]
    parts += [f"false alarm: {each}" for each in one.false_alarms] + [f"lost: {each}" for each in one.lost]
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
