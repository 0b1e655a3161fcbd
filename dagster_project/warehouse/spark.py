"""The same dbt project on an engine that speaks Spark's SQL: Sail in this process, or whatever SPARK_REMOTE names.

Here: what a build there begins with, as Parquet; a server, where there is none; and its results read back into the
working database, for all that follows. Not here: the models (`dbt_project/`), what engines call in their own way
(`macros/engine/`), and when this is used (`defs/models.py`). Only a run that asks for it imports anything of Spark.

The Parquet lies in `data/warehouse/spark`, or in the folder that EGOV_PARQUET names: a server on other machines needs
one that it sees under the same name. Each build has a new folder in it, and takes it away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ..errors import UserError
from ..root import Root
from . import plan, tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINE = "spark"
_REMOTE = "SPARK_REMOTE"
_PARQUET = "EGOV_PARQUET"
# Figures keep all their decimals, and what does not fit its type is an error.
_SETTINGS = {"spark.sql.decimalOperations.allowPrecisionLoss": "false", "spark.sql.ansi.enabled": "true"}
# Beside what analysts read and the checks: what the judgement reads, and the guard of corrections.
_READ_BACK = {"int_finding", "int_version", "int_delivery_profile", "int_correction_outcome"}
_SCHEMAS = ("registry", "staging", "intermediate", "checks", "main")


@contextmanager
def building(root: Root, manifest: Mapping[str, Any]) -> Iterator[None]:
    """While dbt builds on Spark: landing tables and registries lie there as Parquet. What it built is in the working
    database afterwards, in the place of all that was; where it does not end well, nothing is."""
    seeds = [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    with _folder(root) as folder, session() as there, _environment({_PARQUET: str(folder)}):
        _write(root, seeds, folder)
        _declare_landing(there, folder)
        yield
        _read_back(root, there, [node for node in models if _is_read_back(node)])


def rows(node: Any) -> int:
    """The rows of a table that was just built."""
    return _session().sql(f"select count(*) from {node.node_relation.relation_name}").collect()[0][0]


def _is_read_back(node: Mapping[str, Any]) -> bool:
    return node["schema"] in ("main", "checks") or node["name"] in _READ_BACK


@contextmanager
def _folder(root: Root) -> Iterator[Path]:
    above = Path(os.environ.get(_PARQUET, root.warehouse / "spark"))
    above.mkdir(parents=True, exist_ok=True)
    for left in above.glob("build-*"):  # of builds that were killed
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="build-", dir=above))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def session() -> Iterator[SparkSession]:
    """The session of this process, which is dbt's too: on the server that is named, or on Sail in this process."""
    if os.environ.get(_REMOTE):
        with _strict():
            yield _session()
        return
    os.environ.setdefault("RUST_LOG", "error")  # or Sail writes on the screen
    try:
        from pysail.spark import SparkConnectServer
    except ImportError as error:
        raise UserError(
            "The engine spark is not installed. Install it: pip install 'egov-warehouse[spark]'; or name a server in "
            "SPARK_REMOTE.",
            "Chưa cài bộ máy spark. Hãy cài: pip install 'egov-warehouse[spark]'; hoặc ghi tên máy chủ trong "
            "SPARK_REMOTE.",
        ) from error
    server = SparkConnectServer()
    server.start()
    host, port = server.listening_address
    with _strict(), _environment({_REMOTE: f"sc://{host}:{port}"}):
        try:
            yield _session()
        finally:
            _session().stop()  # first: at the end of the process its client would call the server for ten minutes
            server.stop()


@contextmanager
def _strict() -> Iterator[None]:
    """dbt-spark turns Spark's ANSI mode off with each statement, whatever a profile says. Then what does not fit its
    type is null without a word, which nobody would see in a total: it stays an error, as it is on DuckDB."""
    from dbt.adapters.spark.connections import SparkCredentials

    as_made = SparkCredentials.__post_init__

    def made(self: SparkCredentials) -> None:
        as_made(self)
        self.server_side_parameters.update(_SETTINGS)

    SparkCredentials.__post_init__ = made
    try:
        yield
    finally:
        SparkCredentials.__post_init__ = as_made


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _session() -> SparkSession:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.getOrCreate()
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    return session


def _write(root: Root, seeds: list[Mapping[str, Any]], folder: Path) -> None:
    """Registries, with the order of their rows, and landing tables."""
    with duckdb.connect(str(root.build_database)) as connection:
        for table in tables.ALL:
            place = _new(folder, tables.SCHEMA, table.name)
            connection.execute(f"COPY {tables.SCHEMA}.{table.name} TO '{place}' (FORMAT parquet)")
        for seed in seeds:
            place = _new(folder, "registry", seed["name"])
            of = plan.Seed.of(seed["relation_name"], seed["original_file_path"], seed["config"]["column_types"])
            read, values = of.reading(root)
            numbered = f"SELECT *, row_number() OVER () - 1 AS place_in_registry FROM {read}"
            connection.execute(f"COPY ({numbered}) TO '{place}' (FORMAT parquet)", values)


def _new(folder: Path, schema: str, name: str) -> Path:
    place = folder / schema / name
    place.mkdir(parents=True)
    return place / "rows.parquet"


def _declare_landing(session: SparkSession, folder: Path) -> None:
    session.sql(f"create schema if not exists {tables.SCHEMA}")
    for table in tables.ALL:
        name = f"{tables.SCHEMA}.{table.name}"
        session.sql(f"drop table if exists {name}")
        session.sql(f"create table {name} using parquet location '{folder / tables.SCHEMA / table.name}'")


def _read_back(root: Root, session: SparkSession, models: list[Mapping[str, Any]]) -> None:
    """Tables as dbt makes them on DuckDB: names and types, what may not be empty, and what it all means. All or
    nothing, in the place of all that was built before: parts of two builds would not fit."""
    folder = os.environ[_PARQUET]
    with duckdb.connect(str(root.build_database)) as connection:
        connection.begin()
        for schema in _SCHEMAS:
            if schema != "main":
                connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        for (left,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'main'"
        ).fetchall():
            connection.execute(f'DROP TABLE main."{left}"')
        for node in models:
            name = f'{node["schema"]}."{node["alias"]}"'
            types = {
                field.name: field.dataType.simpleString() for field in session.table(name.replace('"', "`")).schema
            }
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {node['schema']}")
            connection.execute(f"CREATE TABLE {name} ({', '.join(_parts(node, types))})")
            files = f"{folder}/tables/{node['alias']}/*.parquet"
            if connection.execute("SELECT count(*) FROM glob(?)", [files]).fetchall()[0][
                0
            ]:  # none: a table without rows
                connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM read_parquet(?)", [files])
            if node["config"]["persist_docs"]:
                connection.execute(";".join(_comments(name, node)))
        connection.commit()


def _parts(node: Mapping[str, Any], types: Mapping[str, str]) -> Iterator[str]:
    """The columns of a table, and which of them its contract wants filled."""
    for column, kind in types.items():
        held = [one["type"] for one in node["columns"].get(column, {}).get("constraints", [])]
        yield f'"{column}" {kind}{" NOT NULL" if "not_null" in held else ""}'


def _comments(name: str, node: Mapping[str, Any]) -> Iterator[str]:
    yield f"COMMENT ON TABLE {name} IS {_text(node['description'])}"
    for column, of in node["columns"].items():
        yield f'COMMENT ON COLUMN {name}."{column}" IS {_text(of["description"])}'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
