"""`egov run`, whole: one recorded run, the same bytes again, and nothing published that should not be."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from dagster_project import cli, last_run
from dagster_project.defs.history import prepare_home
from dagster_project.defs.lock import one_at_a_time, sign
from dagster_project.registries import gathering
from dagster_project.root import REPOSITORY, Root
from dagster_project.warehouse import plan


def egov(root, *arguments):
    return cli.invoke(["--root", str(root.path), *arguments])


def run_in_a_process(root, *arguments, **options):
    command = [sys.executable, "-m", "dagster_project", "--root", str(root.path), "run", *arguments]
    return subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def published(root):
    """Every published file but the warehouse, whose bytes are never the same, and Data Docs, which tell the time; and
    all that is kept."""
    parts = [root.published / part for part in ("exports", "quality", "annexes", "dictionary", "kept")]
    return {
        str(path.relative_to(root.published)): path.read_bytes()
        for part in parts
        for path in part.rglob("*")
        if path.is_file()
    }


def changed(root, before):
    """The names of published files that are others than they were."""
    now = published(root)
    return sorted(name for name in now.keys() | before.keys() if now.get(name) != before.get(name))


def findings(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        return connection.execute("SELECT code, unit_name, cell FROM fct_finding ORDER BY ALL").fetchall()


@pytest.fixture(scope="module")
def root(run_of_2020, tmp_path_factory):
    """A copy of the root that was run, with the record of that run, to be run again."""
    root = Root(tmp_path_factory.mktemp("kho dữ liệu"))
    shutil.copytree(run_of_2020.path, root.path, dirs_exist_ok=True, symlinks=True)
    prepare_home(root)
    return root


def test_a_run_publishes_everything(root):
    assert {path.name for path in root.published.iterdir()} == {
        "egov.duckdb",
        "exports",
        "data_docs",
        "dictionary",
        "quality",
        "site",
        "annexes",
        "index.html",
        "changes.html",
        "kept",
        "publication.json",
        "publications",
        "current",
    }
    assert len(list(root.kept.glob("*.duckdb.gz"))) == len(list(root.kept.glob("*.json"))) == 1
    for page in (
        "data_docs/index.html",
        "dictionary/index.html",
        "quality/2020/index.html",
        "exports/egov.xlsx",
        "index.html",
    ):
        assert (root.published / page).stat().st_size > 1000
    assert len(findings(root)) == 16


def test_nothing_published_names_this_machine(run_of_2020):
    for file, content in published(run_of_2020).items():
        assert str(run_of_2020.path).encode() not in content, file
        assert str(REPOSITORY).encode() not in content, file


# What makes a browser ask for something as soon as a page or a style is opened.
LOADS = re.compile(
    r"""<(?:img|script|link|iframe|embed|object|source|video|audio|use|image)\b[^>]*?\b(?:src|srcset|href|data)\s*=\s*["']?"""
    r"""(?:https?:)?//[^"'\s>]+|(?:@import\s+|url\()\s*["']?(?:https?:)?//[^"')\s]+""",
    re.IGNORECASE,
)


def test_nothing_published_asks_the_network(root):
    pages = [path for path in root.published.resolve().rglob("*") if path.suffix in (".html", ".css", ".svg")]
    assert {"data_docs", "dictionary", "quality"} <= {part for path in pages for part in path.parts}
    asking = {path.name: found[0] for path in pages if (found := LOADS.search(path.read_text(encoding="utf-8")))}
    assert asking == {}


