#!/usr/bin/env bash
# duckdb 2.0.0; the same in 1.5.6 and 1.3.2.
# A good engineer would guess: connection.get_table_names(query) says which tables a query reads, for every query that
# the same connection runs.
# What happens: it binds the query against stand-ins without columns. JOIN ... USING and NATURAL JOIN find nothing to
# join on and are a BinderException, though both tables are there; so is a query with parameters ($1). The same join
# written with ON is answered, and so is a query that names a column that no table has.
# What to do: for a list of what a program depends on, look for the names of the known tables in the text of the query.
# Source: the answers, printed below; each query is run first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 1.3.2 1.5.6 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
    "$folder/$version/bin/python" - <<'PYTHON'
import duckdb

connection = duckdb.connect()
connection.execute("CREATE TABLE score (unit INTEGER, total INTEGER); CREATE TABLE unit (unit INTEGER, name VARCHAR)")


def asked(query: str, *parameters: object) -> str:
    connection.execute(query, parameters)  # it is a query that runs
    try:
        return ", ".join(sorted(connection.get_table_names(query)))
    except duckdb.Error as error:
        return type(error).__name__


seen = {
    "ON": asked("SELECT total FROM score JOIN unit ON score.unit = unit.unit"),
    "USING": asked("SELECT total FROM score JOIN unit USING (unit)"),
    "NATURAL": asked("SELECT total FROM score NATURAL JOIN unit"),
    "parameter": asked("SELECT total FROM score WHERE unit = $1", 7),
    "no such column": ", ".join(connection.get_table_names("SELECT nothing FROM score")),
}
print(duckdb.__version__, seen)
assert seen == {
    "ON": "score, unit",
    "USING": "BinderException",
    "NATURAL": "BinderException",
    "parameter": "BinderException",
    "no such column": "score",
}
PYTHON
done
