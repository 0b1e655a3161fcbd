"""The end of a run, as an asset: what it was built from is put on record when all else is in its place.

Here: that it comes last, and only where all has been made from what was read last. Files may have been read by a run
before it: a backfill of Dagster's pages is one run for the files and one for all else. Not here: the record and what is
read from it (`last_run.py`).
"""

from collections.abc import Sequence

import dagster as dg

from .. import last_run
from ..root import Root
from .landing import LANDED
from .run_lock import RunLock

RECORD = dg.AssetKey(["published", "record"])


def record_of_runs(root: Root, others: Sequence[dg.AssetsDefinition]) -> dg.AssetsDefinition:
    """The asset of a root; others: all of its other assets."""
    afterwards = [asset for asset in others if LANDED not in asset.keys]

    @dg.asset(
        key=RECORD,
        group_name="published",
        kinds={"json"},
        deps=sorted(key for asset in others for key in asset.keys if key.path[0] == "published"),
        description="data/warehouse/last_run.json: what the last completed run was built from. `egov run` builds what "
        "is not like that any more.",
    )
    def record_run(context: dg.AssetExecutionContext, run_lock: RunLock) -> None:
        chosen, steps = context.run.asset_selection, context.run.step_keys_to_execute  # none: everything
        if all((not chosen or asset.keys & chosen) and (not steps or asset.op.name in steps) for asset in afterwards):
            last_run.complete(root)
        else:
            context.log.info("Only parts were made: the record of the last whole run stays.")

    return record_run
