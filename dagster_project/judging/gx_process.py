"""The process that Great Expectations judges in: started as a module by `beside.py`, asked by `defs/quality.py`.

Here: loading it at once, while dbt still works, and handing on what is asked. Not here: the judging (`engine.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import great_expectations
import great_expectations.expectations  # noqa: F401  (they take seconds, which pass while others work)

import expectations.suites  # noqa: F401
from dagster_project import beside
from dagster_project.judging.engine import Verdict, judge


def work(tell: Callable[[Any], None], *question: Any) -> list[Verdict]:
    """The verdicts of `engine.judge`."""
    return judge(*question)


if __name__ == "__main__":
    beside.serve(work)
