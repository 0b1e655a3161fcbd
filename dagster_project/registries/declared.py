"""What each registry is: its columns, their types, its key, its validity, its words.

Here: the declarations as records, read from where dbt has them (`dbt_project/models/registry/_registry.yml`), so that
they stand once. Not here: holding a file to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ..root import REPOSITORY

DECLARATIONS = REPOSITORY / "dbt_project" / "models" / "registry" / "_registry.yml"


@dataclass(frozen=True)
class Registry:
    """One table that people keep. columns: by name its type, as dbt has it. required: no row may leave these empty.
    header: these columns must be there. key: what a row is told by. valid: the two columns of its validity, or none.
    words: by column the only ones it may hold. may_have_more: whether people may add columns of their own."""

    name: str
    columns: dict[str, str]
    required: tuple[str, ...]
    header: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    valid: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    may_have_more: bool = False

    @property
    def is_valid_by_year(self) -> bool:
        """Whether its validity is of whole years, both included; else of days, without the last."""
        return self.columns[self.valid[0]] == "integer"


@cache
def registries() -> dict[str, Registry]:
    """All registries, by name, in the order in which they are declared."""
    return declared_in(DECLARATIONS)


def declared_in(path: Path) -> dict[str, Registry]:
    """The registries that a YAML file of dbt declares: seeds with `meta.registry`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    seeds = yaml.load(path.read_bytes(), loader)["seeds"]
    return {
        seed["name"]: _registry(seed["name"], seed["config"]["column_types"], seed["config"]["meta"]["registry"])
        for seed in seeds
        if "meta" in seed["config"]
    }


def _registry(name: str, columns: dict[str, str], said: dict) -> Registry:
    lists = {key: tuple(said.get(key, ())) for key in ("required", "header", "key", "valid")}
    words = {column: tuple(of_column) for column, of_column in said.get("words", {}).items()}
    return Registry(name, columns, **lists, words=words)
