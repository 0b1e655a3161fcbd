"""Every sentence that stops a command, in one list and in both languages; docs/messages.md is that list.

The sentences stay where they are raised, because they read best beside what went wrong; the list is gathered there.
After a change: `EGOV_SNAPSHOT=1 pytest tests/test_messages.py` writes it anew.
"""

from __future__ import annotations

import ast
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks" / "faults"))

from warm import Warm

from dagster_project.cli import invoke
from dagster_project.root import REPOSITORY, Root

LIST = REPOSITORY / "docs" / "messages.md"
ABOVE = """# What a command may say when it stops

Each sentence in Vietnamese and English, by the part that says it; `{…}` stands for a name, a place or a number. Made by
`EGOV_SNAPSHOT=1 pytest tests/test_messages.py`, and held by that test.
"""
# Which of their arguments are English and Vietnamese.
LANGUAGES = {
    "UserError": (0, 1),
    "TooLittleSaid": (0, 1),
    "ExpectationCrashed": (0, 1),
    "_Unforeseen": (0, 1),
    "Unreadable": (1, 2),
    "Mistake": (4, 3),
}
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    part: str
    line: int
    english: str
    vietnamese: str


def messages() -> Iterator[Message]:
    for path in sorted((REPOSITORY / "dagster_project").rglob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: call.lineno):
            places = LANGUAGES.get(call.func.id) if isinstance(call.func, ast.Name) else None
            if places is None or any(isinstance(one, ast.Starred) for one in call.args):
                continue
            given = dict(enumerate(call.args)) | {named.arg: named.value for named in call.keywords}
            english, vietnamese = (
                given.get(at) or given.get(name) for at, name in zip(places, ("english", "vietnamese"), strict=True)
            )
            if english is not None or call.keywords == []:
                part = path.relative_to(REPOSITORY / "dagster_project").as_posix()
                yield Message(part, call.lineno, words(english), words(vietnamese))


