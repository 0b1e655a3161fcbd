"""What `egov check` costs beside an older checkout: processor time and peak memory, per format, in pairs of one run.

Here: running both in turn on the same files. Not here: what a check finds (`tests/`).

    python benchmarks/check/run.py OTHER_CHECKOUT [FILE …] [--pairs 7]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parents[2]
INPUTS = HERE / "tests" / "data" / "inputs"
FILES = ("02_three_sheets.xlsx", "05_open.ods", "06_decision.docx", "07_wordprocessor.pdf", "08_other_producer.pdf")
HTML = "decision.html"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one check and its reading process: seconds of processor time, and the peak of the larger one in MB."""

    seconds: float
    megabytes: float


def check(checkout: Path, file: Path, root: Path) -> Cost:
    """One `egov check` of a file by the code of a checkout, in processes of its own."""
    command = [sys.executable, "-m", "dagster_project", "--root", str(root), "check", str(file)]
    process = subprocess.Popen(command, cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{checkout}: {process.stderr.read().decode() if process.stderr else ''}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compare(other: Path, file: Path, pairs: int, root: Path) -> str:
    """A line of the table: medians of both, and the median of the ratios within pairs."""
    for checkout in (other, HERE):  # compiled SQL and byte code are there from now on
        check(checkout, file, root)
    costs = []
    for number in range(pairs):
        order = (other, HERE) if number % 2 else (HERE, other)
        both = {checkout: check(checkout, file, root) for checkout in order}
        costs.append((both[other], both[HERE]))
    before, now = (statistics.median(pair[side].seconds for pair in costs) for side in (0, 1))
    ratio = statistics.median(new.seconds / old.seconds for old, new in costs)
    memory = statistics.median(new.megabytes / old.megabytes for old, new in costs)
    peak = statistics.median(new.megabytes for _, new in costs)
    return f"| {file.name} | {before:.2f} | {now:.2f} | {ratio - 1:+.1%} | {peak:.0f} | {memory - 1:+.1%} |"


def page(folder: Path) -> Path:
    """The decision's three sheets as a web page's tables: no document of that format lies with the tests."""
    from html import escape

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(INPUTS / "02_three_sheets.xlsx"))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    path = folder / HTML
    path.write_text(f"<html><meta charset=utf-8><body><table>{body}</table></body></html>", "utf-8")
    return path


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("other", type=Path)
    arguments.add_argument("files", type=Path, nargs="*")
    arguments.add_argument("--pairs", type=int, default=7)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data").mkdir()
        files = given.files or [*(INPUTS / name for name in FILES), page(root)]
        print("| file | before, s | now, s | processor time | now, MB | peak memory |\n|---|---|---|---|---|---|")
        for file in files:
            print(compare(given.other.resolve(), file.resolve(), given.pairs, root), flush=True)


if __name__ == "__main__":
    main()
