"""What a check found, file by file, in the shape of CONTRACT.md's `egov check --format json`.

Here: taking the rows out of the database and putting them together. Not here: running the check (`running.py`), the
words of the text output (`text.py`), any arithmetic: a figure is shown as it was landed or computed in SQL.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..values import plain
from . import queries
from .running import Checked, Given

if TYPE_CHECKING:
    import duckdb

Report = dict[str, Any]


def reports_of(checked: Checked) -> list[Report]:
    """One report per file, in the order given."""
    found = {name: _by_submission(checked.database, query) for name, query in queries.ALL.items()}
    return [
        _report(file, {name: rows.get(file.submission_id or "", []) for name, rows in found.items()})
        for file in checked.files
    ]


def blank(path: Path) -> Report:
    """The report of a file that was not checked, because its year is not known."""
    return _report(Given(path, None), {name: [] for name in queries.ALL})


def exit_code(reports: Iterable[Report]) -> int:
    """0: nothing found; 1: findings, or replies that nobody will understand; 2: a file could not be read. The worst of
    all."""
    reports = list(reports)
    codes = [finding["code"] for report in reports for finding in report["findings"]]
    unclear = any(reply["reply"] is None for report in reports for reply in report["replies"])
    return 2 if "file_unreadable" in codes else 1 if codes or unclear else 0


def _report(file: Given, found: dict[str, list[Report]]) -> Report:
    submission = found["submissions"][0] if found["submissions"] else {}
    return {
        "submission": {"file": file.path.name, "sha256": file.submission_id, **_submission(submission)},
        "tables": _tables(found),
        "summary": _summary(found),
        "thresholds": found["thresholds"],
        "replies": found["replies"],
        "left_out": found["left_out"],
        "findings": [_not_opened(file)] if file.why else [_finding(row) for row in found["findings"]],
    }


def _submission(row: Report) -> Report:
    names = ("format", "year", "province", "index", "kind", "kind_is_written", "decision_number", "decision_date")
    return {name: row.get(name) for name in names}


def _tables(found: dict[str, list[Report]]) -> list[Report]:
    """The score tables in their order, each with its rows; a table that holds two tiers is shown as two, and what it
    says of an earlier year as one more, of the kind `restated`."""
    figures: dict[str, Report] = {}
    for figure in found["figures"]:
        row = figures.setdefault(figure["row_id"], {"scores": {}, "stated": {}, "computed": {}})
        if figure["role"] == "component":
            row["scores"][figure["target"]] = figure["stated"]
        else:
            row["stated"][figure["target"]] = figure["stated"]
            row["computed"][figure["target"]] = figure["computed"]
    tables: dict[tuple[object, ...], Report] = {}
    for row in found["rows"]:
        heading = {name: row[name] for name in ("annex", "tier", "page_or_sheet", "year", "kind")} | {"rows": []}
        table = tables.setdefault((row["year"], row["kind"], row["table_order"], row["tier"]), heading)
        held = figures.get(row["row_id"], {"scores": {}, "stated": {}, "computed": {}})
        table["rows"].append(
            {
                "position": row["position"],
                "written_name": _one_line(row["written_unit"]),
                "unit_name": row["unit_name"],
                "unit_code": row["unit_code"],
                "written_parent": _one_line(row["written_parent"]),
                "parent_name": row["parent_name"],
                "parent_code": row["parent_code"],
                "scores": held["scores"],
                "stated": {**held["stated"], "level": row["level_stated"], "rank": row["rank_stated"]},
                "computed": {**held["computed"], "level": row["level_computed"], "rank": row["rank_computed"]},
            }
        )
    return list(tables.values())


def _summary(found: dict[str, list[Report]]) -> list[Report]:
    """The units of the summary annex with what it states of each level."""
    names: dict[str, list[str]] = {}
    for name in found["statement_names"]:
        names.setdefault(name["statement_id"], []).append(_one_line(name["written_name"]) or "")
    units: dict[tuple[str | None, int], Report] = {}
    for said in found["statements"]:
        unit = units.setdefault(
            (said["annex"], said["position"]),
            {
                "annex": said["annex"],
                "position": said["position"],
                "written_name": _one_line(said["written_unit"]),
                "unit_code": said["unit_code"],
                "communes": None,
                "counts": {},
                "units": {},
            },
        )
        if unit["communes"] is None:
            unit["communes"] = said["out_of"]
        unit["counts"][said["level"]] = said["units"]
        unit["units"].setdefault(said["level"], []).extend(names.get(said["statement_id"], []))
    return list(units.values())


def _finding(row: Report) -> Report:
    place = ("annex", "position", "field", "page_or_sheet", "table_number", "row", "column", "column_name", "cell")
    return {
        **{name: value for name, value in row.items() if name not in place},
        "location": {name: row[name] for name in place},
    }


def _not_opened(file: Given) -> Report:
    """A file that could not even be opened, told like one that could not be read."""
    assert file.why is not None
    nowhere = dict.fromkeys(
        ("annex", "position", "page_or_sheet", "table_number", "row", "column", "column_name", "cell")
    )
    return {
        "code": "file_unreadable",
        "severity": "error",
        "scope": "file",
        "materiality": None,
        "unit_name": None,
        "unit_code": None,
        "location": {**nowhere, "field": "file"},
        "occurrences": 1,
        "stated": file.path.name,
        "expected": None,
        "difference": None,
        "reason": None,
        "message_vi": file.why.vietnamese,
        "message_en": str(file.why),
        "name_vi": "Không mở được tệp",
        "name_en": "File cannot be opened",
        "advice_vi": "Kiểm tra lại tên tệp và nơi lưu.",
        "advice_en": "Check the file's name and where it lies.",
    }


def _by_submission(database: duckdb.DuckDBPyConnection, query: str) -> dict[str, list[Report]]:
    """The rows of a query as JSON has them, under the file whose submission its first column names."""
    answer = database.execute(query)
    _, *names = [column[0] for column in answer.description]
    rows: dict[str, list[Report]] = {}
    for submission_id, *values in answer.fetchall():
        rows.setdefault((submission_id or "").partition("~")[0], []).append(
            dict(zip(names, map(plain, values), strict=True))
        )
    return rows


def _one_line(text: str | None) -> str | None:
    return None if text is None else " ".join(unicodedata.normalize("NFC", text).split())
