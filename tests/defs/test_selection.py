"""A run of parts: what is selected is built and tested and nothing else, and nothing is published of what does not fit.

Each run is a real one, on a root with the decision of 2020 that has been run whole before.
"""

import shutil

import dagster as dg
import duckdb
import pytest

from dagster_project import last_run
from dagster_project.definitions import wired
from dagster_project.defs.run_lock import RunLock
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import build, working
from dagster_project.warehouse.nodes import build_nodes

LANDED = dg.AssetKey(["landing", "submissions"])
DATA_QUALITY = dg.AssetKey(["expectations", "data_quality"])
PUBLISHED = dg.AssetSelection.groups("published")
pytestmark = pytest.mark.slow  # each case is a run of its own

SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"


@pytest.fixture
def root(run_of_2020, tmp_path):
    """A copy of the root that was run, to be spoilt; nothing that a run needs names the folder."""
    shutil.copytree(
        run_of_2020.path, tmp_path, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("dagster")
    )
    return Root(tmp_path)


def run(root, selection, years=("2020", "2021")):
    """Runs these assets with their checks, or just checks; gives the tables that were built and the checks by name."""
    first, last = years
    tags = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            list(wired(root).assets),
            selection=selection,
            resources={"run_lock": RunLock(root=str(root.path))},
            instance=instance,
            tags=tags,
            raise_on_error=False,
        )
    built = {event.asset_key for event in done.get_asset_materialization_events()}
    return done.success, built, {one.check_name: one.passed for one in done.get_asset_check_evaluations()}


def assets(*keys):
    return dg.AssetSelection.assets(*keys)


def main(table):
    return dg.AssetKey(["main", table])


def models(root):
    (keys,) = (asset.keys for asset in wired(root).assets if main("dim_unit") in asset.keys)
    return keys


def arrive_of_2021(root):
    (root.submissions / "2021").mkdir()
    shutil.copy(SYNTHETIC, root.submissions / "2021")


def spoil(root, table):
    """Each row of a table of the build database twice: what its test of uniqueness finds, and a new build mends."""
    with working.used(root), duckdb.connect(str(root.build_database)) as connection:
        (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        connection.execute(f"CREATE TEMP TABLE copy AS FROM {table}")
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM copy UNION ALL FROM copy")
    return rows


def rows(root, table):
    with duckdb.connect(str(root.build_database), read_only=True) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def years_published(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        return connection.execute("SELECT list(DISTINCT year ORDER BY year) FROM fct_unit_result").fetchone()[0]


def test_a_table_is_built_and_tested_and_its_neighbours_are_not(root):
    selected, left = spoil(root, "main.dim_unit"), spoil(root, "main.dim_pillar")
    success, built, checks = run(root, assets(main("dim_unit")))
    assert (success, built) == (True, {main("dim_unit")})
    assert rows(root, "main.dim_unit") == selected
    assert rows(root, "main.dim_pillar") == 2 * left
    assert checks
    assert all(name.startswith("unique_key_dim_unit") for name in checks)


def test_a_test_of_two_tables_is_run_with_the_one_that_it_stands_under(root):
    test = "every_scored_unit_moves"
    assert run(root, assets(main("fct_unit_result")))[2].get(test) is None
    assert run(root, assets(main("fct_unit_movement")))[2][test] is True


def test_a_check_alone_is_run_and_builds_nothing(root):
    twice = 2 * spoil(root, "main.dim_pillar")
    (check,) = (key for key in wired(root).resolve_asset_graph().get(main("dim_pillar")).check_keys)
    success, built, checks = run(root, dg.AssetSelection.checks(check))
    assert (success, built, checks) == (False, set(), {check.name: False})
    assert rows(root, "main.dim_pillar") == twice


def test_an_asset_without_its_checks_is_not_tested(root):
    success, built, checks = run(root, assets(main("dim_pillar")).without_checks())
    assert (success, built, checks) == (True, {main("dim_pillar")}, {})


def test_every_test_of_dbt_is_a_check(run_of_2020):
    """One of several tables says in `dbt_project/tests/_tests.yml` under which it stands."""
    tests = [node for node in build.read_manifest(run_of_2020)["nodes"].values() if node["resource_type"] == "test"]
    graph = wired(run_of_2020).resolve_asset_graph()
    checks = {check.name for key in models(run_of_2020) for check in graph.get(key).check_keys}
    assert {test["name"] for test in tests} == checks


@pytest.mark.slow
def test_parts_of_one_piece_are_published(root):
    """Two runs of half of the models each, on what a run before them has read."""
    arrive_of_2021(root)
    marts = {key for key in models(root) if key.path[0] == "main"}
    for part in ({LANDED}, models(root) - marts, marts, {DATA_QUALITY}):
        assert run(root, assets(*part))[0]
        assert years_published(root) == [2020]
    assert run(root, PUBLISHED)[0]
    assert years_published(root) == [2020, 2021]


@pytest.mark.parametrize(
    "left_out",
    [
        "main/agg_levels",
        pytest.param("intermediate/int_row", marks=pytest.mark.slow),
        pytest.param("expectations/data_quality", marks=pytest.mark.slow),
        pytest.param("checks", marks=pytest.mark.slow),
    ],
)
def test_of_half_a_build_nothing_is_published(root, left_out, capfd):
    arrive_of_2021(root)
    before = root.published_database.read_bytes()
    key = dg.AssetKey(left_out.split("/"))
    everything = models(root) | {LANDED, DATA_QUALITY}
    parts = assets(*everything).without_checks() if left_out == "checks" else assets(*(everything - {key}))
    run(root, parts)
    assert not run(root, PUBLISHED)[0]
    assert "Only parts of the warehouse have been built, and nothing was published." in capfd.readouterr().err
    assert root.published_database.read_bytes() == before


@pytest.mark.slow
def test_what_was_left_out_makes_a_whole_only_with_what_is_built_on_it(root):
    arrive_of_2021(root)
    row, everything = dg.AssetKey(["intermediate", "int_row"]), models(root)
    run(root, assets(LANDED, *(everything - {row})))
    for part, is_whole in (({row}, False), (everything, True)):
        assert run(root, assets(DATA_QUALITY, *part))[0]
        assert run(root, PUBLISHED)[0] == is_whole
    assert years_published(root) == [2020, 2021]


def test_what_failed_a_test_is_published_by_no_later_run(root):
    spoil(root, "registry.pillars")
    assert not run(root, assets(main("dim_pillar")))[0]
    before = root.published_database.read_bytes()
    assert not run(root, PUBLISHED)[0]
    assert root.published_database.read_bytes() == before


def test_files_that_were_read_and_not_built_are_not_published(root):
    before = root.published_database.read_bytes()
    assert run(root, assets(LANDED))[0]
    assert not run(root, PUBLISHED)[0]
    assert root.published_database.read_bytes() == before
    assert last_run.due(root).why == []


def test_a_node_is_told_when_it_ends_and_the_rest_can_be_broken_off(root):
    twice = 2 * spoil(root, "main.fct_unit_movement")
    told = build_nodes(root)
    assert next(told).status == "success"
    with pytest.raises(KeyboardInterrupt):
        told.throw(KeyboardInterrupt)
    assert rows(root, "main.fct_unit_movement") == twice  # dbt has let go of the database, and had not come so far