def test_a_run_is_recorded_with_its_year_and_what_every_check_found(root):
    import dagster as dg

    with dg.DagsterInstance.from_config(str(root.dagster_home)) as instance:
        (run, *_) = instance.get_runs(limit=1)
        assert run.status == dg.DagsterRunStatus.SUCCESS
        assert run.job_name == "main"
        assert run.tags["dagster/asset_partition_range_start"] == "2020"
        assert instance.get_materialized_partitions(dg.AssetKey(["landing", "submissions"])) == {"2020"}
        evaluations = {
            evaluation.check_name: evaluation
            for event in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
            if (evaluation := event.dagster_event.event_specific_data).asset_key.path[-1] == "data_quality"
        }
    assert {name: evaluation.passed for name, evaluation in evaluations.items()} == {
        "figures": False,
        "levels": False,
        "units": False,
        "summary": True,
        "form": False,
        "deliveries": True,
        "both_engines_agree": True,
    }
    figures = evaluations["figures"]
    assert figures.severity == dg.AssetCheckSeverity.WARN
    assert figures.metadata["total_differs"].value == 1
    (row,) = figures.metadata["findings"].records
    assert (row.data["unit_name"], row.data["stated"], row.data["expected"]) == ("Huyện Tiền Hải", "44.93", "45.13")


def test_a_run_with_nothing_to_do_says_so_at_once_and_leaves_everything(root):
    def stamps():
        return {path: path.stat().st_mtime_ns for path in root.path.rglob("*") if path.is_file()}

    before = stamps()
    code = "import sys; from dagster_project.cli import invoke; code = invoke(sys.argv[1:]); print(list(sys.modules)); "
    command = [sys.executable, "-c", code + "sys.exit(code)", "--root", str(root.path), "run"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True)
    vietnamese, english, modules = done.stdout.splitlines()
    assert vietnamese.startswith("Không có gì thay đổi từ lượt chạy 2")
    assert english.startswith("Nothing has changed since the run of 2")
    assert not [name for name in ("dagster", "dbt", "great_expectations", "duckdb") if f"'{name}'" in modules]
    assert stamps() == before


def test_a_second_run_of_several_years_is_one_run_and_changes_nothing(root, alone, capsys):
    import dagster as dg

    before = published(root)
    with duckdb.connect(str(root.build_database)) as connection:
        connection.execute("ALTER TABLE registry.checks DROP COLUMN basis")  # as an earlier version may have left it
    with alone("the plan of the checks"):
        shutil.rmtree(Root().warehouse / "plan", ignore_errors=True)
        assert egov(root, "run", "--year", "2020", "--year", "2018") == 0
        waited: list[str] = []
        plan.load(waited.append)
        assert waited == []  # the next check on a file finds its plan ready
    assert changed(root, before) == []
    assert "Changed: không / nothing" in capsys.readouterr().out
    with dg.DagsterInstance.from_config(str(root.dagster_home)) as instance:
        years = instance.get_materialized_partitions(dg.AssetKey(["landing", "submissions"]))
        assert (years, instance.get_runs_count()) == ({"2018", "2019", "2020"}, 2)


def test_a_year_that_there_is_not_is_a_sentence(root, capsys):
    assert egov(root, "run", "--year", "1900") == 1
    assert "1900 is not a year of this warehouse: it has 2018 to" in capsys.readouterr().err


def test_a_run_while_another_is_at_work_says_so(root):
    with one_at_a_time(root):
        sign(root)
        process = run_in_a_process(root)
        out, err = process.communicate()
    assert process.returncode == 1
    assert out == ""
    said = r"Another run is at work on this warehouse \(process \d+, 20[-0-9 :]+\)\. Wait until it has ended, then .*"
    assert re.fullmatch(said, err.splitlines()[-1])


def test_two_engines_that_count_differently_stop_the_run(root, capsys, monkeypatch):
    before, were = published(root), findings(root)
    monkeypatch.setattr("dagster_project.judging.agreement.disagreements", lambda verdicts, counts: ["a: 1, b: 2"])
    assert egov(root, "run", "--year", "2020") == 1
    assert "The findings cannot be trusted, and nothing was published. a: 1, b: 2." in capsys.readouterr().err
    assert changed(root, before) == []
    assert findings(root) == were


