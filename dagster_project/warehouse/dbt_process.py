"""The process that dbt works in: started as a module by `beside.py`, asked by `nodes.py` and `build.py`.

Here: loading dbt at once, before anything is asked, and which question is whose. Not here: what is built.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import dbt.adapters.duckdb
import dbt.cli.main  # noqa: F401  (both take a second, which passes while others work)

from dagster_project import beside
from dagster_project.root import Root
from dagster_project.warehouse import build, nodes, plan


def work(
    tell: Callable[[Any], None],
    what: str,
    root: Root,
    chosen: Sequence[str] | None = None,
    engine: str = build.DUCKDB,
) -> None:
    """Parses the project; or builds it, and prepares what `egov check` runs, so that the next one need not wait."""
    if what == "parse":
        build.run(root, "parse", "--no-partial-parse")  # a partial one loses what YAML says of tests of several tables
    else:
        nodes.build_here(tell, root, chosen, engine)
        plan.load()


if __name__ == "__main__":
    beside.serve(work)
