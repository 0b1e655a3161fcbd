"""`egov check`: files judged before they are sent, without a warehouse.

Here: running the same SQL as the pipeline on an in-memory database that holds just these files, and saying what was
found. Not here: any rule. Nothing in this package loads dbt, Dagster or Great Expectations: a clerk waits for it.
"""

from __future__ import annotations

from .reports import Report, blank, exit_code, reports_of
from .running import Checked, run

__all__ = ["Checked", "Report", "blank", "exit_code", "reports_of", "run"]
