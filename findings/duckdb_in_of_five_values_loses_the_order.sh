#!/usr/bin/env bash
# duckdb 2.0.0.
# A good engineer would guess: rows of one Parquet file come in its order where a query only computes columns,
# since `preserve_insertion_order` is on and there is neither a join nor a GROUP BY.
# What happens: from five values on, `x IN (...)` in the select list is planned as a join. Row groups then come as the
# threads are done with them, so that a CSV written by COPY is in no order. With four values, and
# with a regular expression in the place of IN, the order is kept.
# What to do: write ORDER BY where order matters, or keep IN lists short; look at EXPLAIN for MARK.
# Source: the plan itself (EXPLAIN), printed below as "join".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.0

cat > order.py <<'PY'
import csv

import duckdb

connection = duckdb.connect()
connection.execute("SET threads = 2")
connection.execute(
    "COPY (SELECT range AS place, 'Xã ' || range AS name FROM range(1_200_000) ORDER BY place) TO 'units.parquet'"
)


def written(values: str) -> tuple[int, bool, bool]:
    """The first place in the CSV, whether all places stand in order, and whether the plan has a join."""
    rows = f"SELECT place, left(name, 1) IN ({values}) AS is_formula FROM 'units.parquet'"
    connection.execute(f"COPY ({rows}) TO 'units.csv' (HEADER)")
    with open("units.csv", newline="") as file:
        places = [int(row["place"]) for row in csv.DictReader(file)]
    (_, plan), *_ = connection.execute(f"EXPLAIN {rows}").fetchall()
    return places[0], places == sorted(places), "MARK" in plan


(is_on,) = connection.execute("SELECT current_setting('preserve_insertion_order')").fetchone()
four, five = written("'=', '+', '-', '@'"), written("'=', '+', '-', '@', '#'")
print(f"duckdb {duckdb.__version__}, preserve_insertion_order {is_on}")
print(f"four values: first place {four[0]}, in order {four[1]}, join {four[2]}")
print(f"five values: first place {five[0]}, in order {five[1]}, join {five[2]}")
assert is_on and four == (0, True, False) and five[1:] == (False, True), "the behaviour has changed"
PY
venv/bin/python order.py
