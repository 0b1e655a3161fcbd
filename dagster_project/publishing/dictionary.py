"""The dictionary: dbt's documentation as one page that opens from the disk, without a server and without a network.

Here: dbt's own page with the project's manifest, the views that dbt knows nothing of, and the columns of what is
published put into it. Not here: the words, which stand beside models and views (`<name>.yml`). `dbt docs generate
--static` makes the same page in seconds more, with the paths and the clock of the machine in it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from .contract import Table, opened, tables, views
from .places import new_folder
from .views import FOLDER

# What a manifest says of the machine and the moment that it was made on.
_OF_THIS_RUN = {
    "build_path",
    "compiled_path",
    "created_at",
    "generated_at",
    "invocation_id",
    "invocation_started_at",
    "root_path",
    "run_started_at",
    "user_id",
}
# What dbt gathers from sets, in another order each time that it reads the project.
_IN_NO_ORDER = {"macros", "nodes", "refs", "sources"}


def write_dictionary(manifest: Path, published: Path, folder: Path) -> None:
    """Writes the folder anew: `index.html`, from dbt's manifest and the published warehouse."""
    from dbt.task.docs import DOCS_INDEX_FILE_PATH

    with opened(published) as connection:
        published_tables, published_views = tables(connection), views(connection)
    described = _without_run(json.loads(manifest.read_bytes()))
    for view in published_views:
        _put_view(described, view)
    page = Path(DOCS_INDEX_FILE_PATH).read_text(encoding="utf-8")
    page = _put(page, "MANIFEST", described)
    page = _put(page, "CATALOG", _catalog(described, [*published_tables, *published_views]))
    with new_folder(folder) as beside:
        (beside / "index.html").write_text(page, encoding="utf-8")


def _put(page: str, name: str, content: dict[str, Any]) -> str:
    """The page with the content in the place that it keeps for it. '</' would end the script that it stands in."""
    return page.replace(f'"{name}.JSON INLINE DATA"', json.dumps(content, ensure_ascii=False).replace("</", "<\\/"), 1)


def _put_view(manifest: dict[str, Any], view: Table) -> None:
    """Adds a view to the manifest as a model of its own, after the tables that its SELECT names."""
    path = FOLDER / f"{view.name}.sql"
    select, unique_id = path.read_text(encoding="utf-8"), f"model.egov.{view.name}"
    words = set(re.findall(r"\w+", select))
    read = [key for key, node in manifest["nodes"].items() if node["schema"] == "main" and node.get("alias") in words]
    manifest["nodes"][unique_id] = {
        "unique_id": unique_id,
        "resource_type": "model",
        "package_name": "egov",
        "database": "egov",
        "schema": "main",
        "name": view.name,
        "alias": view.name,
        "fqn": ["egov", "views", view.name],
        "original_file_path": f"views/{path.name}",
        "description": view.description,
        "columns": {each.name: {"name": each.name, "description": each.description} for each in view.columns},
        "config": {"materialized": "view"},
        "depends_on": {"macros": [], "nodes": read},
        "raw_code": select,
        "language": "sql",
        "docs": {"show": True},
        "tags": [],
        "meta": {},
    }
    manifest["parent_map"][unique_id], manifest["child_map"][unique_id] = read, []
    for parent in read:
        manifest["child_map"].setdefault(parent, []).append(unique_id)


def _catalog(manifest: dict[str, Any], published: list[Table]) -> dict[str, Any]:
    """What dbt's page calls a catalog: the columns of what is published, by the node that makes each."""
    by_name = {table.name: table for table in published}
    nodes = {}
    for unique_id, node in manifest["nodes"].items():
        table = by_name.get(node.get("alias", ""))
        if node["resource_type"] == "model" and node["schema"] == "main" and table:
            nodes[unique_id] = {
                "unique_id": unique_id,
                "metadata": {
                    "type": node.get("config", {}).get("materialized", "table"),
                    "schema": "main",
                    "name": table.name,
                    "comment": table.description,
                },
                "columns": {
                    column.name: {
                        "type": column.kind,
                        "index": number,
                        "name": column.name,
                        "comment": column.description,
                    }
                    for number, column in enumerate(table.columns, 1)
                },
                "stats": {},
            }
    return {"metadata": {}, "nodes": nodes, "sources": {}, "errors": None}


def _without_run(content: Any) -> Any:
    """The same without what is different on each machine and at each run."""
    if isinstance(content, dict):
        return {
            key: sorted(value, key=str) if key in _IN_NO_ORDER and isinstance(value, list) else _without_run(value)
            for key, value in content.items()
            if key not in _OF_THIS_RUN
        }
    if isinstance(content, list):
        return [_without_run(value) for value in content]
    return content
