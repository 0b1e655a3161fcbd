"""The landed submissions: what was read of the files of a year. Not here: reading and storing (`warehouse`)."""

import dagster as dg

from .. import last_run
from ..root import Root
from .run_lock import RunLock

LANDED = dg.AssetKey(["landing", "submissions"])


def landed_submissions(root: Root, years: dg.PartitionsDefinition) -> dg.AssetsDefinition:
    """The asset of a root; several years are one run."""

    @dg.asset(
        key=LANDED,
        group_name="landing",
        kinds={"python", "duckdb"},
        partitions_def=years,
        backfill_policy=dg.BackfillPolicy.single_run(),
        description="One partition per year: its files in data/submissions, read into the tables of schema `landing`, "
        "each figure with the cell that it stood in. A file is read once, whatever number of runs.",
    )
    def read_submissions(context: dg.AssetExecutionContext, run_lock: RunLock) -> dg.MaterializeResult:
        import duckdb

        from ..warehouse import landing, wholeness, working

        wanted = [int(year) for year in context.partition_keys]
        with last_run.reading(root) as held, working.made_or_used(root) as is_empty:
            if is_empty:
                wholeness.forget(root)
            with duckdb.connect(str(root.build_database)) as connection:
                landed = landing.land(connection, root, None if is_empty else wanted, context.log.info)
            held.update(landed.held)
        return dg.MaterializeResult(
            metadata={
                "files": len(landed.arrived),
                "read now": landed.read,
                "could not be read": dg.MetadataValue.json(landed.unreadable),
                "left out": dg.MetadataValue.json({one.file: one.reason for one in landed.left_out}),
            }
        )

    return read_submissions
