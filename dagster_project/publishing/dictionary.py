"""The dictionary: dbt's documentation as one page that opens from the disk, without a server and without a network.

Here: dbt's own page with the project's manifest and the columns of the published tables put into it. Not here: the
words, which stand beside the models (`dbt_project/models/**/*.yml`). `dbt docs generate --static` makes the same page
in seconds more, with the paths and the clock of the machine in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .contract import Table, opened, tables
from .places import new_folder

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


def write_dictionary(manifest: Path, published: Path, folder: Path) -> None:
    """Writes the folder anew: `index.html`, from dbt's manifest and the published warehouse."""
    from dbt.task.docs import DOCS_INDEX_FILE_PATH

    with opened(published) as connection:
        published_tables = tables(connection)
    described = _without_run(json.loads(manifest.read_bytes()))
    page = Path(DOCS_INDEX_FILE_PATH).read_text(encoding="utf-8")
    page = _put(page, "MANIFEST", described)
    page = _put(page, "CATALOG", _catalog(described, published_tables))
    with new_folder(folder) as beside:
        (beside / "index.html").write_text(page, encoding="utf-8")


def _put(page: str, name: str, content: dict[str, Any]) -> str:
    """The page with the content in the place that it keeps for it. '</' would end the script that it stands in."""
    return page.replace(f'"{name}.JSON INLINE DATA"', json.dumps(content, ensure_ascii=False).replace("</", "<\\/"), 1)


def _catalog(manifest: dict[str, Any], published: list[Table]) -> dict[str, Any]:
    """What dbt's page calls a catalog: the columns of the contract's tables, by the node that makes each."""
    by_name = {table.name: table for table in published}
    nodes = {}
    for unique_id, node in manifest["nodes"].items():
        table = by_name.get(node.get("alias", ""))
        if node["resource_type"] == "model" and node["schema"] == "main" and table:
            nodes[unique_id] = {
                "unique_id": unique_id,
                "metadata": {"type": "table", "schema": "main", "name": table.name, "comment": table.description},
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
        return {key: _without_run(value) for key, value in content.items() if key not in _OF_THIS_RUN}
    if isinstance(content, list):
        return [_without_run(value) for value in content]
    return content
