#!/usr/bin/env bash
# vl-convert-python 1.9.0.post1.
# A good engineer would guess: a library of Rust lets other threads of Python run while it draws, so that charts in a
# thread cost a program nothing on a second core.
# What happens: it holds the interpreter's lock for the whole of a drawing. A thread that only counts stands still
# meanwhile, and two threads draw no faster than one.
# What to do: draw in a process of its own.
# Source: seen, not documented; compare how far another thread counts while a chart is drawn and while time passes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check vl-convert-python==1.9.0.post1

cat > lock.py <<'PY'
import threading
import time
from importlib.metadata import version

import vl_convert

SPEC = {
    "data": {"values": [{"year": year, "unit": unit, "rank": (year * unit) % 41} for year in range(40) for unit in range(40)]},
    "mark": {"type": "line", "point": True},
    "encoding": {
        "x": {"field": "year", "type": "ordinal"},
        "y": {"field": "rank", "type": "quantitative"},
        "color": {"field": "unit", "type": "nominal"},
    },
}
ticks = 0
is_over = threading.Event()


def count() -> None:
    global ticks
    while not is_over.is_set():
        ticks += 1
        time.sleep(0.001)


def ticks_a_second(work) -> float:
    """How far another thread counts in a second of that work."""
    before, start = ticks, time.perf_counter()
    work()
    return (ticks - before) / (time.perf_counter() - start)


vl_convert.vegalite_to_svg(SPEC)  # the engine is loaded by the first
threading.Thread(target=count, daemon=True).start()
waiting = ticks_a_second(lambda: time.sleep(0.5))
drawing = ticks_a_second(lambda: [vl_convert.vegalite_to_svg(SPEC) for _ in range(3)])
is_over.set()
print(f"vl-convert-python {version('vl-convert-python')}: another thread counts {waiting:.0f} a second, {drawing:.0f} while it draws")
assert waiting > 100 and drawing < waiting / 10, "the behaviour has changed"
PY
venv/bin/python lock.py
