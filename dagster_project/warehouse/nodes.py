"""`dbt build` in a thread of its own, so that each node is told when it ends and not when all have ended.

Here: that thread, and what is known of a node then. Not here: calling dbt (`build.py`), and which nodes are chosen and
what is made of them (`defs/`).
"""

from __future__ import annotations

import ctypes
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..files import write_atomically
from ..root import Root
from . import build, spark

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult
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
    when all have ended, where one of them failed, and where dbt could not run.
    """
    proved = root.dbt_target / "unit_tests.fingerprint"
    now = build.fingerprint(root)
    is_due = (
        chosen is None and engine == build.DUCKDB and not (proved.is_file() and proved.read_bytes() == now.encode())
    )
    command = ["build", "--no-write-json", *([] if is_due else ["--exclude-resource-type", "unit_test"])]
    if chosen is not None:
        command += ["--indirect-selection", "empty", "--select", *chosen]
    results = yield from _as_they_end(root, command, engine)
    if is_due and all(str(one.status) == "pass" for one in results if one.node.resource_type == "unit_test"):
        write_atomically(proved, now.encode())
    build.refuse_failures(results)


def _as_they_end(root: Root, command: list[str], engine: str) -> Iterator[Ended]:
    """Runs a command of dbt; gives each node as it ends, and at the end dbt's own results."""
    events: queue.SimpleQueue[Ended | None] = queue.SimpleQueue()
    outcome: list[list[NodeResult] | BaseException] = []

    def work() -> None:
        try:
            outcome.append(build.run(root, *command, callbacks=[_teller(events.put, engine)], engine=engine))
        except BaseException as error:
            outcome.append(error)
        finally:
            events.put(None)

    dbt = threading.Thread(target=work, name="dbt")
    dbt.start()
    try:
        while (ended := events.get()) is not None:
            yield ended
    except BaseException:
        _interrupt(dbt)
        raise
    finally:
        dbt.join()
    (done,) = outcome
    if isinstance(done, BaseException):
        raise done
    return done


def _teller(tell: Callable[[Ended], None], engine: str) -> Callable[[EventMsg], None]:
    """A callback for dbt, which calls it in the thread that worked on the node."""

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


def _interrupt(thread: threading.Thread) -> None:
    """Ctrl-C for a thread, which Python gives to the first only: dbt then cancels what it is at."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(KeyboardInterrupt))
