#!/usr/bin/env bash
# pysail 0.7.2 (Sail, an engine that speaks Spark's protocol and SQL), beside duckdb 2.0.0.
# A good engineer would guess: a name inside an aggregate of HAVING is the column of the table, as in DuckDB and Spark, and
# an alias of the select list comes only after it.
# What happens: the alias comes first. Where it is an aggregate itself, the query is refused ("cannot be nested"). Where it
# is a constant, nothing is said, and groups pass that should not.
# What to do: put the table's name before the column in HAVING (t.ok), or filter an inner query with WHERE.
# Source: the answers, printed below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pysail==0.7.2 pyspark-client==4.2.0 'pandas<3' duckdb==2.0.0

cat > having.py <<'PY'
import os
import warnings

import duckdb

os.environ["RUST_LOG"] = "error"
warnings.simplefilter("ignore")
import pysail
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession

ROWS = "from (values ('a', true, 5), ('b', false, 2)) as t(unit, ok, score)"
SILENT = f"select unit, true as ok {ROWS} group by unit having min(case when ok then 1 else 0 end) = 1 order by unit"
QUALIFIED = SILENT.replace("when ok", "when t.ok")
NESTED = f"select unit, max(score) as score {ROWS} group by unit having max(score) > 3"

server = SparkConnectServer()
server.start()
host, port = server.listening_address
session = SparkSession.builder.remote(f"sc://{host}:{port}").getOrCreate()


def on_sail(sql: str) -> object:
    try:
        return [tuple(row) for row in session.sql(sql).collect()]
    except Exception as error:
        return str(error)[:80]


print(f"pysail {pysail.__version__}, duckdb {duckdb.__version__}")
for sql in (SILENT, QUALIFIED, NESTED):
    print(sql, "\n  DuckDB:", duckdb.sql(sql).fetchall(), "\n  Sail:  ", on_sail(sql))
assert duckdb.sql(SILENT).fetchall() == on_sail(QUALIFIED) == [("a", True)]
assert on_sail(SILENT) == [("a", True), ("b", True)], "the behaviour has changed"
assert duckdb.sql(NESTED).fetchall() == [("a", 5)] and "cannot be nested" in on_sail(NESTED), "the behaviour has changed"
session.stop()
server.stop()
PY
venv/bin/python having.py
