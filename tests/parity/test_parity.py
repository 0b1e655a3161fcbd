"""Two engines, one project: every mart that Sail builds is the one that DuckDB builds, cell by cell, with its types.

Here: the decision, the SYNTHETIC years after it, replies and corrections, other indices, and a few random worlds.
With SPARK_REMOTE it is that server which is held against DuckDB. `make parity` says what was compared, and how long
each took.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from worlds.making import make
from worlds.writing import put

from dagster_project import registries
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, landing, spark

sys.path.insert(0, str(REPOSITORY / "tests" / "data" / "synthetic"))
from several_years import make_root

MISSING = [name for name in ("dbt.adapters.spark", "pyspark") if importlib.util.find_spec(name) is None]
if not os.environ.get("SPARK_REMOTE") and importlib.util.find_spec("pysail") is None:
    MISSING.append("pysail")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"the extra spark is not installed: {', '.join(MISSING)}"),
]

WITHOUT_UNIT_TESTS = ("build", "--no-write-json", "--exclude-resource-type", "unit_test")


Build = Callable[[Root], duckdb.DuckDBPyConnection]


def copied(folder: Path) -> Callable[[Path, Build], Root]:
    def make_root(path: Path, _: Build) -> Root:
        shutil.copytree(folder / "data" / "submissions", path / "data" / "submissions")
        if (folder / "registries").is_dir():
            shutil.copytree(folder / "registries", path / "registries")
        return Root(path)

    return make_root


def world(seed: int) -> Callable[[Path, Build], Root]:
    return lambda path, _: put(make(seed), path)


def several_years(path: Path, _: Build) -> Root:
    make_root(path)
    return Root(path)


def answered(path: Path, build_in_memory: Build) -> Root:
    """The decision, and SYNTHETIC: replies to what was found, corrections, an acceptance, its annex 01 sent again."""
    root = copied(REPOSITORY)(path, build_in_memory)
    registries, files = root.path / "registries", root.submissions / "2020"
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", registries)
    found = build_in_memory(root).execute(
        "select finding_id, code, stated from fct_finding where status = 'open' "
        "and (code = 'total_differs' or code = 'level_differs' and unit_name = 'Xã Đông Mỹ') order by code"
    )
    (level, _, stated), (total, *_) = found.fetchall()
    (files / "reply.csv").write_text(
        "Mã phát hiện,Hình thức trả lời,Nội dung trả lời,Số liệu đề nghị,Người trả lời,Ngày trả lời\n"
        f'{total},Đồng ý,Cộng nhầm,"45,13",,\n{level},Giải trình,Theo biên bản,,,\n',
        "utf-8",
    )
    annex = (REPOSITORY / "tests" / "data" / "inputs" / "09_utf8sig_comma_annex01.csv").read_text("utf-8-sig")
    (files / "mended.csv").write_text(annex.replace("44.93", "45.13"), "utf-8")
    with root.ledger.open("a", encoding="utf-8") as ledger:
        ledger.write("2020/reply.csv,,2020,reply,2021-04-12,UBND huyện Tiền Hải,\n")
        ledger.write("2020/mended.csv,,2020,published,2021-05-10,,SYNTHETIC\n")
    (registries / "corrections.csv").write_text(
        "correction_id,index_code,year,kind,unit_code,field,expect,corrected,decided_by,decided_on,authority,why,"
        'withdrawn_on\nscore,egov_2392,2020,,342,interaction,"27,48",29.48,,2021-04-20,,SYNTHETIC,\n'
        "total,egov_2392,2020,published,342,readiness_total,44.93,45.13,,2021-04-20,,SYNTHETIC,2021-05-10\n",
        "utf-8",
    )
    (registries / "acceptances.csv").write_text(
        f"finding_id,stated,accepted_by,accepted_on,why\n{level},{stated},UBND tỉnh,2021-04-20,SYNTHETIC\n", "utf-8"
    )
    return root


ROOTS = {
    "decision": copied(REPOSITORY),
    "several years": several_years,
    "replies and corrections": answered,
    "un-egdi": copied(REPOSITORY / "examples" / "un-egdi"),
    "dti": copied(REPOSITORY / "examples" / "dti"),
    "phu-tho": copied(REPOSITORY / "examples" / "phu-tho"),
    **{f"world {seed}": world(seed) for seed in (11, 15, 103, 107)},  # with corrections, drafts, mergers, replies
}
# What must not be empty, or the comparison would say little.
FILLED = {
    "several years": ("fct_unit_movement", "agg_level_transitions"),
    "replies and corrections": ("fct_finding_reply", "fct_correction", "fct_finding_history"),
}


def timed(root: Root, engine: str) -> float:
    """Builds and tests a landed root on an engine; the seconds."""
    since = time.monotonic()
    manifest = build.read_manifest(root)
    if engine == build.DUCKDB:
        build.refuse_failures(build.run(root, *WITHOUT_UNIT_TESTS))
    else:
        with spark.building(root, manifest):
            build.refuse_failures(build.run(root, *WITHOUT_UNIT_TESTS, engine=engine))
    return time.monotonic() - since


def described(connection: duckdb.DuckDBPyConnection, database: str) -> list[tuple]:
    """The columns of the contract: types, what may be empty, and what they mean."""
    return connection.execute(
        "SELECT table_name, column_index, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE database_name = ? AND schema_name = 'main' ORDER BY ALL",
        [database],
    ).fetchall()


def compared(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """All that is read back: the marts, the checks, and what is judged."""
    return connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'there' "
        "AND schema_name IN ('main', 'checks', 'intermediate') ORDER BY ALL"
    ).fetchall()


def shown(table: str) -> str:
    """What is compared of a table: all, but of averages in floating point, which nobody publishes, twelve decimals."""
    averages = ("mean_total", "mean_total_before", "mean_to_before") if table == "int_delivery_profile" else ()
    return f"* REPLACE ({', '.join(f'round({one}, 12) AS {one}' for one in averages)})" if averages else "*"


@pytest.mark.parametrize("name", ROOTS)
def test_every_mart_is_the_same_on_both_engines(
    name: str, tmp_path: Path, build_in_memory: Build, capsys: pytest.CaptureFixture
):
    here, there = (ROOTS[name](tmp_path / side, build_in_memory) for side in ("here", "there"))
    seconds = {}
    for root, engine in ((here, build.DUCKDB), (there, spark.ENGINE)):
        registries.prepare(root)
        root.warehouse.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(root.build_database)) as connection:
            landing.land(connection, root)
        seconds[engine] = timed(root, engine)
    with duckdb.connect() as connection:
        for database, root in (("here", here), ("there", there)):
            connection.execute(f"ATTACH '{root.build_database}' AS {database} (READ_ONLY)")
        columns = described(connection, "here")
        assert columns == described(connection, "there")
        differing = {}
        for schema, table in compared(connection):
            one, other = (f"(SELECT {shown(table)} FROM {database}.{schema}.{table})" for database in ("here", "there"))
            sides = [
                connection.execute(f"SELECT count(*) FROM ({a} EXCEPT ALL {b})").fetchall()[0][0]
                for a, b in ((one, other), (other, one))
            ]
            if any(sides):
                differing[f"{schema}.{table}"] = sides
        marts = [column[0] for column in columns]
        rows = {mart: connection.execute(f"SELECT count(*) FROM here.main.{mart}").fetchall()[0][0] for mart in marts}
    cells = sum(rows[mart] for mart in marts)
    with capsys.disabled():
        print(
            f"\n{name}: {len(rows)} marts, {sum(rows.values())} rows, {cells} cells, {len(differing)} differ; "
            + ", ".join(f"{engine} {spent:.0f} s" for engine, spent in seconds.items())
        )
    assert [table for table in FILLED.get(name, ()) if not rows[table]] == []
    assert not differing
    assert cells > 1000
