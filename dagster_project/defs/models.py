"""dbt's registries and models as assets, its tests as checks. Not here: the SQL, and running dbt (`warehouse`).

What a run selects is built and tested, in this process, and nothing else; each model and each test is told when it has
ended. Tests guard our own code, so one that fails stops the run before anything is judged or published; and what is
built in parts is not published until the parts are of one piece (`wholeness`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from .. import beside
from ..root import Root
from ..warehouse import build, landing, wholeness, working
from ..warehouse.corrections import refuse_corrections
from ..warehouse.nodes import Ended, build_nodes
from .landing import LANDED
from .quality import GX_PROCESS
from .run_lock import RunLock

# Corrections that cannot be applied; where they are computed, they are looked at.
_CORRECTIONS = dg.AssetKey(["intermediate", "int_correction_outcome"])


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


def models(root: Root, engine: str) -> dg.AssetsDefinition:
    """The assets of a root's dbt project, and the engine that they are built on."""
    manifest = build.read_manifest(root)
    translator = Layers()
    tables = {
        name: translator.get_asset_key(node)
        for name, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed")
    }
    tests = {
        name: get_asset_check_key_for_test(manifest, translator, name, None)
        for name, node in manifest["nodes"].items()
        if node["resource_type"] == "test"
    }

    @dbt_assets(manifest=manifest, name="build_models", dagster_dbt_translator=translator)
    def build_models(
        context: dg.AssetExecutionContext, run_lock: RunLock
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        wanted = context.selected_asset_keys | context.selected_asset_check_keys
        chosen = {name for name, key in {**tables, **tests}.items() if key in wanted}
        is_all = len(chosen) == len(tables) + len(tests)
        with working.used(root), wholeness.building(root, chosen):
            landing.make_tables(root)
            names = None if is_all else sorted(".".join(manifest["nodes"][name]["fqn"]) for name in chosen)
            for number, ended in enumerate(build_nodes(root, names, engine)):
                if is_all and number == len(chosen) * 3 // 4:
                    beside.begin(GX_PROCESS)  # it loads while dbt ends
                if ended.unique_id in tables and ended.status == "success":
                    yield dg.MaterializeResult(asset_key=tables[ended.unique_id], metadata=_metadata(ended))
                elif ended.unique_id in tests and ended.status != "skipped":
                    yield _check_result(tests[ended.unique_id], ended)
            if _CORRECTIONS in context.selected_asset_keys:
                refuse_corrections(root)

    return build_models


def _metadata(ended: Ended) -> dict[str, Any]:
    seconds = {"seconds": round(ended.seconds, 3)}
    return seconds if ended.rows is None else {"dagster/row_count": ended.rows, **seconds}


def _check_result(check: dg.AssetCheckKey, ended: Ended) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=ended.status == "pass",
        severity=dg.AssetCheckSeverity.WARN if ended.status == "warn" else dg.AssetCheckSeverity.ERROR,
        metadata={"failing rows": ended.failures, **({"message": ended.message} if ended.message else {})},
    )
