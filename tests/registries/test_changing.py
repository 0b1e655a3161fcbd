"""A rule that changes from a year on: the text of its registry, and the command that first shows what it does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from dagster_project.cli import invoke
from dagster_project.registries import changing, prepare, writing
from dagster_project.registries.declared import registries
from dagster_project.root import REPOSITORY, Root

RULES = REPOSITORY / "dbt_project" / "seeds" / "level_rules.csv"
CHANGE = ("rule", "level_rules", "commune", "III", "attainment", "--from", "2022", "--source", "Quyết định số 1, 2021")

# As a spreadsheet program leaves it: a comment, semicolons, quotation marks, its own order, a field with a line break.
TYPED = (
    "# kept by hand\r\n"
    "source;index_code;tier;level;level_order;pillar;min_total;valid_from_year;valid_to_year\r\n"
    '"two\r\nlines";local;town;B;2;online;"7,5";"2018";\r\n'
    '"a; b";local;town;A;1;online;"15";"2018";""\r\n'
    "\r\n"
    "x;local;town;C;3;online;1;2018;\r\n"
)


def changed(content: bytes, *words: str, year: int, **given: str) -> str:
    registry = registries()["level_rules"]
    line = changing.line_in_force(content, registry, "level_rules.csv", words, year)
    return changing.changed_from(content, registry, line, year, given).decode()


def test_all_else_stays_as_it_was_typed():
    made = changed(TYPED.encode(), "town", "a", year=2021, min_total="16,5", source='say "so"')
    old = '"a; b";local;town;A;1;online;"15";"2018";""\r\n'
    closed = '"a; b";local;town;A;1;online;"15";"2018";"2020"\r\n'
    opened = '"say ""so""";local;town;A;1;online;"16,5";"2021";""\r\n'
    assert made == TYPED.replace(old, closed + opened)


def test_a_field_with_a_line_break_is_one_line_of_the_table():
    made = changed(TYPED.encode(), "B", year=2021, min_total="8")
    before = '"two\r\nlines";local;town;B;2;online;"7,5";"2018";'
    assert made == TYPED.replace(before, f'{before}2020\r\n"two\r\nlines";local;town;B;2;online;"8";"2021";')


def test_a_line_between_two_others_ends_where_the_old_one_did():
    content = RULES.read_bytes()
    once = changed(content, "commune", "III", "attainment", year=2024, min_total="46").encode()
    twice = changed(once, "commune", "III", "attainment", year=2022, min_total="45")
    assert [line for line in twice.splitlines() if ",III,3,attainment," in line and "commune" in line] == [
        "egov_2392,commune,III,3,attainment,43.5,2018,2021,Quyết định 2392/QĐ-BTTTT 25/12/2017",
        "egov_2392,commune,III,3,attainment,45,2022,2023,Quyết định 2392/QĐ-BTTTT 25/12/2017",
        "egov_2392,commune,III,3,attainment,46,2024,,Quyết định 2392/QĐ-BTTTT 25/12/2017",
    ]


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A folder with the decision of 2020, and nothing built."""
    root = Root(tmp_path)
    shutil.copytree(REPOSITORY / "data" / "submissions", root.submissions)
    return root


def invoked(capsys, root: Root, *arguments: str) -> tuple[int, str, str]:
    return invoke(["--root", str(root.path), *arguments]), *capsys.readouterr()


def test_the_effect_is_shown_before_anything_is_written(capsys, root):
    code, out, err = invoked(capsys, root, *CHANGE, "--set", "min_total=45")
    assert (code, not (root.path / "registries").exists()) == (2, True)
    assert "Had it held in 2020" in out and "mức độ / levels: 1 / 43" in out
    assert "Thị trấn An Bài (Huyện Quỳnh Phụ): III → IV" in out
    assert "Chưa ghi gì" in err and "Nothing was written" in err


def test_what_is_agreed_to_is_written_for_this_folder_alone(capsys, root):
    before = RULES.read_bytes()
    code, out, _ = invoked(capsys, root, *CHANGE, "--set", "min_total=45", "--yes")
    made = (root.path / "registries" / "level_rules.csv").read_text(encoding="utf-8")
    assert code == 0 and "registries/level_rules.csv" in out and RULES.read_bytes() == before
    assert 'egov_2392,commune,III,3,attainment,45,2022,,"Quyết định số 1, 2021"\n' in made
    assert prepare(root) == []
    code, _, err = invoked(capsys, root, *CHANGE, "--set", "min_total=45", "--yes")
    assert code == 1 and "begins in 2022 already" in err


def test_of_a_published_year_the_effect_is_real(capsys, root):
    arguments = [one if one != "2022" else "2020" for one in CHANGE]
    _, out, _ = invoked(capsys, root, *arguments, "--set", "min_total=45")
    assert "Published results of 2020 will change" in out and "mức độ / levels: 1 / 43" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*CHANGE[:4], *CHANGE[5:], "--set", "min_total=45"), "has 2 lines like this that hold in 2022"),
        ((*CHANGE[:2], "ward", *CHANGE[3:], "--set", "min_total=45"), "has no line like this that holds in 2022"),
        ((*CHANGE, "--set", "min_total=4x"), "'4x' must be one number"),
        ((*CHANGE, "--set", "min_total=43,50"), "says that already"),
        ((*CHANGE, "--set", "level=II"), "level cannot be set"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_shown(capsys, root, arguments, said):
    code, out, err = invoked(capsys, root, *arguments, "--yes")
    assert (code, out) == (1, "") and said in err
    assert not (root.path / "registries").exists()


@pytest.mark.parametrize(
    "command", [(*CHANGE, "--set", "min_total=45"), ("accept", "9e9e45", "--by", "UBND", "--why", "12/UBND")]
)
def test_who_writes_to_a_registry_waits_for_another_who_does(root, capsys, monkeypatch, command):
    monkeypatch.setattr(writing, "_LOCK_WAIT", 0.05)
    root.warehouse.mkdir(parents=True)
    with FileLock(root.warehouse / "registries.lock"):
        code, _, said = invoked(capsys, root, *command)
    assert (
        code != 0 and "Một lệnh khác đang ghi vào các danh mục" in said and "Another command has been writing" in said
    )
    assert not (root.path / "registries").exists()
