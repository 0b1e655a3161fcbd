"""Plain Frictionless on the same tables, for `run.py`: a table's rows in on each line as JSON, the errors out on
another.

Here: the schema, the checks, and the process that holds them. It runs under an interpreter that has the package
`frictionless` (requirements.txt), imports nothing of the project, and is given names, scales and levels by its first
line.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    from frictionless import Checklist, Resource, Schema, checks

    about = json.loads(sys.stdin.readline())
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        annex, table = json.loads(line)
        columns = about[annex]["columns"]
        resource = Resource(
            data=[columns, *([row[column] for column in columns] for row in table)],
            schema=Schema.from_descriptor({"fields": about[annex]["fields"]}),
        )
        rules = [checks.row_constraint(formula=formula) for formula in about[annex]["formulas"]]
        rules += [checks.duplicate_row(), checks.sequential_value(field_name="tt")]
        if about[annex]["rows"]:
            rules.append(checks.table_dimensions(num_rows=about[annex]["rows"]))
        errors = resource.validate(Checklist(checks=rules)).tasks[0].errors
        said = [
            (one.type, getattr(one, "row_number", None), getattr(one, "field_name", None), one.note) for one in errors
        ]
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
