"""The end of a run, as an asset: what it was built from is put on record when all else is in its place.

Here: that it comes last, and only at the end of a whole run. Not here: the record and what is read from it
(`last_run.py`).
"""

from collections.abc import Sequence

import dagster as dg

from .. import last_run
from ..root import Root
from .turn import Turn

RECORD = dg.AssetKey(["published", "record"])


def record_of_runs(root: Root, others: Sequence[dg.AssetsDefinition]) -> dg.AssetsDefinition:
    """The asset of a root; others: all of its other assets."""
    everything = {key for asset in others for key in asset.keys}
    all_steps = {asset.op.name for asset in others}

    @dg.asset(
        key=RECORD,
        group_name="published",
        kinds={"json"},
        deps=sorted(key for key in everything if key.path[0] == "published"),
        description="data/warehouse/last_run.json: what the last completed run was built from. `egov run` builds what "
        "is not like that any more.",
    )
    def record_run(context: dg.AssetExecutionContext, turn: Turn) -> None:
        chosen, steps = context.run.asset_selection, context.run.step_keys_to_execute  # empty or None: everything
        if (not chosen or everything <= chosen) and (not steps or all_steps <= set(steps)):
            last_run.complete(root, context.run_id)
        else:
            context.log.info("Only parts of a run: the record of the last whole one stays.")

    return record_run
