#!/usr/bin/env bash
# dbt-core 1.11.16 with dbt-duckdb 1.11.1.
# A good engineer would guess: a macro that no model calls costs its parsing, once.
# What happens: dbt makes an object of every macro of the project and its packages anew for each model, five times, and
# copies all of them into the context that Jinja sees. Thirty models `select 1` take 1.2 s, and 2.1 s in a project with
# 2,000 macros that nobody calls, which makes 320,000 more objects. (Generic tests are given only the macros that they
# depend on.)
# What to do: in a project of hundreds of small models count the macros, packages' too, before threads or the database
# are blamed for the time.
# Source: dbt/context/macros.py, MacroNamespaceBuilder.build_namespace, called by each ManifestContext.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dbt-core==1.11.16 dbt-duckdb==1.11.1

mkdir -p project/models project/macros
cat > project/dbt_project.yml <<'YAML'
{name: tried, profile: tried, config-version: 2, flags: {send_anonymous_usage_stats: false}}
YAML
cat > project/profiles.yml <<'YAML'
tried: {target: t, outputs: {t: {type: duckdb, path: ':memory:', threads: 1}}}
YAML
for number in $(seq 30); do echo 'select 1 as one' > "project/models/m$number.sql"; done

cat > count.py <<'PY'
import sys
import time

import dbt.context.macros as macros
from dbt.cli.main import dbtRunner

made = 0


class Counted(macros.MacroGenerator):
    def __init__(self, *given):
        global made
        made += 1
        super().__init__(*given)


macros.MacroGenerator = Counted
where = ["--project-dir", "project", "--profiles-dir", "project", "--log-level", "none", "--log-path", "logs"]


def run(unused: int) -> tuple[int, float]:
    global made
    with open("project/macros/unused.sql", "w") as file:
        file.writelines(f"{{% macro unused_{number}() %}}{number}{{% endmacro %}}\n" for number in range(unused))
    assert dbtRunner().invoke(["parse", *where]).success
    made, began = 0, time.perf_counter()
    assert dbtRunner().invoke(["run", *where]).success
    return made, time.perf_counter() - began


(few, quick), (many, slow) = run(0), run(2_000)
more = (many - few) / (30 * 2_000)
print(f"dbt-core 1.11.16, 30 models: {few:,} macro objects, {quick:.1f} s; with 2,000 unused macros {many:,}, {slow:.1f} s")
print(f"each unused macro is made {more:.1f} times for each model")
sys.exit("the behaviour has changed" if more < 2 else 0)
PY
venv/bin/python count.py
