"""What the last completed run was built from: each thing that can change is noticed, named, and only that."""

import json
import os
import shutil

import pytest

from dagster_project import last_run
from dagster_project.errors import UserError
from dagster_project.publishing import publication
from dagster_project.root import REPOSITORY, Root
from dagster_project.submissions import arrivals
from dagster_project.warehouse import working

LEDGER = "file,sha256,year,kind,received_on,sender,note\n"


@pytest.fixture
def root(tmp_path):
    """A root with its own registries and SYNTHETIC files of two years, for which a run has been completed."""
    root = Root(tmp_path)
    arrive(root, "2020/a.txt", "SYNTHETIC 2020")
    arrive(root, "2021/b.txt", "SYNTHETIC 2021")
    arrive(root, "2021/c.txt", "SYNTHETIC, the second of 2021")
    root.ledger.write_text(LEDGER + "2021/b.txt,,2021,published,2022-04-05,,\n", encoding="utf-8")
    (tmp_path / "registries").mkdir()
    shutil.copy(REPOSITORY / "dbt_project" / "seeds" / "pillars.csv", tmp_path / "registries")
    publish(root)
    run(root)
    return root


def arrive(root, file, text):
    path = root.submissions / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def publish(root):
    """Puts a publication in place that has all of its parts, of which two have a file."""
    folder = publication.begin(root.published)
    for part in publication.PARTS[1:]:
        (folder / part).mkdir()
    (folder / publication.WAREHOUSE).write_bytes(b"published")
    (folder / "exports" / "a.csv").write_bytes(b"published")
    publication.put_in_place(root.published)


def run(root, only=None):
    """As a run does: notes what it finds, holds all of it or only the files of a year, publishes, is complete."""
    with working.made_or_used(root):
        root.build_database.write_bytes(b"built")
    with last_run.reading(root) as held:
        files = [file for year, files in last_run.inputs(root).years.items() for file in files if only in (None, year)]
        held.update(sha256 for _, sha256, _ in files)
    last_run.complete(root)


def due(root):
    found = last_run.due(root)
    return found.years, found.why


def test_a_status_says_what_of_the_data_is_newer_than_the_build(root):
    def newer() -> list[str]:
        return last_run.newer(root, arrivals(root).submissions)

    assert newer() == []
    arrive(root, "2020/late.txt", "late")
    assert newer() == ["năm / year 2020: mới / new: 2020/late.txt"]
    (root.submissions / "2020" / "late.txt").unlink()
    (root.submissions / "2020" / "a.txt").unlink()
    assert newer() == ["năm / year 2020: không còn / gone: 2020/a.txt"]
    (root.path / "registries").mkdir(exist_ok=True)
    (root.path / "registries" / "deadlines.csv").write_text("year,kind,due_on\n2020,published,2021-01-31\n")
    assert newer()[0] == "danh mục thay đổi / a registry changed: deadlines.csv"


def test_nothing_is_due_after_a_run_nor_after_a_file_was_only_touched(root):
    os.utime(root.submissions / "2020" / "a.txt", (1, 1))
    arrive(root, "2020/~$a.xlsx", "somebody has it open")
    assert due(root) == ([], [])


def test_without_a_record_or_with_a_broken_one_all_years_are_due(root):
    record = root.warehouse / "last_run.json"
    whole = json.loads(record.read_bytes())
    shapes = [
        {**whole, "inputs": {**whole["inputs"], name: value}}
        for name, kept in whole["inputs"].items()
        for value in (None, 1, "text", [], [1], {"2020": 1}, {"2020": [["a"]]}, {"a": None})
        if not (isinstance(kept, str) and isinstance(value, str))
    ]
    others = [b"{}", b"half a rec", b"[]", b'{"inputs": {"years": 1}, "published": {}}', b""]
    for content in (*others, *(json.dumps(shape).encode() for shape in shapes), None):
        record.write_bytes(content) if content else record.unlink()
        assert due(root) == (None, ["chưa có lượt chạy nào hoàn tất / no run has been completed yet"])


