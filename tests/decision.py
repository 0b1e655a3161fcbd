"""The decision of 2020 as people took it down (`data/decision_2020.json`): the truth that reading, models and template
are held to, and the words for its columns. Not here: anything that reads a document."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from dagster_project.reading import Document

DECISION = json.loads((Path(__file__).parent / "data" / "decision_2020.json").read_text(encoding="utf-8"))
COMPONENTS = {
    "r_infra": "infrastructure",
    "r_hr": "human_resources",
    "r_env": "environment",
    "a_presence": "presence",
    "a_interact": "interaction",
    "a_transact": "transaction",
    "a_transform": "transformation",
}
TOTALS = {"r_total": "readiness", "a_total": "attainment"}
FIGURES = {column: ("component", name) for column, name in COMPONENTS.items()} | {
    column: ("total", pillar) for column, pillar in TOTALS.items()
}


def said_by(document: Document) -> list[tuple]:
    """The statements of a document's summary: position, unit, level, how many, of how many, and the names listed."""
    listed = defaultdict(list)
    for name in document.statement_names:
        listed[name.position, name.statement_order].append(name.written_name)
    return [
        (
            each.position,
            each.written_unit,
            each.level,
            each.units,
            each.out_of,
            listed[each.position, each.statement_order],
        )
        for each in document.statements
    ]
