"""`dbt build` beside this process, so that each node is told when it ends, and what dbt takes of memory goes with it.

Here: what is asked of dbt, and what is known of a node when it has ended. Not here: calling dbt (`build.py`), the far
side (`dbt_process.py`), and which nodes are chosen and what is made of them (`defs/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import beside, stopping
from ..errors import UserError
from ..files import write_atomically
from ..root import Root
from . import build, spark

if TYPE_CHECKING:
    from dbt_common.events.base_types import EventMsg


@dataclass(frozen=True, slots=True)
class Ended:
    """A node that has ended. status: dbt's word. failures: of a test, the rows that it is about. rows: of a table."""

    unique_id: str
    status: str
    seconds: float
    failures: int
    message: str
    rows: int | None


def build_nodes(root: Root, chosen: Sequence[str] | None = None, engine: str = build.DUCKDB) -> Iterator[Ended]:
    """Builds registries and models and holds them to their tests; gives each of them as it ends.

    chosen: the full names (fqn) of nodes and tests, and nothing that hangs on them is built or tested; None: all, and
    the unit tests, which run once for each state of the project, because they are given their rows. Raises BuildFailed
    when all have ended, where one of them failed, and CouldNotRun where dbt could not run.
    """
    try:
        yield from beside.ask(build.PROCESS, "build", root, chosen, engine)
    except beside.BrokeDown as error:
        stopping.refuse_to_go_on()
        raise build.could_not_run("build", str(error)) from error


def build_here(tell: Callable[[Ended], None], root: Root, chosen: Sequence[str] | None, engine: str) -> None:
    """What `build_nodes` asks for, in this process; tells each node as it ends, from whichever thread worked on it."""
    if engine == build.DUCKDB:
        _build(tell, root, chosen, engine)
        return
    if chosen is not None:
        raise UserError(
            "The engine spark builds all models or none: run all of it, or leave EGOV_ENGINE empty.",
            "Bộ máy spark chỉ tính toàn bộ. Hãy chạy toàn bộ, hoặc bỏ trống EGOV_ENGINE.",
        )
    with spark.building(root, build.read_manifest(root)):
        _build(tell, root, chosen, engine)


def _build(tell: Callable[[Ended], None], root: Root, chosen: Sequence[str] | None, engine: str) -> None:
    proved = root.dbt_target / "unit_tests.fingerprint"
    now = build.fingerprint(root)
    is_due = (
        chosen is None and engine == build.DUCKDB and not (proved.is_file() and proved.read_bytes() == now.encode())
    )
    command = ["build", "--no-write-json", *([] if is_due else ["--exclude-resource-type", "unit_test"])]
    if chosen is not None:
        command += ["--indirect-selection", "empty", "--select", *chosen]
    results = build.run(root, *command, callbacks=[_teller(tell, engine)], engine=engine)
    if is_due and all(str(one.status) == "pass" for one in results if one.node.resource_type == "unit_test"):
        write_atomically(proved, now.encode())
    build.refuse_failures(results)


def _teller(tell: Callable[[Ended], None], engine: str) -> Callable[[EventMsg], None]:
    """A callback for dbt."""

    def on_event(event: EventMsg) -> None:
        if event.info.name == "NodeFinished":
            node, result = event.data.node_info, event.data.run_result
            rows = _rows(node, engine) if result.status == "success" else None
            tell(Ended(node.unique_id, result.status, result.execution_time, result.num_failures, result.message, rows))

    return on_event


def _rows(node: Any, engine: str) -> int | None:
    """The rows of a table that was just built, by the connection that dbt holds; nobody else can open the file."""
    if node.resource_type not in ("model", "seed") or node.materialized == "view":
        return None
    if engine != build.DUCKDB:
        return spark.rows(node)
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    held: Any = DuckDBConnectionManager._ENV
    with held.conn.cursor() as cursor:
        return cursor.execute(f"SELECT count(*) FROM {node.node_relation.relation_name}").fetchall()[0][0]
