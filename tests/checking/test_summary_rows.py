"""The summary annex of 2020 with a row lost, a row twice, a name twice: one finding each, in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.root import Root

DECISION = (Path(__file__).parents[1] / "data" / "inputs" / "01_decision.txt").read_text(encoding="utf-8")
ROW = next(line for line in DECISION.split("\n") if line.startswith("5\tỦy ban nhân dân huyện Kiến Xương"))
NAME = "Ủy ban nhân dân xã Bình Minh,"


def findings(tmp_path: Path, text: str) -> set[tuple]:
    path = tmp_path / "synthetic.txt"
    path.write_text(text, encoding="utf-8")
    with checking.run(Root(), [path], None) as checked:
        (report,) = checking.reports_of(checked)
    return {
        (one["code"], one["unit_name"], place["field"], place["position"], one["stated"], one["expected"])
        for one in report["findings"]
        for place in [one["location"]]
    }


@pytest.mark.parametrize(
    ("altered", "found"),
    [
        (DECISION.replace(ROW + "\n", ""), ("summary_row_missing", "Huyện Kiến Xương", "summary", None, None, "8")),
        (
            DECISION.replace(ROW, f"{ROW}\n{ROW}"),
            ("unit_duplicated", "Huyện Kiến Xương", "summary", 6, "Ủy ban nhân dân huyện Kiến Xương", None),
        ),
        (
            DECISION.replace(ROW, ROW.replace(NAME, f"{NAME} {NAME}")),
            ("unit_duplicated", "Xã Bình Minh", "summary", 5, "xã Bình Minh", None),
        ),
    ],
    ids=["lost", "twice", "name twice"],
)
def test_a_row_of_the_summary_that_lacks_or_repeats_is_one_finding(tmp_path, altered, found):
    assert findings(tmp_path, altered) - findings(tmp_path, DECISION) == {found}
