"""A publication comes into place in one moment, with links and without them, and says what belongs to it."""

import json
import os
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager

import duckdb
import pytest

from dagster_project.cli import invoke
from dagster_project.errors import UserError
from dagster_project.publishing import publication
from dagster_project.publishing.publication import PARTS, STAMP, begin, begun, damaged, put_in_place, standing
from dagster_project.root import Root


class Killed(BaseException):
    """As much of a kill as a test can do to itself."""


@pytest.fixture(params=["links", "copies"])
def published(request, tmp_path, monkeypatch):
    """A folder of published things, where links can be made and where they cannot, as on Windows."""
    if request.param == "copies":
        monkeypatch.setattr(publication, "has_links", lambda folder: False)
    elif os.name == "nt":
        pytest.skip("Windows gives links to few accounts")
    return tmp_path / "published"


def publish(published, words):
    prepare(published, words)
    return put_in_place(published)


def prepare(published, words):
    """Every part with these words in it."""
    folder = begin(published)
    (folder / PARTS[0]).write_text(words)
    for part in PARTS[1:]:
        (folder / part / "deep").mkdir(parents=True)
        (folder / part / "deep" / "file").write_text(words)


def said(folder):
    """What a reader finds under the names that users know, or in the folder of a publication."""
    files = [folder / PARTS[0], *(folder / part / "deep" / "file" for part in PARTS[1:])]
    return {path.read_text() if path.exists() else None for path in files}


def test_all_parts_are_of_one_publication_and_the_stamp_names_it(published):
    for words in ("first", "second", "third"):
        whole = publish(published, words)
        assert said(published) == said(whole.folder) == {words}
        assert json.loads((published / STAMP).read_text())["publication"] == whole.name
        assert standing(published) == whole
        assert damaged(whole, published) == []


def test_the_one_before_stays_for_who_reads_in_it_and_no_other(published):
    names = [publish(published, words).name for words in ("first", "second", "third")]
    assert sorted(path.name for path in (published / "publications").iterdir()) == sorted(names[1:])
    assert said(published / "publications" / names[1]) == {"second"}


def test_a_reader_who_looks_for_the_folder_finds_one_publication_whatever_is_put_in_place_meanwhile(published):
    publish(published, "0")
    mixed, readings, is_over = [], 0, threading.Event()

    def read():
        nonlocal readings
        while not is_over.is_set():
            now = standing(published)
            words = said(now.folder) if now else {"nothing stands"}
            readings += 1
            if len(words) != 1 or "nothing stands" in words:
                mixed.append(words)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 15):
        publish(published, str(number))
        seen = readings
        while readings < seen + 2:  # as long as a run takes, a reader has been through twice
            time.sleep(0.001)
    is_over.set()
    reader.join()
    assert mixed == []


def test_a_part_that_was_not_made_leaves_what_stands(published):
    publish(published, "first")
    prepare(published, "second")
    shutil.rmtree(begun(published) / "quality")
    with pytest.raises(UserError, match="quality has not been made"):
        put_in_place(published)
    assert said(published) == {"first"}


def test_parts_without_a_publication_begun_are_a_sentence(published):
    publish(published, "first")
    with pytest.raises(UserError, match="No publication has been begun"):
        begun(published)


@pytest.mark.parametrize("before", [(), ("first",), ("zeroth", "first")])
def test_killed_before_any_of_its_steps_it_is_wholly_one_or_the_other(published, before, monkeypatch):
    """By links also the names that users know; by copies, the folder that the stamp names."""
    is_linked = publication.has_links(published)
    last = before[-1] if before else None
    steps = ("rename", "replace", "symlink_to", "unlink", "mkdir")
    for kill_at in range(1, 60):
        shutil.rmtree(published, ignore_errors=True)
        published.mkdir()
        for words in before:
            publish(published, words)
        prepare(published, "new")
        count = 0

        def counted(real, kill_at=kill_at):
            def step(*given, **named):
                nonlocal count
                count += 1
                if count == kill_at:
                    raise Killed
                return real(*given, **named)

            return step

        with monkeypatch.context() as patched:
            for name in steps:
                patched.setattr(f"pathlib.Path.{name}", counted(getattr(type(published), name)))
            try:
                put_in_place(published)
            except Killed:
                pass
            else:
                assert kill_at > 5
                return
        now = standing(published)
        assert said(now.folder if now else published) in ({last}, {"new"})
        if is_linked:
            assert said(published) in ({last}, {"new"})
        publish(published, "healed")
        assert said(published) == {"healed"}
        assert damaged(standing(published), published) == []
        assert not [path for path in published.iterdir() if path.name.startswith(".")]
    raise AssertionError("it never came to its end")


