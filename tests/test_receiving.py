"""`egov add`: what is asked about or told before anything is written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dagster_project import cli
from dagster_project.cli import invoke
from dagster_project.commands.receiving import NOBODY, receive
from dagster_project.root import Root
from dagster_project.submissions import ledger

HEADER = "STT,Tên cơ quan,Hạ tầng,Nhân lực,Môi trường,Tổng số điểm"
TIEN_HAI = "1,Huyện Tiền Hải,20,10,7,37"
UNTOLD = f"SYNTHETIC: bảng điểm của tỉnh Thái Bình năm 2020\n{HEADER}\n{TIEN_HAI}\n"
DAY = date(2021, 9, 1)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "data").mkdir()
    return Root(tmp_path)


@pytest.fixture
def decided(root: Root, run_of_2020: Root, warehouse_of_2020: Path) -> Root:
    """A folder in which the decision of 2020 is published."""
    shutil.copytree(run_of_2020.submissions, root.submissions)
    root.published.mkdir(parents=True)
    shutil.copy(warehouse_of_2020, root.published_database)
    return root


def sent(root: Root, text: str, name: str = "tien-hai.csv") -> Path:
    path = root.path / name
    path.write_text(text, encoding="utf-8")
    return path


def received(root: Root, path: Path, **said) -> list[str]:
    given = {"year": None, "kind": None, "sender": None, "note": "SYNTHETIC", "received_on": DAY, **said}
    return list(receive(root, [path], **given))


def kinds(root: Root) -> list[str | None]:
    return [entry.kind for entry in ledger.read(root.ledger)]


def test_the_kind_is_asked_for_and_never_guessed(root, monkeypatch, capsys):
    path = sent(root, UNTOLD)
    code = invoke(["--root", str(root.path), "add", str(path)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, "") and "--kind" in said.err and "chưa nhận tệp nào" in said.err.casefold()
    assert not root.ledger.exists()

    answers = iter(["district", "self_assessed"])  # the first is no kind, and is asked again
    monkeypatch.setattr(cli, "_is_answered", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: next(answers))
    assert invoke(["--root", str(root.path), "add", str(path)]) == 0
    assert kinds(root) == ["self_assessed"] and "thẩm định" in capsys.readouterr().err


def test_check_says_that_no_title_names_a_kind(root, capsys):
    path = sent(root, UNTOLD)
    invoke(["--root", str(root.path), "check", str(path)])
    assert "No title says what the file is" in capsys.readouterr().out
    sent(root, UNTOLD.replace("bảng điểm", "tự đánh giá"))
    invoke(["--root", str(root.path), "check", str(path)])
    assert "No title says" not in capsys.readouterr().out


def test_whose_published_figures_would_be_replaced_is_said_before_anything_is_written(decided):
    before = decided.ledger.read_bytes()
    path = sent(decided, UNTOLD)
    refusing = replace(NOBODY, agree=lambda: False)
    told = received(decided, path, kind="published", asking=refusing)
    assert "replace the published figures of 1 unit (Huyện Tiền Hải), which are from thai-binh-2020.txt" in told[0]
    assert told[-1] == "Chưa nhận tệp nào. / Nothing was added." and decided.ledger.read_bytes() == before
    told = received(decided, path, kind="published")
    assert "sẽ thay số liệu đã công bố của 1 đơn vị" in told[0] and "Đã nhận" in told[1]


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "self_assessed"},
        {"kind": "published", "received_on": date(2021, 1, 1)},  # before the decision, which stays
        {"kind": "published", "year": 2021},
    ],
    ids=str,
)
def test_what_replaces_nothing_raises_no_doubt(decided, said):
    told = received(decided, sent(decided, UNTOLD.replace("năm 2020", "")), **{"year": 2020, **said})
    assert len(told) == 1 and "Đã nhận" in told[0]


def test_the_same_figures_again_replace_nothing(decided):
    same = UNTOLD.replace(TIEN_HAI, "1,Huyện Tiền Hải,27.93,10.2,7,44.93")
    (decision,) = [path for path in (decided.submissions / "2020").iterdir() if path.suffix == ".txt"]
    row = next(line for line in decision.read_text("utf-8").splitlines() if "\tHuyện Tiền Hải\t" in line).split("\t")
    same = UNTOLD.replace(TIEN_HAI, ",".join([row[0], row[1], *row[2:6]]))
    assert len(received(decided, sent(decided, same), kind="published")) == 1


@pytest.mark.parametrize("year", [2031, 2300])
def test_a_year_to_come_is_an_error_of_check_and_add(root, capsys, year):
    path = sent(root, UNTOLD.replace("năm 2020", f"năm {year}"))
    for arguments in (["check", str(path)], ["add", str(path), "--kind", "published"]):
        code = invoke(["--root", str(root.path), *arguments])
        said = capsys.readouterr()
        assert (code, said.out) == (2, "") and f"the year {year} is still to come" in said.err
    assert not root.ledger.exists()


def test_a_year_to_come_is_a_mistake_of_the_ledger(root, capsys):
    root.submissions.mkdir(parents=True)
    root.ledger.write_text("file,sha256,year,kind,received_on,sender,note\n2031/a.csv,,2031,published,,,\n")
    assert invoke(["--root", str(root.path), "status"]) == 1
    assert "line 2, column year: the year 2031 is still to come" in capsys.readouterr().err


def test_a_year_without_rules_is_an_error_of_check_and_add(root, capsys):
    path = sent(root, UNTOLD.replace("năm 2020", "năm 1921"))
    assert invoke(["--root", str(root.path), "check", str(path)]) == 1
    assert "No rules for the year" in capsys.readouterr().out
    assert invoke(["--root", str(root.path), "add", str(path), "--kind", "published"]) == 1
    assert "no rules in force in 1921" in capsys.readouterr().err and not root.ledger.exists()


def test_all_that_is_not_said_is_told_at_once(root, capsys):
    paths = [str(sent(root, UNTOLD.replace("năm 2020", ""), "a.csv")), str(sent(root, UNTOLD, "b.csv"))]
    paths.append(str(sent(root, UNTOLD.replace("2020", "2031"), "c.csv")))
    assert invoke(["--root", str(root.path), "add", *paths]) == 2
    said = capsys.readouterr().err
    for name, options in (("a.csv", ("--year", "--kind")), ("b.csv", ("--kind",)), ("c.csv", ("--year", "--kind"))):
        lines = [line for line in said.splitlines() if line.startswith(name) and ("Give" in line or "give" in line)]
        assert [option in " ".join(lines) for option in ("--year", "--kind")] == [
            option in options for option in ("--year", "--kind")
        ]
    assert invoke(["--root", str(root.path), "check", *paths]) == 2
    said = capsys.readouterr().err
    assert "a.csv: no title says which year" in said and "c.csv: the year 2031" in said


def test_nothing_is_added_where_one_of_several_files_cannot_be(root, capsys):
    good, bad = sent(root, UNTOLD, "good.csv"), sent(root, UNTOLD.replace("2020", "2031"), "bad.csv")
    assert invoke(["--root", str(root.path), "add", str(good), str(bad), "--kind", "appraised"]) == 2
    assert not root.ledger.exists()
