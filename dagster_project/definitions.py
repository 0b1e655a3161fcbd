"""What exists and how it is wired: from submitted files to what is published, by year.

Not here: what any of it does (`defs/`). Read by `dg dev`, `dagster dev` and `egov dev`; the variable EGOV_ROOT names
another folder than the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

import dagster as dg

from .defs.completed import record_of_runs
from .defs.history import run_log
from .defs.landing import landed_submissions
from .defs.models import models
from .defs.published import published_assets
from .defs.quality import data_quality
from .defs.run_lock import RunLock
from .defs.triggers import main_job, new_files, yearly
from .defs.years import years
from .root import REPOSITORY, Root
from .warehouse.build import DUCKDB


def wired(root: Root, engine: str = DUCKDB) -> dg.Definitions:
    """The definitions of a root, whose models are built on an engine."""
    partitions = years(root)
    built = models(root, engine)
    assets = [landed_submissions(root, partitions), built, data_quality(root), *published_assets(root, built)]
    return dg.Definitions(
        assets=[*assets, record_of_runs(root, assets)],
        jobs=[main_job()],
        schedules=[yearly(partitions)],
        sensors=[new_files(root, partitions)],
        resources={"run_lock": RunLock(root=str(root.path))},
        loggers={"run_log": run_log},
        executor=dg.in_process_executor,  # the warehouse has one writer
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The definitions of the repository, or of the folder that EGOV_ROOT names, on EGOV_ENGINE where that is given."""
    root = Root(Path(os.environ.get("EGOV_ROOT", REPOSITORY)).resolve())
    return wired(root, os.environ.get("EGOV_ENGINE") or DUCKDB)
