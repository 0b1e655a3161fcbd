#!/usr/bin/env bash
# great_expectations 1.24.1.
# A good engineer would guess: the results of a validation stand in the order of the suite's expectations, so
# that the two can be zipped.
# What happens: the expectations are first grouped by their `column`. Those of one column come together, at the
# place of the first; those of a column pair, of several columns or of the table make one more group.
# What to do: give each expectation a `meta` of its own, and find its result by `expectation_config.meta`.
# Source: great_expectations/validator/validator.py, Validator.process_expectations_for_validation.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check uv
venv/bin/uv pip install --quiet --compile-bytecode --python venv/bin/python great-expectations==1.24.1

cat > order.py <<'PY'
import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe

units = pd.DataFrame({"name": ["A", "B"], "score": [10.0, 20.0], "points": [10.0, 20.0]})
suite = gx.ExpectationSuite(
    name="units",
    expectations=[
        gxe.ExpectColumnValuesToNotBeNull(column="score", meta={"rule": 1}),
        gxe.ExpectColumnPairValuesToBeEqual(column_A="score", column_B="points", meta={"rule": 2}),
        gxe.ExpectColumnValuesToNotBeNull(column="name", meta={"rule": 3}),
        gxe.ExpectTableRowCountToEqual(value=2, meta={"rule": 4}),
        gxe.ExpectColumnValuesToBeBetween(column="score", min_value=0, max_value=100, meta={"rule": 5}),
    ],
)
context = gx.get_context(mode="ephemeral")
context.variables.progress_bars = {"globally": False}
asset = context.data_sources.add_pandas("memory").add_dataframe_asset("units")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": units})
outcome = batch.validate(suite)

asked = [expectation.meta["rule"] for expectation in suite.expectations]
answered = [result.expectation_config.meta["rule"] for result in outcome.results]
print(f"great_expectations {gx.__version__}: asked {asked}, answered {answered}, success {outcome.success}")
assert asked == [1, 2, 3, 4, 5] and answered == [1, 5, 2, 4, 3], "the behaviour has changed"
PY
venv/bin/python order.py
