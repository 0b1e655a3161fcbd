"""`egov check` and the pipeline give the same findings of scope `file`: the same codes, cells, values and sentences.

Each input is taken in as `egov add` does and landed as `egov run` does, and the models of the pipeline are run on it as
dbt compiled them; that dbt itself makes the same of them is held elsewhere (`test_check.py`). The files of one decision
go together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dagster_project import checking
from dagster_project.commands.receiving import NOBODY, receive
from dagster_project.root import Root
from dagster_project.values import plain

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
NOT_SENT = {"README.md", "truth.json"}
FEW = ("01_decision", "09_utf8sig_comma", "39_excel_damage")
SAME_NAME = [
    "code",
    "severity",
    "scope",
    "materiality",
    "unit_code",
    "unit_name",
    "annex",
    "position",
    "field",
    "page_or_sheet",
    "table_number",
    "column_name",
    "cell",
    "occurrences",
    "stated",
    "expected",
    "difference",
    "reason",
    "message_vi",
    "message_en",
]
OTHER_NAME = {"row": "row_number", "column": "column_number"}


def groups() -> dict[str, list[Path]]:
    """The inputs by decision: 'x_annex01.csv' and 'x_annex03.csv' are parts of one."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(INPUTS.iterdir()):
        if path.name not in NOT_SENT:
            found[path.stem.partition("_annex")[0] if "_annex" in path.stem else path.name].append(path)
    return found


def by_pipeline(folder: Path, paths: list[Path], build_in_memory: Callable) -> list[dict]:
    root = Root(folder)
    # Where no title says what a file is, it is checked as a published result.
    asking = replace(NOBODY, kind=lambda name: "published")
    nobody = {"kind": None, "sender": None, "note": None, "asking": asking}
    list(receive(root, paths, year=2020, received_on=date(2021, 4, 5), **nobody))
    columns = ", ".join([*SAME_NAME, *OTHER_NAME.values(), "submission_id"])
    with build_in_memory(root) as connection:
        answer = connection.execute(f"select {columns} from fct_finding where scope = 'file' and status = 'open'")
        names = [column[0] for column in answer.description]
        return [dict(zip(names, map(plain, row), strict=True)) for row in answer.fetchall()]


def by_check(paths: list[Path]) -> list[dict]:
    with checking.run(Root(), paths, 2020) as checked:
        reports = checking.reports_of(checked)
    return [
        {
            **{name: {**one, **one["location"]}[name] for name in SAME_NAME},
            **{theirs: one["location"][ours] for ours, theirs in OTHER_NAME.items()},
            "submission_id": report["submission"]["sha256"],
        }
        for report in reports
        for one in report["findings"]
    ]


def ordered(findings: list[dict]) -> list[dict]:
    return sorted(findings, key=lambda one: repr(sorted(one.items(), key=repr)))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name.startswith(FEW) else pytest.mark.slow) for name in groups()]
)
def test_check_and_pipeline_find_the_same(name, tmp_path, build_in_memory):
    paths = groups()[name]
    checked = ordered(by_check(paths))
    assert checked == ordered(by_pipeline(tmp_path, paths, build_in_memory))
    assert checked
