#!/usr/bin/env bash
# dbt-spark 1.11.0 (dbt-core 1.11.16).
# A good engineer would guess: `server_side_parameters` of a profile are what the session gets, so that Spark 4, whose ANSI
# mode is on, keeps it on where the profile says so, or says nothing.
# What happens: `spark.sql.ansi.enabled` is set to false after the profile has been read. A cast that does not fit, or
# a sum that does not, is null without a word, in every model, where the same SQL is an error beside dbt.
# What to do: change the parameters of the credentials once they are made, and hold by a test that a figure that does not
# fit is an error.
# Source: dbt/adapters/spark/connections.py, SparkCredentials.__post_init__; printed below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbt-spark==1.11.0 dbt-core==1.11.16 pyspark-client==4.2.0

cat > asked.py <<'PY'
from importlib.metadata import version

from dbt.adapters.spark.connections import SparkCredentials

asked = {"spark.sql.ansi.enabled": "true", "spark.sql.shuffle.partitions": "2"}
made = SparkCredentials(host="session", method="session", schema="main", server_side_parameters=dict(asked))
print(f"dbt-spark {version('dbt-spark')}: asked for {asked}, made {made.server_side_parameters}")
assert made.server_side_parameters == {**asked, "spark.sql.ansi.enabled": "false"}, "the behaviour has changed"
PY
venv/bin/python asked.py
