"""The two walks of `docs/architecture.md`: each row that the guide shows is in the database that `make run` makes.

A row of a walk names a table and `column value` pairs, with ' · ' between them; '…' stands for what is left out.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from pathlib import Path

import duckdb
import pytest

from dagster_project.root import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^\| `(\w+\.\w+)` \| (.+?) \| .+ \|$", GUIDE[GUIDE.index("## A walk") :], re.MULTILINE)


def says(value: object, written: str) -> bool:
    """Whether a cell says what the guide says of it; figures without regard to trailing zeros."""
    if isinstance(value, Decimal):
        try:
            return value == Decimal(written)
        except InvalidOperation:
            return False
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return re.fullmatch(".*".join(map(re.escape, written.split("…"))), text) is not None


def test_there_are_two_walks() -> None:
    tables = [table for table, _ in STEPS]
    assert tables[0] == "landing.submissions" and "main.fct_component_score" in tables
    assert tables[-1] == "main.fct_finding"


@pytest.mark.parametrize(("table", "row"), STEPS, ids=[table for table, _ in STEPS])
def test_each_row_of_a_walk_is_there(table: str, row: str, warehouse_of_2020: Path) -> None:
    written = dict(pair.split(" ", 1) for pair in row.split(" · "))
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as connection:
        rows = connection.execute(f"SELECT {', '.join(written)} FROM {table}").fetchall()
    assert [one for one in rows if all(map(says, one, written.values()))], f"{table} has no such row: {row}"