def _folder_in_place(path):
    path.unlink()
    path.mkdir()


WAYS = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "noise": lambda path: path.write_bytes(bytes(reversed(path.read_bytes()))),
    "a folder": _folder_in_place,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("part", PARTS)
def test_what_is_damaged_is_named_and_the_next_replaces_it(published, part, way):
    whole = publish(published, "first")
    file = part if part == PARTS[0] else f"{part}/deep/file"
    WAYS[way]((published / file).resolve())
    assert damaged(whole, published) == [file]
    if publication.has_links(published):
        assert whole.whole(file) is None
    publish(published, "second")
    assert said(published) == {"second"}
    assert damaged(standing(published), published) == []


@pytest.mark.parametrize("name", [*PARTS, STAMP, "current", "publications"])
@pytest.mark.parametrize("what", ["a file", "a folder", "a link that leads nowhere", "nothing"])
def test_what_is_in_the_way_is_replaced(published, name, what):
    publish(published, "first")
    path = published / name
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    if what == "a file":
        path.write_text("in the way")
    elif what == "a folder":
        path.mkdir()
        (path / "in the way").touch()
    elif what != "nothing":
        path.symlink_to("nowhere")
    publish(published, "second")
    assert said(published) == {"second"}
    assert damaged(standing(published), published) == []


@pytest.mark.skipif(os.name == "nt", reason="links, as Linux has them")
def test_what_is_in_the_way_and_cannot_be_removed_is_named_and_what_stands_stays(tmp_path):
    published = tmp_path / "published"
    first = publish(published, "first")
    path = published / PARTS[1]
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()
    with kept_from_removal(path):
        with pytest.raises(UserError, match=f"{path} is in the way of what is published, and cannot be removed"):
            publish(published, "second")
        assert standing(published) == first
        assert {(published / part).resolve().parent for part in PARTS if part != PARTS[1]} == {first.folder}
    publish(published, "third")
    assert said(published) == {"third"}


@contextmanager
def kept_from_removal(folder):
    """A folder that its owner may not empty; the administrator may, unless the file system forbids it."""
    if os.geteuid():
        folder.chmod(0o555)
    elif not shutil.which("chattr") or subprocess.run(["chattr", "+i", folder], check=False).returncode:
        pytest.skip("nothing is kept from the administrator here")
    try:
        yield
    finally:
        if os.geteuid():
            folder.chmod(0o755)
        else:
            subprocess.run(["chattr", "-i", folder], check=True)


def test_an_earlier_layout_gives_way(published):
    """Files and folders themselves under the names that users know, as earlier versions published them."""
    published.mkdir()
    (published / PARTS[0]).write_text("earlier")
    for part in PARTS[1:]:
        (published / part).mkdir()
    (published / "kept").mkdir()
    (published / "kept" / "2026-11-24.json").write_text("kept")
    assert standing(published) is None
    publish(published, "first")
    assert said(published) == {"first"}
    assert (published / "kept" / "2026-11-24.json").read_text() == "kept"


@pytest.mark.parametrize("stamp", ["", "[]", "{}", "null", '{"publication": "../..", "before": null, "files": {}}'])
def test_a_stamp_of_another_shape_says_nothing(published, stamp):
    publish(published, "first")
    (published / STAMP).resolve().write_text(stamp)
    assert standing(published) is None


def test_a_query_on_a_warehouse_that_was_changed_by_hand_says_so_in_a_line_and_not_in_its_answer(tmp_path, capsys):
    root = Root(tmp_path)

    def asked():
        assert invoke(["--root", str(root.path), "sql", "--format", "csv", "SELECT figure FROM fct_score"]) == 0
        return capsys.readouterr()

    prepare(root.published, "parts")
    warehouse = begun(root.published) / PARTS[0]
    warehouse.unlink()
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE TABLE fct_score AS SELECT 45.13 AS figure")
    put_in_place(root.published)
    assert asked() == ("figure\n45.13\n", "")
    os.utime(root.published_database)  # copied or touched, and what it was
    assert asked() == ("figure\n45.13\n", "")
    with duckdb.connect(str(root.published_database.resolve())) as connection:
        connection.execute("UPDATE fct_score SET figure = 99.99")
    out, said = asked()
    assert out == "figure\n99.99\n"
    assert said.count("\n") == 1 and "không còn như lúc công bố" in said and "is not what was published" in said
    (root.published / STAMP).unlink()  # as an earlier version left it: nobody can say
    assert asked() == ("figure\n99.99\n", "")
