#!/usr/bin/env bash
# dagster-dbt 0.29.27 (dagster 1.13.27), with dbt-core 1.11.16 and dbt-duckdb 1.11.1.
# A good engineer would guess: every dbt test of a model in `@dbt_assets` is an asset check, as singular tests of one
# model are.
# What happens: a singular test that refs several models becomes no asset check, and loading the assets warns of
# nothing: the check is just not there. It becomes one if `meta.dagster.ref` names the model that it belongs to.
# What to do: give each such test `config: {meta: {dagster: {ref: {name: MODEL}}}}`, and let a test of your own compare
# the manifest's tests with the asset's `check_keys`.
# Source: dagster_dbt/asset_utils.py, get_asset_check_key_for_test.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uv
venv/bin/uv pip install --quiet --compile-bytecode --python venv/bin/python \
    dagster==1.13.27 dagster-dbt==0.29.27 dbt-core==1.11.16 dbt-duckdb==1.11.1 duckdb==2.0.0

mkdir models tests
cat > dbt_project.yml <<'YAML'
name: shop
version: "1.0"
profile: shop
flags: {send_anonymous_usage_stats: false}
YAML
cat > profiles.yml <<'YAML'
shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb}}}
YAML
echo "select 1 as id" > models/orders.sql
echo "select 1 as id" > models/payments.sql
echo "select id from {{ ref('orders') }} where id < 0" > tests/of_one_model.sql
for name in of_two_models of_two_models_named; do
    echo "select id from {{ ref('payments') }} except select id from {{ ref('orders') }}" > "tests/$name.sql"
done
cat > tests/tests.yml <<'YAML'
data_tests:
  - name: of_two_models_named
    config: {meta: {dagster: {ref: {name: payments}}}}
YAML

cat > checks.py <<'PY'
import json
import warnings
from importlib.metadata import version
from pathlib import Path

from dagster_dbt import DbtCliResource, dbt_assets

manifest = Path("target/manifest.json")
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")

    @dbt_assets(manifest=manifest)
    def shop(context, dbt: DbtCliResource):
        yield from dbt.cli(["build"], context=context).stream()


nodes = json.loads(manifest.read_text())["nodes"].values()
tests = sorted(node["name"] for node in nodes if node["resource_type"] == "test")
checks = sorted(key.name for key in shop.check_keys)
print(f"dagster-dbt {version('dagster-dbt')}: dbt tests {tests}")
print(f"asset checks {checks}, warnings {[str(w.message) for w in warned]}")
assert tests == ["of_one_model", "of_two_models", "of_two_models_named"], "dbt's behaviour has changed"
assert checks == ["of_one_model", "of_two_models_named"] and not warned, "the behaviour has changed"
PY
venv/bin/dbt --quiet parse
venv/bin/python checks.py
