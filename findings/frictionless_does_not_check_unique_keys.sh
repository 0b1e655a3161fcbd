#!/usr/bin/env bash
# frictionless 5.21.0.
# A good engineer would guess: `frictionless validate` holds rows against all that a Table Schema says of keys, so that
# `uniqueKeys` (Data Package standard, version 2) are checked as `primaryKey` is.
# What happens: rows that are equal in a `uniqueKeys` are valid, without an error and without a warning that the
# property is not known; the same fields as `primaryKey` are an error.
# What to do: say what a row is told by as `primaryKey`; test other keys yourself.
# Source: the Data Package standard, Table Schema, "uniqueKeys"; frictionless/schema/schema.py knows no such property.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check frictionless==5.21.0

cat > keys.py <<'PY'
import json
from importlib.metadata import version
from pathlib import Path

from frictionless import validate

Path("units.csv").write_text("code,year,total\nA,2020,44.9\nA,2020,45.1\n", encoding="utf-8")
FIELDS = [{"name": "code", "type": "string"}, {"name": "year", "type": "integer"}, {"name": "total", "type": "number"}]


def errors(keys: dict) -> tuple[list[str], list[str]]:
    """The types of the errors and the warnings of a package whose schema has these keys."""
    resource = {"name": "units", "path": "units.csv", "schema": {"fields": FIELDS, **keys}}
    Path("datapackage.json").write_text(json.dumps({"name": "scores", "resources": [resource]}), encoding="utf-8")
    report = validate("datapackage.json")
    return [one for (one,) in report.flatten(["type"])], [*report.warnings, *report.tasks[0].warnings]


unique, primary = errors({"uniqueKeys": [["code", "year"]]}), errors({"primaryKey": ["code", "year"]})
print(f"frictionless {version('frictionless')}: uniqueKeys {unique}, primaryKey {primary}")
assert unique == ([], []) and primary == (["primary-key"], []), "the behaviour has changed"
PY
venv/bin/python keys.py
