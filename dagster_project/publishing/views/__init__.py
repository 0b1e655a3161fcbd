"""Views for the shapes in which results are often asked for: names beside the codes, one row per figure, a column per
year. They hold nothing of their own: each is a SELECT on the published tables.

Here: making them in a warehouse that is being published. `<name>.sql` is a view's SELECT; `years` in it are those that
have results. `<name>.yml` says what a row is (`description`) and what the columns are: in its own words (`columns`, and
`years` for a column per year), else in those of the first table under `like` that has a column of that name.
Not here: rules, which are in the tables already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from ..comparing import name, text

FOLDER = Path(__file__).parent


def make_views(connection: duckdb.DuckDBPyConnection, folder: Path = FOLDER) -> list[str]:
    """Makes the views in the schema in use, with comments on them and their columns; gives their names.

    Raises duckdb.Error where a table is missing that one of them reads.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)
    found = connection.execute("SELECT DISTINCT year FROM fct_unit_result ORDER BY year").fetchall()
    years = [year for (year,) in found]
    views = sorted(path.stem for path in folder.glob("*.sql"))
    for view in views:
        select = templates.get_template(f"{view}.sql").render(years=years)
        connection.execute(f"CREATE VIEW {name(view)} AS {select}")
        _comment(connection, view, folder / f"{view}.yml", years)
    return views


def _comment(connection: duckdb.DuckDBPyConnection, view: str, twin: Path, years: list[int]) -> None:
    import yaml

    said: dict[str, Any] = yaml.safe_load(twin.read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for table in reversed(said.get("like", [])):
        words |= _comments(connection, table)
    words |= said.get("columns", {}) | dict.fromkeys((f"y{year}" for year in years), said.get("years", ""))
    comments = [f"COMMENT ON VIEW {name(view)} IS {text(said['description'])}"]
    comments += [
        f"COMMENT ON COLUMN {name(view)}.{name(column)} IS {text(words[column])}"
        for column in _comments(connection, view)
        if words.get(column)
    ]
    connection.execute(";".join(comments))


def _comments(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    """The columns of a table or view in the schema in use, in their order, with what is said of them."""
    found = connection.execute(
        "SELECT column_name, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [table],
    )
    return dict(found.fetchall())