def words(node: ast.expr | None) -> str:
    """The words of a sentence as the code has it: what is put in stands as `{…}`."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(words(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return words(left) + words(right)
        case None:
            return ""
    return "{…}"


def test_each_message_is_in_both_languages():
    found = list(messages())
    assert len(found) > 60
    lacking = [
        f"{one.part}:{one.line}"
        for one in found
        if not one.english
        or not one.vietnamese
        or (any(map(str.isalpha, one.english)) and not VIETNAMESE.search(one.vietnamese))
    ]
    assert lacking == []


def test_the_list_of_messages_is_up_to_date():
    lines = [ABOVE]
    by_part: dict[str, list[Message]] = {}
    for one in messages():
        if one.english != "{…}":  # a sentence handed on, which is listed where it is made
            by_part.setdefault(one.part, []).append(one)
    for part, ones in by_part.items():
        lines += [f"## {part}\n", *(f"- {_cell(one.vietnamese)}<br>{_cell(one.english)}" for one in ones), ""]
    made = "\n".join(lines)
    if os.environ.get("EGOV_SNAPSHOT"):
        LIST.write_text(made, encoding="utf-8")
    assert LIST.read_text(encoding="utf-8") == made


def _cell(text: str) -> str:
    return " ".join(text.replace("<", "&lt;").replace("*", "\\*").split())


# What broke the product once, that costs no whole run: each is a sentence within seconds, and never 'unforeseen'. What
# needs a run is in tests/faults.


def _ledger(text: str) -> Callable[[Root], None]:
    return lambda root: root.ledger.write_text(text, encoding="utf-8")


def _registry(name: str, text: str) -> Callable[[Root], None]:
    def write(root: Root) -> None:
        (root.path / "registries").mkdir()
        (root.path / "registries" / name).write_text(text, encoding="utf-8")

    return write


def _made(make: Callable[[Path], object], *place: str) -> Callable[[Root], None]:
    def make_it(root: Root) -> None:
        path = root.path.joinpath("data", *place)
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)

    return make_it


@pytest.mark.skipif(os.name == "nt", reason="links and pipes, as Linux has them")
@pytest.mark.parametrize(
    ("make", "vietnamese"),
    [
        (lambda path: os.mkfifo(path), "không phải là tệp"),
        (lambda path: path.symlink_to(path), "liên kết dẫn vòng về chính nó"),
    ],
)
def test_why_the_system_refuses_is_said_in_both_languages(tmp_path, capsys, make, vietnamese):
    make(tmp_path / "a.txt")
    assert invoke(["check", str(tmp_path / "a.txt")]) == 2
    assert f"Không mở được {tmp_path / 'a.txt'}: {vietnamese}." in capsys.readouterr().out


LEDGER = "file,sha256,year,kind,received_on,sender,note\n"
RULE = "index_code,tier,pillar,aggregation,tolerance,max_total,is_ranked_by,step,absent_row,valid_from_year\n"
SITUATIONS: dict[str, Callable[[Root], None]] = {
    "a link that leads to itself": _made(lambda path: path.symlink_to(path), "submissions", "2020", "loop"),
    "a linked folder": _made(lambda path: path.symlink_to("/usr"), "submissions", "2020", "linked"),
    "a kept day that there is not": _made(lambda path: path.mkdir(), "published", "kept", "2026-99-99"),
    **{
        f"a last run that is {text}": _made(lambda path, text=text: path.write_text(text), "warehouse", "last_run.json")
        for text in (
            "[]",
            "null",
            "0",
            '"x"',
            "{}",
            '{"inputs": {"years": [1]}}',
            '{"inputs": 7}',
            '{"inputs": {"years": {"x": 1}}}',
            "{",
        )
    },
    "a ledger line of one point": _ledger(LEDGER + ".\n"),
    "a ledger line that names the folder": _ledger(LEDGER + ".,,2020,,,,\n"),
    "an open quote in a note": _ledger(LEDGER + 'a.txt,,2020,,,,"open\nb.txt,,2020,,,,\n'),
    "a ledger of noise": lambda root: root.ledger.write_bytes(bytes(range(256))),
    "a ledger that is a folder": lambda root: root.ledger.mkdir(),
    "a ledger that is a pipe": lambda root: os.mkfifo(root.ledger),
    "a published warehouse of noise": _made(lambda path: path.write_bytes(b"x" * 9999), "published", "egov.duckdb"),
    "an empty published warehouse": _made(lambda path: path.touch(), "published", "egov.duckdb"),
    "a folder for a warehouse": _made(lambda path: path.mkdir(), "published", "egov.duckdb"),
    "exports left over": _made(lambda path: path.mkdir(), "published", ".exports.old"),
    "a decimal comma": _registry("pillars.csv", RULE + 'egov_2392,commune,readiness,sum,"0,5",,true,0.5,blank,2018\n'),
    "text for a number": _registry("pillars.csv", RULE + "egov_2392,commune,readiness,sum,much,,true,0.5,blank,2018\n"),
    "a date as people write it": _registry("deadlines.csv", "year,kind,due_on\n2020,published,31/12/2024\n"),
    "duplicate keys": _registry("deadlines.csv", "year,kind,due_on\n" + "2020,published,2021-01-31\n" * 2),
    "a registry that is a folder": _made(lambda path: path.mkdir(), "..", "registries", "units.csv"),
    "a registry that is a pipe": _made(lambda path: os.mkfifo(path), "..", "registries", "units.csv"),
    "semicolons": _registry("deadlines.csv", "year;kind;due_on\n2020;published;2021-01-31\n"),
}


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    root.submissions.mkdir(parents=True)
    return root


@pytest.mark.skipif(os.name == "nt", reason="links and pipes, as Linux has them")
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", [["status"], ["sql", "SELECT 1"], ["diff"], ["add", "--undo"]], ids=" ".join)
def test_what_broke_it_once_is_a_sentence(root, capsys, situation, command):
    SITUATIONS[situation](root)
    began = time.process_time()
    signal.alarm(60)  # a command that waits for what never comes
    code = invoke(["--root", str(root.path), *command])
    signal.alarm(0)
    said = capsys.readouterr()
    assert code in (0, 1, 2) and time.process_time() - began < 3
    assert not any(word in said.out + said.err for word in ("Traceback", "unforeseen", "ngoài dự kiến"))
    assert code == 0 or VIETNAMESE.search(said.err), said


@pytest.fixture(scope="module")
def warm():
    return Warm()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="links and pipes, as Linux has them")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_run_completes_or_says_in_a_sentence_why_not(root, warm, situation):
    SITUATIONS[situation](root)
    ended = warm.run(["--root", str(root.path), "run"])
    assert ended.returncode in (0, 1)
    said = ended.stdout + ended.stderr
    assert not any(word in said for word in ("Traceback", "unforeseen", "ngoài dự kiến")), said
    assert ended.returncode == 0 or VIETNAMESE.search(ended.stderr), said
