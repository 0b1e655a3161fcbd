"""dbt's registries and models as assets, its tests as checks. Not here: the SQL, and running dbt (`warehouse`).

All of it is built whole in each run, in this process: an output per model, a check per test; a backfill of Dagster's
pages asks for some of them in one run and for the rest in the next, and is told of those. Tests guard our own code,
so one that fails stops the run before anything is judged or published.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from ..root import Root
from ..warehouse import build, landing, plan, working
from ..warehouse.corrections import refuse_corrections
from .landing import LANDED
from .turn import Turn


class Layers(DagsterDbtTranslator):
    """Keys are schema/table, groups are the layers, and all landing tables are one asset."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_duplicate_source_asset_keys=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        return LANDED if dbt_resource_props["resource_type"] == "source" else super().get_asset_key(dbt_resource_props)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        schema = dbt_resource_props["schema"]
        return "marts" if schema == "main" else schema

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        return dbt_resource_props.get("description") or ""


def models(root: Root) -> dg.AssetsDefinition:
    """The assets of a root's dbt project."""
    manifest = json.loads(build.manifest(root).read_bytes())
    translator = Layers()

    @dbt_assets(manifest=manifest, name="build_models", dagster_dbt_translator=translator)
    def build_models(
        context: dg.AssetExecutionContext, turn: Turn
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        with working.used(root):
            landing.make_tables(root)
            results = build.run_all(root)
        rows = build.row_counts(root)
        for result in results:
            if result.node.resource_type in ("model", "seed") and str(result.status) == "success":
                key = translator.get_asset_key(manifest["nodes"][result.node.unique_id])
                if key in context.selected_asset_keys:
                    yield dg.MaterializeResult(asset_key=key, metadata=_metadata(rows.get(tuple(key.path)), result))
        for result in results:
            check = get_asset_check_key_for_test(manifest, translator, result.node.unique_id, None)
            if check in context.selected_asset_check_keys and str(result.status) != "skipped":
                yield _check_result(check, result)
        build.refuse_failures(results)
        refuse_corrections(root)
        plan.load()  # so that the next check on a file need not wait for a plan of the models as they are now

    return build_models


def _metadata(rows: int | None, result: Any) -> dict[str, Any]:
    seconds = {"seconds": round(result.execution_time, 3)}
    return seconds if rows is None else {"dagster/row_count": rows, **seconds}


def _check_result(check: dg.AssetCheckKey, result: Any) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=str(result.status) == "pass",
        severity=dg.AssetCheckSeverity.WARN if str(result.status) == "warn" else dg.AssetCheckSeverity.ERROR,
        metadata={"failing rows": result.failures or 0, **({"message": result.message} if result.message else {})},
    )
