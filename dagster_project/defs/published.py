"""What users read, as assets: the published warehouse, and what is made of it. Not here: the making (`publishing`)."""

import dagster as dg

from ..root import Root
from ..warehouse import build, wholeness
from .quality import JUDGED
from .turn import Turn

WAREHOUSE = dg.AssetKey(["published", "warehouse"])
GROUP = "published"


def published_assets(root: Root, models: dg.AssetsDefinition) -> list[dg.AssetsDefinition]:
    """The published assets of a root; they come after the judgement, and are replaced as a whole."""

    @dg.asset(
        key=WAREHOUSE,
        group_name=GROUP,
        kinds={"duckdb"},
        deps=[JUDGED, *contract_keys(models)],
        description="data/published/egov.duckdb: the tables of the contract and views of them, put in place at once.",
    )
    def publish_warehouse(turn: Turn) -> dg.MaterializeResult:
        from ..publishing.kept import keep
        from ..publishing.views import FOLDER
        from ..publishing.warehouse import publish

        wholeness.refuse_parts(root)
        keep(root.published_database, root.kept)  # a run may have been killed between publishing and keeping
        tables = publish(root.build_database, root.published_database, FOLDER)
        records = [
            dg.TableRecord({"table": one.table, "rows": one.rows, "came": _told(one.came), "went": _told(one.went)})
            for one in tables
        ]
        return dg.MaterializeResult(metadata={"tables": dg.MetadataValue.table(records)})

    @dg.asset(
        key=["published", "kept"],
        group_name=GROUP,
        kinds={"duckdb", "gzip"},
        deps=[WAREHOUSE],
        description="data/published/kept: every publication as it was given, by its day, with a manifest beside it.",
    )
    def keep_publication(turn: Turn) -> dg.MaterializeResult:
        from ..publishing.kept import keep

        kept = keep(root.published_database, root.kept)
        return dg.MaterializeResult(metadata={"kept now": kept.name if kept else "nothing: it says what is kept"})

    @dg.asset(
        key=["published", "exports"],
        group_name=GROUP,
        kinds={"csv", "parquet", "excel"},
        deps=[WAREHOUSE],
        description="data/published/exports: each table and view as CSV and Parquet, all of them in one workbook.",
    )
    def write_exports(turn: Turn) -> dg.MaterializeResult:
        from ..publishing.exports import export

        return dg.MaterializeResult(metadata={"files": export(root.published_database, root.published / "exports")})

    @dg.asset(
        key=["published", "data_docs"],
        group_name=GROUP,
        kinds={"greatexpectations", "html"},
        deps=[JUDGED, WAREHOUSE],
        description="data/published/data_docs: what was expected of the submitted data, and what was found.",
    )
    def publish_data_docs(turn: Turn) -> None:
        from ..publishing.places import copy_folder

        copy_folder(root.warehouse / "data_docs", root.published / "data_docs")

    @dg.asset(
        key=["published", "quality"],
        group_name=GROUP,
        kinds={"html"},
        deps=[WAREHOUSE],
        description="data/published/quality/<year>: a report to each submitter that has findings, and the province's.",
    )
    def write_quality_reports(turn: Turn) -> dg.MaterializeResult:
        from ..publishing.quality.writing import write_quality

        written = write_quality(root.published_database, root.published / "quality")
        reports = {f"reports of {year}": number for year, number in written.reports.items()}
        return dg.MaterializeResult(metadata={**reports, "open findings": dict(written.findings)})

    @dg.asset(
        key=["published", "dictionary"],
        group_name=GROUP,
        kinds={"dbt", "html"},
        deps=[WAREHOUSE],
        description="data/published/dictionary: every table and column, what it means and what it is made of.",
    )
    def write_dictionary_page(turn: Turn) -> None:
        from ..publishing.dictionary import write_dictionary

        write_dictionary(build.manifest(root), root.published_database, root.published / "dictionary")

    return [
        publish_warehouse,
        keep_publication,
        write_exports,
        publish_data_docs,
        write_quality_reports,
        write_dictionary_page,
    ]


def contract_keys(models: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """The keys of the tables that the contract names."""
    return sorted(key for key in models.keys if key.path[0] == "main")


def _told(count: int | None) -> str:
    return "new" if count is None else str(count)
