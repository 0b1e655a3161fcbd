"""Stated ranks where rows lack: a real survey of the UN index, with a row lost and with a name that no country has."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.root import REPOSITORY, Root

SURVEY = REPOSITORY / "examples" / "un-egdi" / "data" / "submissions" / "2020" / "un-egdi-2020.csv"


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("nothing", {}),
        ("lost", {}),  # that a country lacks is for the year to say, and not for the file
        ("unknown", {"unit_unknown": 1}),
    ],
)
def test_a_row_that_lacks_is_no_finding_about_those_below_it(tmp_path: Path, what: str, more: dict[str, int]):
    lines = SURVEY.read_text("utf-8").splitlines()
    if what == "lost":
        del lines[60]
    elif what == "unknown":
        name = lines[60].split(",")[1]
        lines[60] = lines[60].replace(name, "Ruritania SYNTHETIC")
    path = tmp_path / f"synthetic-{what}.csv"
    path.write_text("\n".join(lines), "utf-8")
    root = Root(REPOSITORY / "examples" / "un-egdi")
    with checking.run(root, [path], 2020, say=print, ask_year=lambda name: None) as done:
        (report,) = checking.reports_of(done)
    found = Counter(finding["code"] for finding in report["findings"])
    assert found == {"rank_differs": 4, **more}  # the four ties of 2020