@pytest.mark.parametrize(
    ("change", "years", "why"),
    [
        (lambda root: arrive(root, "2022/d.txt", "SYNTHETIC 2022"), [2022], "năm / year 2022: mới / new: 2022/d.txt"),
        (
            lambda root: arrive(root, "2021/c.txt", "SYNTHETIC, corrected"),
            [2021],
            "năm / year 2021: nội dung đổi / changed: 2021/c.txt",
        ),
        (
            lambda root: (root.submissions / "2021" / "c.txt").unlink(),
            [2021],
            "năm / year 2021: không còn / gone: 2021/c.txt",
        ),
        (
            lambda root: (root.submissions / "2020" / "a.txt").unlink(),
            None,
            "năm / year 2020: không còn / gone: 2020/a.txt",
        ),
        (
            lambda root: root.ledger.write_text(LEDGER + "2021/b.txt,,2021,reply,,,\n", encoding="utf-8"),
            [2021],
            "năm / year 2021: sửa trong sổ / edited in the ledger: 2021/b.txt",
        ),
        (
            lambda root: root.ledger.write_text(root.ledger.read_text() + "2019/none.txt,,2019,,,,\n"),
            None,
            "sổ nhận hồ sơ đã được sửa / the ledger has been edited",
        ),
        (
            lambda root: (root.path / "registries" / "labels.csv").write_text("label,role\n"),
            None,
            "danh mục thay đổi / a registry changed: labels.csv",
        ),
        (
            lambda root: (root.published / "exports" / "a.csv").write_bytes(b"edited by hand"),
            None,
            "kết quả đã công bố bị thiếu hoặc bị sửa / published files are missing or changed: exports/a.csv",
        ),
        (
            lambda root: (root.published / "exports").unlink(),
            None,
            "kết quả đã công bố bị thiếu hoặc bị sửa / published files are missing or changed: exports/a.csv",
        ),
        (
            lambda root: shutil.rmtree(root.published),
            None,
            "bản công bố không phải của lượt chạy đã hoàn tất / what is published is not of the last completed run",
        ),
        (
            lambda root: root.build_database.write_bytes(b"written to"),
            None,
            "cơ sở dữ liệu làm việc bị thiếu hoặc bị sửa / the working database is missing or changed",
        ),
        (
            publish,
            None,
            "bản công bố không phải của lượt chạy đã hoàn tất / what is published is not of the last completed run",
        ),
    ],
)
def test_what_changed_is_due_and_named(root, change, years, why):
    change(root)
    assert due(root) == (years, [why])
    publish(root)
    run(root)
    assert due(root) == ([], [])


def test_code_and_versions_are_inputs_too(root, monkeypatch):
    monkeypatch.setattr(last_run, "_hash_of_folder", lambda folder: "other" if folder.name == "dbt_project" else "same")
    monkeypatch.setattr(last_run, "_versions", lambda: {"duckdb": "1.5.6"})
    run(root)
    monkeypatch.setattr(last_run, "_hash_of_folder", lambda folder: "same")
    monkeypatch.setattr(last_run, "_versions", lambda: {"duckdb": "2.0.0"})
    assert due(root) == (
        None,
        [
            "chương trình thay đổi / the code changed: dbt_project",
            "phiên bản thay đổi / a version changed: duckdb 1.5.6 → 2.0.0",
        ],
    )


def test_a_file_that_a_run_of_another_year_did_not_read_stays_due(root):
    arrive(root, "2022/d.txt", "SYNTHETIC 2022")
    run(root, only="2020")
    assert last_run.due(root).years == [2021, 2022]


def test_a_run_that_was_not_completed_leaves_no_record(root):
    arrive(root, "2022/d.txt", "SYNTHETIC 2022")
    with pytest.raises(KeyboardInterrupt), last_run.reading(root):
        raise KeyboardInterrupt
    last_run.complete(root)  # of parts only, later
    assert last_run.due(root).years == [2022]


def test_what_was_read_before_a_registry_changed_is_not_put_on_record(root):
    arrive(root, "2022/d.txt", "SYNTHETIC 2022")
    with last_run.reading(root) as held:
        held.update(sha256 for files in last_run.inputs(root).years.values() for _, sha256, _ in files)
    (root.path / "registries" / "labels.csv").write_text("label,role\n")
    last_run.complete(root)
    assert due(root)[0] is None


def test_publications_that_were_kept_are_no_reason(root):
    root.kept.mkdir()
    (root.kept / "2026-11-24.duckdb.gz").write_bytes(b"kept")
    (root.published / ".egov.duckdb.link").write_bytes(b"left by a kill")
    assert due(root) == ([], [])


def test_many_names_are_counted(root):
    for number in range(9):
        arrive(root, f"2022/{number}.txt", f"SYNTHETIC {number}")
    assert due(root)[1] == ["năm / year 2022: mới / new: 2022/0.txt, 2022/1.txt, 2022/2.txt, 2022/3.txt … (+5)"]


def test_a_ledger_that_cannot_be_understood_is_a_sentence(root):
    root.ledger.write_text("nothing,of,this\n", encoding="utf-8")
    with pytest.raises(UserError, match="the first line must be the names of the columns: file, sha256, year"):
        last_run.due(root)