def test_a_failed_test_of_our_own_stops_the_run(root, capsys, monkeypatch):
    """The registry of levels with a row twice, had it come past the checks of the registries."""
    monkeypatch.setattr(gathering, "wrong_rows", lambda table: ())
    before, were = published(root), findings(root)
    registries = root.path / "registries"
    shutil.copytree(REPOSITORY / "dbt_project" / "seeds", registries)
    rules = registries / "level_rules.csv"
    lines = rules.read_text(encoding="utf-8").splitlines()
    rules.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    try:
        assert egov(root, "run") == 1
    finally:
        shutil.rmtree(registries)
    out, err = capsys.readouterr()
    assert "danh mục thay đổi / a registry changed: level_rules.csv" in out
    assert "The test " in err
    assert changed(root, before) == []
    assert findings(root) == were


@pytest.mark.slow
def test_a_backfill_from_the_pages_which_asks_for_parts_ends_with_a_record(root):
    """Dagster divides it: what no file is needed for, the files of the years, and then all else."""
    import dagster as dg

    from dagster_project.definitions import wired

    assert egov(root, "run") == 0
    (root.published / "exports" / "egov.xlsx").unlink()
    assert last_run.due(root).why != []
    job = wired(root).resolve_implicit_global_asset_job_def()
    everything = job.asset_layer.executable_asset_keys
    landed = dg.AssetKey(["landing", "submissions"])
    first = {dg.AssetKey(["registry", "units"]), dg.AssetKey(["main", "table_key"])}
    years = {"dagster/asset_partition_range_start": "2019", "dagster/asset_partition_range_end": "2020"}
    with dg.DagsterInstance.from_config(str(root.dagster_home)) as instance:
        for part, tags in ((first, {}), ({landed}, years), (everything - first - {landed}, {})):
            assert last_run.due(root).why != []
            done = job.execute_in_process(instance=instance, asset_selection=list(part), tags=tags)
            assert {event.asset_key for event in done.get_asset_materialization_events()} == part
    assert last_run.due(root).why == []


@pytest.fixture(scope="module")
def seconds_of_a_run(root):
    since = time.monotonic()
    with run_in_a_process(root, "--year", "2020") as process:
        process.communicate()
    return time.monotonic() - since


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize("part", [0.15, 0.4, 0.6, 0.8, 0.95])
def test_killed_at_any_moment_the_published_is_whole_and_the_next_run_completes(root, seconds_of_a_run, part):
    """Killed after that part of the time of a whole run."""
    were, before = findings(root), published(root)
    with run_in_a_process(root, "--year", "2020", start_new_session=True) as process:
        time.sleep(part * seconds_of_a_run)
        os.killpg(process.pid, signal.SIGKILL)
    assert findings(root) == were
    with run_in_a_process(root, "--year", "2020") as process:
        out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert "Complete" in out
    assert changed(root, before) == []
    assert findings(root) == were
    assert not [path for path in root.published.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
@pytest.mark.parametrize("part", [0.3, 0.8, 0.97])
def test_a_year_whose_run_was_killed_is_built_by_the_next(root, seconds_of_a_run, part):
    """A SYNTHETIC decision arrives; the run that reads it is killed."""
    arrived = root.submissions / "2021" / f"synthetic-{part}.txt"
    arrived.parent.mkdir(exist_ok=True)
    text = (REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt").read_text(encoding="utf-8")
    arrived.write_text(f"{text}{part}\n", encoding="utf-8")
    with run_in_a_process(root, start_new_session=True) as process:
        time.sleep(part * seconds_of_a_run)
        os.killpg(process.pid, signal.SIGKILL)
    if process.returncode == -signal.SIGKILL:
        assert last_run.due(root).why != []
    assert egov(root, "run") == 0
    assert last_run.due(root).why == []
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        names = connection.execute("SELECT file_name FROM fct_submission").fetchall()
    assert (arrived.name,) in names
