#!/usr/bin/env bash
# duckdb 2.0.0, 0.10.2 and 0.10.3.
# A good engineer would guess: a database that DuckDB 2.0 attaches with STORAGE_VERSION 'v0.10.2' opens in 0.10.2.
# What happens: it says of itself 'v1.0.0+', and 0.10.2 refuses it; the oldest release that reads it is 0.10.3.
# What to do: promise 0.10.3, or try every release that you name on a file of your own.
# Source: seen; `storage_version` among the tags of duckdb_databases().
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

for release in 2.0.0 0.10.2 0.10.3; do
    python3 -m venv "venv-$release"
    "venv-$release/bin/pip" install --quiet --disable-pip-version-check "duckdb==$release"
done

venv-2.0.0/bin/python - <<'PY'
import duckdb

connection = duckdb.connect()
connection.execute("ATTACH 'units.duckdb' AS units (STORAGE_VERSION 'v0.10.2')")
connection.execute("CREATE TABLE units.unit AS SELECT 'A' AS code, 44.93::DECIMAL(9, 2) AS total")
connection.execute("COMMENT ON TABLE units.unit IS 'one row per unit'")
(tags,) = connection.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'units'").fetchone()
print(f"duckdb {duckdb.__version__} wrote a file of version {tags['storage_version']}")
PY
cat > read.py <<'PY'
import duckdb

try:
    rows = duckdb.connect("units.duckdb", read_only=True).execute("SELECT * FROM unit").fetchall()
    print(f"duckdb {duckdb.__version__} read {rows}")
except duckdb.Error as error:
    print(f"duckdb {duckdb.__version__} refused it: {str(error).splitlines()[0]}")
PY
found=$(venv-0.10.2/bin/python read.py; venv-0.10.3/bin/python read.py)
echo "$found"
grep -q "^duckdb 0.10.2 refused it" <<<"$found" && grep -q "^duckdb 0.10.3 read" <<<"$found" || { echo "the behaviour has changed"; exit 1; }
