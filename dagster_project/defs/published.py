"""What users read, as assets: the published warehouse, and what is made of it. Not here: the making (`publishing`)."""

import dagster as dg

from .. import stopping
from ..publishing import publication
from ..root import Root
from ..warehouse import build, wholeness
from .quality import DATA_QUALITY
from .run_lock import RunLock

WAREHOUSE = dg.AssetKey(["published", "warehouse"])
PUBLICATION = dg.AssetKey(["published", "publication"])
GROUP = "published"


def published_assets(root: Root, models: dg.AssetsDefinition) -> list[dg.AssetsDefinition]:
    """The published assets of a root; they come after the judgement. All parts are made beside what stands, from the
    published warehouse beside them, and come into place together."""

    @dg.asset(
        key=WAREHOUSE,
        group_name=GROUP,
        kinds={"duckdb"},
        deps=[DATA_QUALITY, *contract_keys(models)],
        description="data/published/egov.duckdb: the tables of the contract and views of them.",
    )
    def publish_warehouse(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.views import FOLDER
        from ..publishing.warehouse import publish

        wholeness.refuse_parts(root)
        _keep(root)  # a run may have been killed between putting in place and keeping
        now = publication.standing(root.published)
        before = now.whole(publication.WAREHOUSE) if now else None
        folder = publication.begin(root.published)
        tables = publish(root.build_database, folder / publication.WAREHOUSE, FOLDER, before)
        records = [
            dg.TableRecord(
                {
                    "table": one.table,
                    "rows": one.rows,
                    "rows_added": _told(one.rows_added),
                    "rows_removed": _told(one.rows_removed),
                    "columns": ", ".join(one.columns),
                }
            )
            for one in tables
        ]
        return dg.MaterializeResult(metadata={"tables": dg.MetadataValue.table(records)})

    @dg.asset(
        key=["published", "exports"],
        group_name=GROUP,
        kinds={"csv", "parquet", "excel", "duckdb"},
        deps=[WAREHOUSE],
        description="data/published/exports: each table and view as Parquet and CSV (in spreadsheet/ as spreadsheet "
        "programs open it; datapackage.json describes them to programs), all of them in one workbook and in a file for "
        "older DuckDB releases.",
    )
    def write_exports(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.before import Before
        from ..publishing.exports import export

        folder = publication.begun(root.published)
        stood = Before(publication.standing(root.published), "exports", folder / "exports")
        written = export(folder / publication.WAREHOUSE, folder / "exports", stood.whole)
        return dg.MaterializeResult(metadata={"files": written})

    @dg.asset(
        key=["published", "data_docs"],
        group_name=GROUP,
        kinds={"greatexpectations", "html"},
        deps=[DATA_QUALITY, WAREHOUSE],
        description="data/published/data_docs: what was expected of the submitted data, and what was found.",
    )
    def publish_data_docs(run_lock: RunLock) -> None:
        from ..publishing.places import copy_folder

        copy_folder(root.warehouse / "data_docs", publication.begun(root.published) / "data_docs")

    @dg.asset(
        key=["published", "quality"],
        group_name=GROUP,
        kinds={"html"},
        deps=[WAREHOUSE],
        description="data/published/quality/<year>: a report to each submitter that has findings, and the province's.",
    )
    def write_quality_reports(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.quality.writing import write_quality

        folder = publication.begun(root.published)
        now = publication.standing(root.published)
        written = write_quality(folder / publication.WAREHOUSE, folder / "quality", now)
        reports = {f"reports of {year}": number for year, number in written.reports.items()}
        taken_over = {"years taken over unchanged": ", ".join(map(str, written.taken_over))}
        return dg.MaterializeResult(metadata={**reports, **taken_over, "open findings": dict(written.findings)})

    @dg.asset(
        key=["published", "annexes"],
        group_name=GROUP,
        kinds={"word", "pdf", "excel"},
        deps=[WAREHOUSE],
        description="data/published/annexes/<year>: the decision and its annexes, ready to sign or as a draft, and "
        "where they differ from the figures as stated.",
    )
    def write_annexes(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.annexes.writing import write_annexes

        now = publication.standing(root.published)
        folder = publication.begun(root.published)
        done = write_annexes(folder / publication.WAREHOUSE, folder / "annexes", now)
        return dg.MaterializeResult(metadata=done)

    @dg.asset(
        key=["published", "site"],
        group_name=GROUP,
        kinds={"html"},
        deps=[WAREHOUSE],
        description="data/published/site: pages of published results for leaders and the public, in two languages.",
    )
    def write_site(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.site import writing

        now = publication.standing(root.published)
        folder = publication.begun(root.published)
        written = writing.write_site(folder / publication.WAREHOUSE, folder / publication.SITE, now)
        return dg.MaterializeResult(metadata={"files": written.files, "taken over unchanged": written.taken_over})

    @dg.asset(
        key=["published", "dictionary"],
        group_name=GROUP,
        kinds={"dbt", "html"},
        deps=[WAREHOUSE],
        description="data/published/dictionary: every table and column, what it means and what it is made of.",
    )
    def write_dictionary_page(run_lock: RunLock) -> None:
        from ..publishing.dictionary import write_dictionary

        folder = publication.begun(root.published)
        write_dictionary(build.manifest(root), folder / publication.WAREHOUSE, folder / "dictionary")

    @dg.asset(
        key=["published", "changes"],
        group_name=GROUP,
        kinds={"html"},
        deps=[WAREHOUSE],
        description="data/published/changes.html: what changed since the publication before, units first.",
    )
    def write_changes_page(run_lock: RunLock) -> dg.MaterializeResult:
        from ..publishing.changes import write_changes

        folder = publication.begun(root.published)
        units = write_changes(folder / publication.WAREHOUSE, root.kept, folder)
        return dg.MaterializeResult(metadata={"units changed": units})

    @dg.asset(
        key=["published", "front_page"],
        group_name=GROUP,
        kinds={"html"},
        deps=[WAREHOUSE],
        description="data/published/index.html: every year and kind, and where to look for what.",
    )
    def write_front_page(run_lock: RunLock) -> None:
        from ..publishing import front

        folder = publication.begun(root.published)
        name = publication.called(folder)
        front.write_front_page(folder / publication.WAREHOUSE, folder, name, publication.made_at(name))

    parts = [
        publish_warehouse,
        write_exports,
        publish_data_docs,
        write_quality_reports,
        write_annexes,
        write_site,
        write_dictionary_page,
        write_changes_page,
        write_front_page,
    ]

    @dg.asset(
        key=PUBLICATION,
        group_name=GROUP,
        kinds={"json"},
        deps=[part.key for part in parts],
        description="data/published/publication.json: all parts put in place at one moment, and what they are.",
    )
    def put_in_place(run_lock: RunLock) -> dg.MaterializeResult:
        stopping.refuse_to_go_on()
        whole = publication.put_in_place(root.published)
        return dg.MaterializeResult(metadata={"publication": whole.name, "files": len(whole.files)})

    @dg.asset(
        key=["published", "kept"],
        group_name=GROUP,
        kinds={"duckdb", "gzip"},
        deps=[PUBLICATION],
        description="data/published/kept: every publication as it was given, by its day, with a manifest beside it.",
    )
    def keep_publication(run_lock: RunLock) -> dg.MaterializeResult:
        kept = _keep(root)
        return dg.MaterializeResult(metadata={"kept now": kept or "nothing: it says what is kept"})

    return [*parts, put_in_place, keep_publication]


def _keep(root: Root) -> str | None:
    """Keeps what stands, if it is what was given and is not kept yet; gives its name."""
    from ..publishing.kept import keep

    now = publication.standing(root.published)
    given = now.whole(publication.WAREHOUSE) if now else None
    kept = keep(given, root.kept) if given else None
    return kept.name if kept else None


def contract_keys(models: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """The keys of the tables that the contract names."""
    return sorted(key for key in models.keys if key.path[0] == "main")


def _told(count: int | None) -> str:
    return "new" if count is None else str(count)
