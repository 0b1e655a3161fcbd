"""The result tables as of a day: what was current at its end, as the submissions and corrections known by then made it,
under today's registries.

Here: those tables in a database of their own in memory. Not here: asking (`querying.py`), and what was known when
(`fct_…_history` has the days of each row). A report as it was given is a kept publication, not this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from ..days import refuse_to_come
from ..errors import UserError
from ..root import Root

if TYPE_CHECKING:
    import duckdb

TABLES = ("fct_component_score", "fct_pillar_result", "fct_unit_result")


@contextmanager
def believed_on(root: Root, day: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that holds the three tables as of the end of that day, and nothing else. Raises UserError
    where nothing has been published yet, and of a day to come."""
    import duckdb

    from .querying import CLOSED, published

    refuse_to_come(day)

    with published(root):  # there is one, and it can be opened
        path = str(root.published_database.resolve()).replace("'", "''")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH '{path}' AS published (READ_ONLY)")
        try:
            for table in TABLES:
                _make(connection, table, day)
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise UserError(
                "What is published was made by an earlier version, without its past. Run `egov run`.",
                "Kho đang công bố do phiên bản trước tạo, chưa lưu quá khứ. Hãy chạy `egov run`.",
            ) from error
        connection.execute("DETACH published")
        for setting, value in CLOSED.items():
            connection.execute(f"SET {setting} = {value}")
        yield connection


def _make(connection: duckdb.DuckDBPyConnection, table: str, day: date) -> None:
    connection.execute(
        f"""CREATE TABLE {table} AS FROM published.{table}_history
        WHERE coalesce(valid_from <= $day, true) AND coalesce(valid_to > $day, true)""",
        {"day": day},
    )


def no_other_tables(error: duckdb.CatalogException) -> UserError:
    """What to say where a query asked for something that is not among the three tables."""
    kept = ", ".join(TABLES)
    what = str(error).splitlines()[0].removeprefix("Catalog Error: ")
    return UserError(
        f"--as-of answers from {kept} only, whose past is kept by day ({what}) For a whole warehouse as it was, open a "
        "kept publication (docs/operate.md).",
        f"--as-of chỉ trả lời từ các bảng {kept}, vì chỉ các bảng này được lưu theo ngày. Muốn xem cả kho như lúc đó, "
        "hãy mở bản công bố đã lưu (docs/operate.md).",
    )
