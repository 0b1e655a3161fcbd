"""What Dagster sees: every asset, check and wire as the snapshot has it, described, and reachable by year."""

import os
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.definitions import wired
from dagster_project.defs.progress import WORDS
from dagster_project.root import REPOSITORY, Root
from expectations import DELIVERIES, declared

SNAPSHOT = Path(__file__).with_name("asset_graph.txt")
LAYERS = ["registry", "landing", "staging", "intermediate", "checks", "expectations", "marts", "published"]


@pytest.fixture(scope="module")
def definitions():
    return wired(Root(REPOSITORY))


@pytest.fixture(scope="module")
def graph(definitions):
    return definitions.resolve_asset_graph()


def drawn(graph) -> str:
    """The graph as text: an asset each with its group, kinds, partitions, what it is made of, and its checks."""
    lines = []
    for key in sorted(graph.get_all_asset_keys(), key=lambda key: key.path):
        node = graph.get(key)
        partitions = " by year" if node.partitions_def else ""
        lines.append(f"{key.to_user_string()} [{node.group_name}: {', '.join(sorted(node.kinds))}]{partitions}")
        lines += [f"  < {parent.to_user_string()}" for parent in sorted(node.parent_keys, key=lambda key: key.path)]
        for check in sorted(check.name for check in node.check_keys):
            blocking = graph.get(dg.AssetCheckKey(key, check)).blocking
            lines.append(f"  ? {check}{' (blocking)' if blocking else ''}")
    return "\n".join(lines) + "\n"


def test_the_asset_graph_is_the_one_that_was_reviewed(graph):
    """After a wanted change: `EGOV_SNAPSHOT=1 pytest tests/defs`, and look at the difference."""
    now = drawn(graph)
    if os.environ.get("EGOV_SNAPSHOT"):
        SNAPSHOT.write_text(now, encoding="utf-8")
    assert now == SNAPSHOT.read_text(encoding="utf-8")


def test_every_asset_has_a_layer_kinds_and_a_description(graph):
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name in LAYERS, key
        assert node.kinds, key
        assert node.description, key


def test_all_that_is_published_comes_after_the_judgement_and_that_after_all_models(graph):
    judged = dg.AssetKey(["expectations", "data_quality"])
    for key in graph.get_all_asset_keys():
        if graph.get(key).group_name == "published":
            assert judged in graph.get_ancestor_asset_keys(key), key
    assert {dg.AssetKey(["checks", check.code]) for check in declared()} <= graph.get(judged).parent_keys
    warehouse = graph.get(dg.AssetKey(["published", "warehouse"]))
    assert {key for key in graph.get_all_asset_keys() if key.path[0] == "main"} <= warehouse.parent_keys


def test_every_suite_is_a_check_that_warns_and_their_agreement_one_that_blocks(graph):
    node = graph.get(dg.AssetKey(["expectations", "data_quality"]))
    blocking = {check.name: graph.get(check).blocking for check in node.check_keys}
    assert blocking == {check.suite: False for check in declared()} | {DELIVERIES: False, "both_engines_agree": True}


def test_the_job_has_every_asset_and_words_for_every_step(definitions, graph):
    job = definitions.resolve_job_def("main")
    assert set(job.asset_layer.executable_asset_keys) == graph.get_all_asset_keys()
    assert {node.name for node in job.nodes} == set(WORDS)
    assert job.executor_def is dg.in_process_executor
    assert isinstance(job.partitions_def, dg.TimeWindowPartitionsDefinition)


def test_definitions_load_as_dagster_loads_them(monkeypatch):
    from dagster_project import definitions

    monkeypatch.delenv("EGOV_ROOT", raising=False)
    loaded = definitions.defs()
    assert [schedule.name for schedule in loaded.schedules] == ["yearly"]
    assert [sensor.name for sensor in loaded.sensors] == ["new_files"]


def test_definitions_fit_on_a_screen():
    lines = (REPOSITORY / "dagster_project" / "definitions.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
