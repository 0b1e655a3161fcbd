"""Whether the build database is of one piece: each table built from what its parents hold, each test passed on that.

Here: the record `data/warehouse/built.json`, which says by a hash what each node of dbt was built from, and the refusal
to publish parts. Such a hash is of the dbt project, of the registry's file or the last reading of the submissions, and
of the hashes of all parents: so runs that build some of the models each may add up to a whole, and it is known whether
they do. Not here: what a completed run was built from (`last_run.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import last_run
from ..errors import UserError
from ..files import bytes_of, clear, sha256_of, write_atomically
from ..root import Root
from . import build

_JUDGEMENT = "judgement"
_NAMES_SHOWN = 4


@contextmanager
def building(root: Root, names: Iterable[str]) -> Iterator[None]:
    """While these nodes are built and tested; where that does not end well, they are not part of any whole."""
    chosen = set(names)
    kept = {name: of for name, of in _read(root).items() if name not in chosen}
    _write(root, kept)
    nodes = _nodes(root)
    hashes = _hashes(root, nodes, {name: kept.get(name, "") for name in nodes if name not in chosen})
    yield
    _write(root, kept | {name: hashes[name] for name in chosen})


def forget(root: Root) -> None:
    """The build database has been made anew, and nothing of it is built."""
    clear(_path(root))


def note_judgement(root: Root) -> None:
    """What the build database now holds has been judged, and both engines agree."""
    record = _read(root)
    _write(root, record | {_JUDGEMENT: _of_all(record)})


def refuse_parts(root: Root) -> None:
    """Raises UserError where the build database is not of one piece, or has not been judged as it is."""
    record, nodes = _read(root), _nodes(root)
    registries = {name: record.get(name, "") for name, node in nodes.items() if node["resource_type"] == "seed"}
    hashes = _hashes(root, nodes, registries)
    parts = sorted(nodes[name]["name"] for name in nodes if not hashes[name] or record.get(name) != hashes[name])
    if not parts and record.get(_JUDGEMENT) != _of_all(record):
        parts = ["data_quality"]
    if parts:
        more = f" … (+{len(parts) - _NAMES_SHOWN})" if len(parts) > _NAMES_SHOWN else ""
        named = ", ".join(parts[:_NAMES_SHOWN]) + more
        raise UserError(
            "Only parts of the warehouse have been built, and nothing was published. Not built, tested or judged on "
            f"what the rest is built from: {named}. Build all of it: egov run.",
            "Kho mới được tính lại một phần nên chưa công bố gì. Chưa tính lại hoặc chưa kiểm tra trên cùng số liệu "
            f"với phần còn lại: {named}. Hãy chạy lại toàn bộ: egov run.",
        )


def _nodes(root: Root) -> dict[str, Mapping[str, Any]]:
    """All registries, models and tests, by their names in dbt's manifest."""
    found = build.read_manifest(root)["nodes"]
    return {name: node for name, node in found.items() if node["resource_type"] in ("seed", "model", "test")}


def _hashes(root: Root, nodes: Mapping[str, Mapping[str, Any]], known: Mapping[str, str]) -> dict[str, str]:
    """What each node would be built from now, where for some it is known what they were built from; '' is nothing."""
    project, read = build.fingerprint(root), last_run.reading_noted(root)
    hashes = dict(known)

    def of(name: str) -> str:
        if name not in nodes:
            return read  # a source: a landing table
        if name not in hashes:
            node = nodes[name]
            own = sha256_of(root.dbt_project / node["original_file_path"]) if node["resource_type"] == "seed" else ""
            parents = [of(parent) for parent in sorted(node.get("depends_on", {}).get("nodes", []))]
            hashes[name] = _hash([project, name, own, *parents]) if all(parents) else ""
        return hashes[name]

    for name in nodes:
        of(name)
    return hashes


def _of_all(record: Mapping[str, str]) -> str:
    return _hash([f"{name} {of}" for name, of in sorted(record.items()) if name != _JUDGEMENT])


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read(root: Root) -> dict[str, str]:
    if not root.build_database.exists():
        return {}
    try:
        found = json.loads(bytes_of(_path(root)))
    except (OSError, ValueError):
        return {}
    is_one = isinstance(found, dict) and all(isinstance(of, str) for of in found.values())
    return found if is_one else {}


def _write(root: Root, record: Mapping[str, str]) -> None:
    write_atomically(_path(root), json.dumps(record, indent=1, sort_keys=True).encode())


def _path(root: Root) -> Path:
    return root.warehouse / "built.json"
