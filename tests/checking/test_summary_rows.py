"""The summary annex of 2020 with a row lost, a row twice, a name twice, and a wrong number: each told at its place."""

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
        (
            DECISION.replace(ROW + "\n", ""),
            {
                ("summary_row_missing", "Huyện Kiến Xương", "summary", None, None, "8"),
                ("numbering_broken", "Huyện Đông Hưng", "number", 5, "6", "5"),
            },
        ),
        (
            DECISION.replace(ROW, f"{ROW}\n{ROW}"),
            {
                ("unit_duplicated", "Huyện Kiến Xương", "summary", 6, "Ủy ban nhân dân huyện Kiến Xương", None),
                ("numbering_broken", "Huyện Kiến Xương", "number", 6, "5", "6"),
            },
        ),
        (
            DECISION.replace(ROW, ROW.replace(NAME, f"{NAME} {NAME}")),
            {("unit_duplicated", "Xã Bình Minh", "summary", 5, "xã Bình Minh", None)},
        ),
        (
            DECISION.replace(ROW, "9" + ROW[1:]),
            {("numbering_broken", "Huyện Kiến Xương", "number", 5, "9", "5")},
        ),
    ],
    ids=["lost", "twice", "name twice", "numbered wrongly"],
)
def test_what_is_wrong_with_a_row_of_the_summary_is_told_at_its_place(tmp_path, altered, found):
    assert findings(tmp_path, altered) - findings(tmp_path, DECISION) == found
