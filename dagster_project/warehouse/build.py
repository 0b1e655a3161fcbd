"""dbt, run in this process on the build database of a root.

Here: how it is called, what it leaves open, and its errors as sentences. Not here: what is built (`dbt_project/`), when
(`defs/`), its nodes as they end (`nodes.py`), and the compiled SQL of `egov check` (`plan.py`). dbt takes seconds to
import: only inside a function.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import beside, registries, stopping
from ..errors import UserError
from ..files import bytes_of, clear, write_atomically
from ..root import Root

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult
    from dbt_common.events.base_types import EventMsg

PROCESS = f"{__package__}.dbt_process"  # where dbt builds and parses (see `beside.py`)
# The engine that models are built on where nothing else is said; the other one is that of `spark.py`.
DUCKDB = "duckdb"
_SOURCES = {".sql", ".yml", ".yaml", ".md"}
_NOT_SOURCES = ("target", "logs", "seeds")


class BuildFailed(UserError):
    """dbt could not do what it was asked, or a test of ours failed: the run stops and nothing is published."""


class CouldNotRun(BuildFailed):
    """dbt itself broke down, before or beside any model: what it finds on the disk may be damaged."""


def arguments(root: Root, engine: str = DUCKDB) -> list[str]:
    """Where dbt finds the project of a root and where it writes; goes behind any command of dbt. Each engine
    has its own folder: dbt parses the project anew where it finds another's."""
    project, target = str(root.dbt_project), root.dbt_target if engine == DUCKDB else root.dbt_target / engine
    folders = ["--project-dir", project, "--profiles-dir", project, "--target-path", str(target)]
    chosen = [] if engine == DUCKDB else ["--target", engine]
    return [*chosen, *folders, "--log-path", str(root.warehouse / "logs"), "--log-level", "none", "--no-use-colors"]


def environment(root: Root) -> dict[str, str]:
    """The variables that dbt's profile asks for."""
    return {"EGOV_BUILD": str(root.build_database)}


def run(
    root: Root, *command: str, callbacks: Sequence[Callable[[EventMsg], None]] = (), engine: str = DUCKDB
) -> list[NodeResult]:
    """Runs a command of dbt, such as `build`, and gives the result of each node.

    Raises CouldNotRun where dbt could not run; a node that failed is told by its result (see `refuse_failures`).
    """
    registries.prepare(root)
    root.warehouse.mkdir(parents=True, exist_ok=True)
    os.environ.update(environment(root))
    from dbt.cli.main import dbtRunner

    try:
        done = dbtRunner(callbacks=list(callbacks)).invoke([*command, *arguments(root, engine)])
    finally:
        _let_go_of_the_database()
    stopping.refuse_to_go_on()
    if done.exception is not None:
        raise could_not_run(command[0], str(done.exception))
    return list(getattr(done.result, "results", None) or [])


def could_not_run(command: str, details: str) -> CouldNotRun:
    """The error of a command of dbt that broke down, with dbt's words or with what else is known of it."""
    return CouldNotRun(*_sentences((f"dbt {command} could not run", f"dbt {command} không chạy được"), details))


def refuse_failures(results: Sequence[NodeResult]) -> None:
    """Raises BuildFailed where a model could not be built or a test of ours did not hold; it names the first."""
    failed = [result for result in results if str(result.status) in ("error", "fail", "runtime error")]
    if failed:
        first = failed[0]
        kind = first.node.resource_type
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        vi_more = f" (và {len(failed) - 1} lỗi nữa)" if len(failed) > 1 else ""
        what = (
            f"The {kind} {first.node.name}{more} failed, in {first.node.original_file_path}",
            f"{kind} {first.node.name}{vi_more} không qua, trong {first.node.original_file_path}",
        )
        raise BuildFailed(*_sentences(what, first.message or ""))


def manifest(root: Root) -> Path:
    """dbt's manifest of a root's project, made anew where the project has changed since. Raises BuildFailed where the
    project cannot be parsed. A copy, because dbt writes its own again at each call and may be killed in the middle."""
    registries.prepare(root)
    path = root.dbt_target / "manifests" / f"{fingerprint(root)}.json"
    if not _is_json(path):
        clear(path)
        _parse(root)
        write_atomically(path, (root.dbt_target / "manifest.json").read_bytes())
        for other in path.parent.glob("*.json"):
            if other != path:
                clear(other)
    return path


def _parse(root: Root) -> None:
    """In the process of dbt, of which nothing stays in this one."""
    try:
        beside.made(PROCESS, "parse", root)
    except beside.BrokeDown as error:
        stopping.refuse_to_go_on()
        raise could_not_run("parse", str(error)) from error


def read_manifest(root: Root) -> dict[str, Any]:
    """What `manifest` has. Raises as it does."""
    return _parsed(manifest(root))


def fingerprint(root: Root) -> str:
    """A hash of all that decides what dbt compiles; the contents of the registries do not."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.name.encode())
        if path.suffix in _SOURCES:
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _parsed(path: Path) -> Any:
    return json.loads(bytes_of(path))


def _is_json(path: Path) -> bool:
    try:
        return path.exists() and isinstance(_parsed(path), dict)
    except (OSError, ValueError):
        return False


def _sources(root: Root) -> Iterator[Path]:
    for folder, folders, names in os.walk(root.dbt_project):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES)
        yield from (Path(folder, name) for name in sorted(names) if Path(name).suffix in _SOURCES)
    for folder in (root.seeds, root.expectations):
        yield from sorted(folder.glob("*.csv"))


def _let_go_of_the_database() -> None:
    """dbt keeps its connection for the next command; while it does, nobody else can open the file."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    held: Any = DuckDBConnectionManager._ENV
    if held is not None:
        held.close()
        DuckDBConnectionManager._ENV = None


def _sentences(what: tuple[str, str], details: str) -> tuple[str, str]:
    """What happened, in English and Vietnamese, with dbt's own words on lines of their own; of a lock, what to do."""
    if "Could not set lock" in details or "being used by another process" in details:
        return (
            "Another run is at work on this warehouse. Wait until it has ended, then run again.",
            "Một lượt chạy khác đang dùng kho này. Hãy đợi xong rồi chạy lại.",
        )
    lines = [line.strip() for line in details.splitlines() if line.strip()][:12]
    english, vietnamese = what
    return "\n  ".join([f"{english}:", *lines]), f"{vietnamese}:"
