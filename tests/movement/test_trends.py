"""The guide to asking the warehouse (`docs/trends.md`): each query gives what the guide prints, and what it shows in
Python and as a notebook runs.

After a wanted change: `EGOV_SNAPSHOT=1 pytest tests/movement/test_trends.py` writes the answers anew; look at the
difference.
"""

from __future__ import annotations

import importlib.util
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from movement_tables import Built

from dagster_project.commands.querying import answer
from dagster_project.publishing.exports import export
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

GUIDE = REPOSITORY / "docs" / "trends.md"
NOTEBOOK = REPOSITORY / "docs" / "trends_notebook.py"
QUESTION = re.compile(
    r"^### (?P<number>\d+)\. (?P<question>[^\n]+\?)\n(?:(?!^###?).*\n)*?"
    r"```sql\n(?P<query>(?:(?!```).*\n)+)```\n\n(?P<on>[^\n]+):\n\n```text\n(?P<answer>(?:(?!```).*\n)*)```$",
    re.MULTILINE,
)
REAL, MADE_UP = "Thái Bình, 2020", ("SYNTHETIC", "SYNTHETIC from 2021")
TEXT = GUIDE.read_text(encoding="utf-8")
QUESTIONS = list(QUESTION.finditer(TEXT))


@pytest.fixture(scope="module")
def real(warehouse_of_2020: Path, tmp_path_factory: pytest.TempPathFactory) -> Root:
    root = Root(tmp_path_factory.mktemp("real"))
    publish(warehouse_of_2020, root.published_database, FOLDER)
    export(root.published_database, root.published / "exports")
    return root


@pytest.fixture(scope="module")
def made_up(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Root:
    root = Root(tmp_path_factory.mktemp("made_up"))
    publish(built.database, root.published_database, FOLDER)
    return root


@pytest.fixture(scope="module", autouse=True)
def renewed(real: Root, made_up: Root) -> Iterator[None]:
    """Where it is asked for, the guide with the answers of now."""
    yield
    if os.environ.get("EGOV_SNAPSHOT"):

        def with_answer(found: re.Match) -> str:
            upto = found.start("answer") - found.start()
            return found[0][:upto] + answered(found, real, made_up) + "```"

        GUIDE.write_text(QUESTION.sub(with_answer, TEXT), encoding="utf-8")


def answered(question: re.Match, real: Root, made_up: Root) -> str:
    target = io.StringIO()
    answer(real if question["on"] == REAL else made_up, question["query"], "table", target)
    return target.getvalue()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"question-{question['number']}")
def test_each_question_has_the_answer_that_the_guide_prints(question: re.Match, real: Root, made_up: Root) -> None:
    now = answered(question, real, made_up)
    assert not now.endswith("(0 rows)\n"), "a query without an answer shows nothing"
    if not os.environ.get("EGOV_SNAPSHOT"):
        assert now == question["answer"]


def test_there_are_twenty_two_questions_and_each_answer_says_what_it_rests_on() -> None:
    assert [int(question["number"]) for question in QUESTIONS] == list(range(1, 23))
    assert len(re.findall(r"^### \d+\.", TEXT, re.MULTILINE)) == 22
    years = TEXT.index("## Over several years")
    for question in QUESTIONS:
        assert (question["on"] == REAL) == (question.start() < years)
        assert question["on"] == REAL or question["on"] in MADE_UP


def blocks(language: str) -> list[str]:
    found = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert found
    return found


@pytest.mark.parametrize("code", blocks("python"))
def test_what_the_guide_shows_in_python_runs(code: str, real: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in re.findall(r"^import (\w+)", code, re.MULTILINE):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not among the project's own dependencies")
    monkeypatch.chdir(real.path)
    exec(compile(code, "trends.md", "exec"), {})


def test_the_exports_hold_the_views_as_well(real: Root) -> None:
    exported = {path.name for path in (real.published / "exports").iterdir()}
    assert {f"{view.stem}.{kind}" for view in FOLDER.glob("*.sql") for kind in ("csv", "parquet")} <= exported


def test_the_notebook_runs_from_cell_to_cell(real: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(real.path)
    names: dict = {}
    exec(compile(NOTEBOOK.read_text(encoding="utf-8"), NOTEBOOK.name, "exec"), names)
    assert len(names["districts"]) == 8
    assert names["chart"].to_dict()["layer"]


@pytest.mark.slow
def test_the_benchmark_takes_the_time_of_every_question(real: Root, capsys: pytest.CaptureFixture[str]) -> None:
    location = REPOSITORY / "benchmarks" / "trends" / "run.py"
    specification = importlib.util.spec_from_file_location("trends_benchmark", location)
    benchmark = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(benchmark)
    benchmark.main([str(real.path)])
    assert capsys.readouterr().out.count(" rows\n") == len(QUESTIONS) + len(benchmark.WHOLE)
