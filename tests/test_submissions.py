"""The ledger and the submissions folder: nothing that was sent is lost, and nothing is taken for what it is not."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster_project.errors import UserError
from dagster_project.root import Root
from dagster_project.submissions import arrivals, ledger
from dagster_project.submissions.adding import add, undo
from dagster_project.submissions.file_names import safe_name

HEADER = "file,sha256,year,kind,received_on,sender,note\n"
DAY = date(2021, 4, 5)


@pytest.fixture
def root(tmp_path: Path) -> Root:
    root = Root(tmp_path)
    (root.submissions / "2020").mkdir(parents=True)
    return root


def put(root: Root, name: str, content: str = "") -> str:
    """A file in the submissions folder; its SHA-256."""
    path = root.submissions / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or name, encoding="utf-8")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_ledger_says_who_sent_a_file_and_when(root):
    sha256 = put(root, "2020/a.xlsx")
    root.ledger.write_text(HEADER + f'2020/a.xlsx,{sha256},2020,published,2021-04-05,"Sở, Thái Bình",\n', "utf-8")
    (one,) = arrivals(root).submissions
    assert (one.submission_id, one.file_name, one.year, one.kind) == (sha256, "a.xlsx", 2020, "published")
    assert (one.received_on, one.sender, one.note, one.is_ledgered) == (DAY, "Sở, Thái Bình", None, True)


def test_a_file_without_a_line_is_read_all_the_same_and_comes_before_those_with_one(root):
    put(root, "2020/b.xlsx")
    put(root, "2020/huyện/a.xlsx")
    root.ledger.write_text(HEADER + "2020/b.xlsx,,2020,published,,,\n")
    unledgered, ledgered = arrivals(root).submissions
    assert (unledgered.file, unledgered.is_ledgered, unledgered.received_on) == ("2020/huyện/a.xlsx", False, None)
    assert ledgered.is_ledgered and unledgered.order < ledgered.order


def test_what_is_no_submission_is_left_out_and_listed(root):
    names = ["~$a.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store", ".hidden", "a.xlsx.part", "sub/.~lock.a.ods#"]
    for name in names:
        put(root, f"2020/{name}")
    put(root, "stray.xlsx")
    (root.submissions / "2020" / "out.xlsx").symlink_to(__file__)
    arrived = arrivals(root)
    assert arrived.submissions == []
    assert {one.file.removeprefix("2020/"): one.reason for one in arrived.left_out} == {
        "~$a.xlsx": "lock_file",
        "sub/.~lock.a.ods#": "lock_file",
        "Thumbs.db": "system_file",
        "desktop.ini": "system_file",
        ".DS_Store": "system_file",
        ".hidden": "hidden_file",
        "a.xlsx.part": "unfinished_copy",
        "out.xlsx": "link",
        "stray.xlsx": "not_in_a_year_folder",
    }


def test_the_same_bytes_twice_are_one_submission(root):
    put(root, "2020/a.xlsx", "same")
    put(root, "2020/b.xlsx", "same")
    root.ledger.write_text(HEADER + "2020/b.xlsx,,2020,published,,,\n")
    arrived = arrivals(root)
    assert [one.file for one in arrived.submissions] == ["2020/b.xlsx"]
    assert [(one.file, one.reason) for one in arrived.left_out] == [("2020/a.xlsx", "same_bytes")]


def test_a_file_that_was_moved_is_known_by_its_bytes(root):
    sha256 = put(root, "2020/thái-bình/a.xlsx")
    root.ledger.write_text(HEADER + f"2020/a.xlsx,{sha256},2020,,,,\n", encoding="utf-8")
    arrived = arrivals(root)
    assert [(one.file, one.is_ledgered) for one in arrived.submissions] == [("2020/thái-bình/a.xlsx", True)]
    assert arrived.problems == []


def test_lines_that_do_not_fit_the_folder_are_told(root):
    put(root, "2020/changed.xlsx")
    sha256 = put(root, "2020/twice.xlsx")
    lines = [f"2020/gone.xlsx,{'a' * 64},2020,,,,", f"2020/changed.xlsx,{'b' * 64},2020,,,,"]
    lines += [f"2020/twice.xlsx,{sha256},2020,,,,"] * 2
    root.ledger.write_text(HEADER + "\n".join(lines) + "\n")
    arrived = arrivals(root)
    assert [(one.file, one.what) for one in arrived.problems] == [
        ("2020/gone.xlsx", "missing"),
        ("2020/changed.xlsx", "changed"),
        ("2020/twice.xlsx", "repeated"),
    ]
    assert [(one.file, one.is_ledgered) for one in arrived.submissions] == [
        ("2020/changed.xlsx", False),
        ("2020/twice.xlsx", True),
    ]


def test_names_in_decomposed_letters_are_the_same_names(root):
    put(root, unicodedata.normalize("NFD", "2020/Thái Bình.xlsx"))
    root.ledger.write_text(HEADER + "2020\\Thái Bình.xlsx,,2020,,,,\n", encoding="utf-8-sig")
    assert [one.is_ledgered for one in arrivals(root).submissions] == [True]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("2020/a.xlsx,,20,,,,", "line 2, column year: '20' must be a year"),
        ("2020/a.xlsx,,2020,final,,,", "line 2, column kind: 'final' is no kind; there are: published"),
        ("2020/a.xlsx,,2020,,4/15/2021,,", "line 2, column received_on: '4/15/2021' must be a day written day first"),
        ("2020/a.xlsx,zz,2020,,,,", "line 2, column sha256: 'zz'"),
        ("../a.xlsx,,2020,,,,", "line 2, column file: '../a.xlsx' is not the path of a file inside"),
        ("C:\\a.xlsx,,2020,,,,", "line 2, column file"),
        (".,,2020,,,,", "line 2, column file: '.'"),
        ('2020/a.xlsx,,2020,,,,"open\n2020/b.xlsx,,2020,,,,\n', "line 2: a quotation mark"),
        ('2020/a.xlsx,,2020,,,,"open\n2020/b.xlsx,,2020,,,"Sở, TT",\n', "line 2: a quotation mark"),
        ('2020/a.xlsx,,2020,,,,"open\n2020/b.xlsx,,2020,,,,closed"\n', "line 2: a quotation mark"),
        ('2020/a.xlsx,,2020,,,,"open\n2020/b.xlsx,,2020\n2020/c.xlsx,,2020,,,,closed"\n', "line 2: a quotation mark"),
        ('2020/a.xlsx,,2020,,,,"open\n2020/b.xlsx,,2020\nclosed"\n', "line 2: a quotation mark"),
        ('2020/a.xlsx,,2020,,,"two\nlines",\n2020/b.xlsx,,2020,,,,"open\n', "line 4: a quotation mark"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(root, line, what):
    root.ledger.write_text(HEADER + line + "\n")
    with pytest.raises(UserError, match=what.replace("(", "\\(")):
        arrivals(root)


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a link to itself"])
def test_a_ledger_that_is_no_file_is_a_sentence(root, what):
    if what == "a folder":
        root.ledger.mkdir()
    elif what == "a pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("there are no pipes among files here")
        os.mkfifo(root.ledger)
    else:
        root.ledger.symlink_to(root.ledger)
    with pytest.raises(UserError, match="is not a file: the ledger cannot be read"):
        arrivals(root)


def test_adding_copies_and_enters_and_the_same_file_again_adds_nothing(root, tmp_path):
    path = tmp_path / "biểu điểm.xlsx"
    path.write_text("scores")
    added = add(root, path, 2020, "published", DAY, sender="Sở; =cmd()", note='with "quotes"')
    assert added.is_new and added.file == "2020/biểu điểm.xlsx"
    assert (root.submissions / added.file).read_bytes() == path.read_bytes()
    (one,) = arrivals(root).submissions
    assert (one.received_on, one.sender, one.note) == (DAY, "Sở; =cmd()", 'with "quotes"')
    assert not add(root, path, 2021, "appraised", DAY).is_new
    assert len(ledger.read(root.ledger)) == 1


def test_a_taken_name_is_never_overwritten_and_the_new_file_keeps_its_name(root, tmp_path):
    path = tmp_path / "a.xlsx"
    for content in ("first", "second", "third"):
        path.write_text(content)
        add(root, path, 2020, "published", DAY)
    kept = {one.file: (root.submissions / one.file).read_text() for one in arrivals(root).submissions}
    assert kept == {
        "2020/a.xlsx": "first",
        "2020/2021-04-05/a.xlsx": "second",
        "2020/2021-04-05/a-2.xlsx": "third",
    }


def test_a_file_that_lies_there_without_a_line_gets_one_where_it_lies(root):
    put(root, "2020/a.xlsx")
    added = add(root, root.submissions / "2020" / "a.xlsx", 2020, "published", DAY)
    assert (added.file, added.is_new) == ("2020/a.xlsx", True)
    assert [one.is_ledgered for one in arrivals(root).submissions] == [True]


def test_a_ledger_that_is_open_elsewhere_is_a_sentence(root, tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_text("scores")

    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(ledger, "write_atomically", refuse)
    with pytest.raises(UserError, match="close it in other programs"):
        add(root, path, 2020, "published", DAY)


def test_undo_takes_the_last_line_and_its_file_and_nothing_else(root, tmp_path):
    put(root, "2020/first.xlsx")
    before = HEADER + '2020/first.xlsx,,2020,published,,"a\nb",\r\n'
    root.ledger.write_bytes(before.encode())
    path = tmp_path / "a.xlsx"
    path.write_text("scores")
    add(root, path, 2020, "published", DAY)
    (taken,) = undo(root)
    assert root.ledger.read_bytes() == before.encode()
    assert not (root.submissions / "2020" / "a.xlsx").exists()
    assert taken.kept_at is not None and taken.kept_at.read_text() == "scores"


def test_undo_leaves_a_file_that_has_changed_since(root, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("scores")
    added = add(root, path, 2020, "published", DAY)
    (root.submissions / added.file).write_text("other scores")
    with pytest.raises(UserError, match="has changed"):
        undo(root)
    assert len(ledger.read(root.ledger)) == 1


def test_many_adds_at_once_each_leave_their_line_and_their_file(root, tmp_path):
    paths = [tmp_path / f"{number}.txt" for number in range(12)]
    for number, path in enumerate(paths):
        path.write_text(f"SYNTHETIC {number}")
    code = (
        "import sys; from datetime import date; from pathlib import Path; from dagster_project.root import Root; "
        "from dagster_project.submissions.adding import add; "
        "add(Root(Path(sys.argv[1])), Path(sys.argv[2]), 2020, 'published', date(2021, 4, 5), note='a \"mark')"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(root.path), str(path)]) for path in paths]
    assert [process.wait() for process in processes] == [0] * len(paths)
    assert sorted(entry.file for entry in ledger.read(root.ledger)) == sorted(f"2020/{path.name}" for path in paths)
    arrived = arrivals(root)
    assert len(arrived.submissions) == len(paths) and not arrived.problems and not arrived.left_out


def test_a_file_that_is_still_being_written_is_not_added(root, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("first ")

    def meanwhile(seconds: float) -> None:
        with path.open("a") as file:
            file.write("and more")

    monkeypatch.setattr("dagster_project.submissions.adding.time.sleep", meanwhile)
    with pytest.raises(UserError, match="is still being written"):
        add(root, path, 2020, "published", DAY)
    assert not root.ledger.exists() and not arrivals(root).submissions


@pytest.mark.parametrize("name", ["a.tmp", "a.part", "Thumbs.db", "desktop.ini"])
def test_what_would_be_left_out_is_not_added(root, tmp_path, name):
    (tmp_path / name).write_text("SYNTHETIC")
    with pytest.raises(UserError, match="Rename it, then add it"):
        add(root, tmp_path / name, 2020, "published", DAY)


def test_a_line_that_cannot_be_read_back_is_not_there(root, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("SYNTHETIC")
    before = HEADER + "2020/b.txt,,2020,published,,,\n"
    root.ledger.write_text(before)
    monkeypatch.setattr("dagster_project.submissions.ledger.os.fsync", lambda descriptor: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ledger.append(root.ledger, ledger.Entry("2020/a.txt", "", 2020, None, None, None, None))
    assert root.ledger.read_text() == before


def test_links_that_lead_nowhere_and_linked_folders_are_left_out_and_listed(root, tmp_path):
    year = root.submissions / "2020"
    (year / "itself.xlsx").symlink_to(year / "itself.xlsx")
    (year / "nowhere.xlsx").symlink_to(year / "none")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.xlsx").write_text("SYNTHETIC")
    (year / "linked").symlink_to(tmp_path / "elsewhere")
    (root.submissions / "2021").symlink_to(tmp_path / "elsewhere")
    arrived = arrivals(root)
    assert not arrived.submissions
    assert {one.file: one.reason for one in arrived.left_out} == {
        "2020/itself.xlsx": "link",
        "2020/nowhere.xlsx": "link",
        "2020/linked": "linked_folder",
        "2021": "linked_folder",
    }


def test_a_name_that_is_not_utf8_is_told_as_far_as_it_can_be(root):
    path = os.path.join(os.fsencode(root.submissions / "2020"), b"bi\xff.txt")  # noqa: PTH118
    try:
        with open(path, "w") as file:  # noqa: PTH123
            file.write("SYNTHETIC")
    except OSError:
        pytest.skip("the disk takes names in UTF-8 only")
    (one,) = arrivals(root).left_out
    assert (one.file, one.reason) == ("2020/bi\ufffd.txt", "name_not_utf8")


def test_undo_takes_what_the_last_add_added_and_never_what_was_there_before(root, tmp_path):
    paths = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path in paths:
        path.write_text(f"SYNTHETIC {path.name}")
    add(root, paths[0], 2020, "published", DAY)
    for at, path in enumerate(paths[1:]):
        add(root, path, 2020, "published", DAY, is_first=at == 0)
    with root.ledger.open("a") as file:
        file.write("2020/by-hand.txt,,2020,published,,,\n")
    assert [taken.file for taken in undo(root)] == ["2020/b.txt", "2020/c.txt"]
    left = ["2020/a.txt", "2020/by-hand.txt"]
    assert [entry.file for entry in ledger.read(root.ledger)] == left
    with pytest.raises(UserError, match="taken back already: there is nothing to take back"):
        undo(root)
    assert add(root, paths[0], 2020, "published", DAY).is_new is False
    with pytest.raises(UserError, match="added nothing"):
        undo(root)
    assert [entry.file for entry in ledger.read(root.ledger)] == left


def test_undo_without_a_record_takes_nothing(root):
    root.ledger.write_text(HEADER + "2020/a.txt,,2020,published,,,\n")
    with pytest.raises(UserError, match="not known what the last `egov add` added"):
        undo(root)
    assert len(ledger.read(root.ledger)) == 1


def test_undo_without_a_line_says_so(root):
    with pytest.raises(UserError, match="nothing to take back"):
        undo(root)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../up.xlsx", "up.xlsx"),
        ("..\\up.xlsx", "up.xlsx"),
        ("a\nb.xlsx", "a b.xlsx"),
        ("a\x1b[31m.xlsx", "a[31m.xlsx"),
        ("a'b;$(date).xlsx", "a'b;$(date).xlsx"),
        ("a\u202excod.xlsx", "axcod.xlsx"),
        ("-rf.xlsx", "rf.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("A.XLSX", "A.XLSX"),
        ("no extension", "no extension"),
        ("a:b?.xlsx", "a_b_.xlsx"),
        ("", "submission"),
        ("...", "submission"),
    ],
)
def test_a_name_becomes_a_plain_name(name, kept):
    assert safe_name(name) == kept


@given(st.text(max_size=400))
def test_no_name_leads_anywhere_or_hides(name):
    kept = safe_name(name)
    assert kept == safe_name(kept)
    assert 0 < len(kept.encode()) <= 200
    assert not set(kept) & set('/\\\0<>:"|?*\n') and kept[0] not in "-.~ " and kept[-1] not in ". "
