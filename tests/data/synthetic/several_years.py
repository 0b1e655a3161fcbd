"""Makes a folder for `egov --root`: the decision of 2020 and the SYNTHETIC ones after it, under their own registries.

Usage: python tests/data/synthetic/several_years.py DIR

Here: files put where the project looks for them. Not here: what they say (`make.py`, `synthetic_decisions.py`).
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from synthetic_decisions import HERE, decisions

REPOSITORY = HERE.parents[2]
OF_2020 = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"


def make_root(folder: Path) -> None:
    """Fills the folder, new or not: the submissions, their ledger, and registries with the changed thresholds."""
    registries, submissions = folder / "registries", folder / "data" / "submissions"
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", registries, dirs_exist_ok=True)
    shutil.copy(HERE / "level_rules.csv", registries)
    arrivals = [(OF_2020, 2020, "2021-04-05")]
    arrivals += [(HERE / made.file_name, made.year, made.decided_on.isoformat()) for made in decisions()]
    lines = ["file,sha256,year,kind,received_on,sender,note"]
    for path, year, received_on in arrivals:
        target = submissions / str(year) / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{year}/{path.name},{sha256},{year},published,{received_on},,")
    (submissions / "submissions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make_root(Path(sys.argv[1]))
