"""The exported CSV files described for programs, as a Data Package (datapackage.org): types, units, keys, sources,
licences. Frictionless, R, pandas and whatever else knows the form then read every column as what it is.

Here: the description, which is a small JSON file. Not here: the files (`exports.py`), what their columns mean
(`contract.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from .contract import Column, Table

DESCRIPTOR = "datapackage.json"
_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}
# Of figures, which are decimals: all are scores or what is computed of them, but for these, which are ratios.
_POINTS, _OF_ONE = "điểm / points", "1"
RATIOS = frozenset({"completeness", "percentile", "pile_share", "share_in_both", "weight"})
# Where a column of that name leads, in every table in which all its values are found there.
_REFERENCES = {
    "assessment_key": "dim_assessment",
    "finding_id": "fct_finding",
    "submission_id": "fct_submission",
    "submitter_key": "dim_unit",
    "unit_key": "dim_unit",
}
_TARGETS = {"submitter_key": "unit_key"}  # else of the same name
# Of a source that nobody has given a licence there is nothing else to be said; the name is the Open Definition's.
_NOT_STATED = "Không nêu giấy phép / Licence not specified"


def write_descriptor(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], path: Path) -> None:
    """Writes the description of these tables' CSV files, which lie beside `path`."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "egov",
        "title": "Điểm Chính quyền điện tử / E-government scores",
        "description": "Published tables and views. In the text of a CSV file, what a spreadsheet program would take "
        "for a formula has an apostrophe before it; the Parquet files hold it as it is. An empty text and no text are "
        "alike.",
        "licenses": list(_licences(connection)),
        "sources": list(_sources(connection)),
        "resources": [_resource(connection, table, tables) for table in tables],
    }
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def unit_of(column: Column) -> str:
    """What a column's figures are measured in; empty where it holds none."""
    if not column.kind.startswith("DECIMAL"):
        return ""
    return _OF_ONE if column.name in RATIOS else _POINTS


def _licences(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, str]]:
    """Each licence once, with what it is the licence of."""
    found = connection.execute(
        """
        SELECT licence, licence_url, note_vi, note_en, string_agg(DISTINCT about, ', ' ORDER BY about)
        FROM dim_source GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    for licence, url, vi, en, about in found:
        title = " / ".join(filter(None, (vi, en))) or (_NOT_STATED if licence == "notspecified" else licence)
        yield {"name": licence, "title": f"{about}: {title}", **({"path": url} if url else {})}


def _sources(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, str]]:
    """What was published, and where the rules and units come from; drafts are in `dim_source`."""
    found = connection.execute(
        """
        SELECT DISTINCT concat_ws(', ', about, index_code, year, publisher, title, dated) AS title FROM dim_source
        WHERE kind IS NULL OR kind = 'published' ORDER BY title
        """
    ).fetchall()
    return ({"title": title} for (title,) in found)


def _resource(connection: duckdb.DuckDBPyConnection, table: Table, tables: Iterable[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    required = {column.name for column in table.columns if column.is_required}
    if table.key:  # a primary key may not be empty, not even in part
        schema |= (
            {"primaryKey": list(table.key)} if required.issuperset(table.key) else {"uniqueKeys": [list(table.key)]}
        )
    references = list(_references(connection, table, {one.name for one in tables}))
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    kind = "number" if column.kind.startswith("DECIMAL") else _TYPES[column.kind]
    unit = unit_of(column)
    return {
        "name": column.name,
        "type": kind,
        "description": column.description,
        **({"unit": unit} if unit else {}),
        **({"constraints": {"required": True}} if column.is_required else {}),
    }


def _references(connection: duckdb.DuckDBPyConnection, table: Table, known: set[str]) -> Iterator[dict[str, Any]]:
    for column in (one.name for one in table.columns):
        target, field = _REFERENCES.get(column), _TARGETS.get(column, column)
        if target in known - {table.name} and _holds(connection, table.name, column, target, field):
            yield {"fields": [column], "reference": {"resource": target, "fields": [field]}}


def _holds(connection: duckdb.DuckDBPyConnection, table: str, column: str, target: str, field: str) -> bool:
    missing = connection.execute(
        f'SELECT 1 FROM "{table}" WHERE "{column}" IS NOT NULL '
        f'AND "{column}" NOT IN (SELECT "{field}" FROM "{target}") LIMIT 1'
    ).fetchall()
    return not missing
