#!/usr/bin/env bash
# duckdb 2.0.0; the same in 1.5.6.
# A good engineer would guess: ORDER BY ALL inside an aggregate orders what is put together by all columns, as it does
# at the end of a query; or it is refused there.
# What happens: ALL is expanded like a star. One aggregate becomes as many as the table has columns, each ordered by
# one of them and named after it. No error: `list(w ORDER BY ALL)` of a table of three columns gives three lists,
# in three orders. Within a subquery that names it, `... AS x`, there are several columns x, and x is the first.
# What to do: name what orders, list(w ORDER BY w), or sort afterwards: list_sort(list(w)).
# Source: the columns of the answer, printed below. DuckDB's page on ORDER BY describes ALL for queries only.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > order.py <<'PY'
import duckdb

connection = duckdb.connect()
connection.execute("CREATE TABLE units AS FROM (VALUES (1, 'b', 'x'), (2, 'a', 'y')) AS given (n, w, z)")
answer = connection.execute("SELECT list(w ORDER BY ALL) FROM units")
names = [column[0] for column in answer.description]
rows = answer.fetchall()
named = connection.execute("SELECT x FROM (SELECT list(w ORDER BY ALL) AS x FROM units)").fetchall()
print(f"duckdb {duckdb.__version__}: columns {names}, {rows[0]}; as x: {named[0]}")
assert names == ["n", "w", "z"] and rows == [(["b", "a"], ["a", "b"], ["b", "a"])], "the behaviour has changed"
assert named == [(["b", "a"],)], "the behaviour has changed"
PY
for version in 1.5.6 2.0.0; do
    python3 -m venv "v$version"
    "v$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
    "v$version/bin/python" order.py
done
