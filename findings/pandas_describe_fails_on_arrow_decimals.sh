#!/usr/bin/env bash
# pandas 3.1.1 with pyarrow 26.0.1.
# A good engineer would guess: a Parquet column of decimals that is read with dtype_backend="pyarrow" is a numeric column,
# so describe() tells its count, mean and quartiles, as mean(), std() and quantile() do one by one.
# What happens: describe() raises ArrowTypeError ('int or Decimal object expected, got numpy.int64'). It asks pyarrow for
# an array of doubles of what it has gathered: the count, an integer of NumPy, and the mean, a Decimal. pyarrow makes no
# double of a Decimal, and, asked again without a type, no decimal of NumPy's integer. Without the backend the same column
# is one of Python objects, and describe() leaves it out beside a column of floats, in silence.
# What to do: .astype("float64[pyarrow]") before describe().
# Source: pandas/core/methods/describe.py, describe_numeric_1d, and core/arrays/arrow/array.py, _box_pa_array.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1

cat > describe.py <<'PY'
from decimal import Decimal
from importlib.metadata import version

import pandas
import pyarrow
from pyarrow import parquet

scores = pyarrow.array([Decimal("44.93"), Decimal("3"), None], pyarrow.decimal128(18, 9))
parquet.write_table(pyarrow.table({"score": scores, "units": [1.0, 2.0, 3.0]}), "scores.parquet")
print(f"pandas {version('pandas')}, pyarrow {version('pyarrow')}")

objects = pandas.read_parquet("scores.parquet")
print(f"by default: {objects.score.dtype}; describe() tells of {list(objects.describe().columns)}")
assert list(objects.describe().columns) == ["units"], "the behaviour has changed"

arrow = pandas.read_parquet("scores.parquet", dtype_backend="pyarrow")
print(f"with the backend: {arrow.score.dtype}; mean() is {arrow.score.mean()}, std() {arrow.score.std()}")
try:
    arrow.score.describe()
except pyarrow.lib.ArrowTypeError as error:
    print(f"describe(): ArrowTypeError: {error}")
else:
    raise SystemExit("the behaviour has changed: describe() gave an answer")
print(f"as float64[pyarrow]: {arrow.score.astype('float64[pyarrow]').describe().to_dict()}")
PY
venv/bin/python describe.py
