"""Publications that are kept: each that said something new, once, and it opens again as it was given."""

import gzip
import json
import os
from datetime import datetime

import duckdb
import pytest

from dagster_project.errors import UserError
from dagster_project.publishing.kept import found, keep, kept, opened_again
from dagster_project.publishing.warehouse import publish


@pytest.fixture
def build(tmp_path):
    """A SYNTHETIC build database with one table of the contract, and what it was built from."""
    path = tmp_path / "build" / "egov.duckdb"
    path.parent.mkdir()
    change(
        path,
        "create table fct_score (year integer not null, unit_name varchar, score decimal(18, 9), "
        "primary key (year)); insert into fct_score values (2020, 'Xã Đông Quý', 83.849); "
        "comment on table fct_score is 'Điểm'; comment on column fct_score.score is 'Điểm của đơn vị.'; "
        "create table run_manifest (path varchar, sha256 varchar, rows integer); "
        "insert into run_manifest values ('data/submissions/2020/a.txt', 'ab12', 1)",
    )
    return path


@pytest.fixture
def published(tmp_path):
    return tmp_path / "published" / "egov.duckdb"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "published" / "kept"


def change(path, statement):
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)


def publish_on(day, build, published):
    """Publishes as on that day: a file's day is the one on which it was put in place."""
    was = published.stat().st_mtime_ns if published.exists() else None
    publish(build, published)
    if published.stat().st_mtime_ns != was:
        os.utime(published, (datetime.fromisoformat(day).timestamp(),) * 2)


def names(folder):
    return [one.name for one in kept(folder)]


def all_of(path):
    """Tables, types, constraints, comments and rows."""
    with duckdb.connect(str(path), read_only=True) as connection:
        said = [
            connection.execute(f"select * exclude (database_oid, table_oid) from {what} order by all").fetchall()
            for what in ("duckdb_tables()", "duckdb_columns()")
        ]
        return said, connection.execute("from fct_score order by all").fetchall()


def test_each_publication_that_differs_is_kept_once_under_its_day(build, published, folder):
    for day, statement, kept_as in (
        ("2026-11-24", "select 1", "2026-11-24"),
        ("2026-11-25", "select 1", None),
        ("2026-12-01", "update fct_score set score = 1", "2026-12-01"),
        ("2026-12-01", "insert into fct_score values (2021, '', null)", "2026-12-01-2"),
        ("2026-11-30", "comment on table fct_score is 'the clock went back'", "2026-12-01-3"),
        ("2026-12-02", "comment on table fct_score is 'the clock went back'", None),
        ("2026-12-02", "update fct_score set score = 83.849", "2026-12-02"),
    ):
        change(build, statement)
        publish_on(day, build, published)
        one = keep(published, folder)
        assert (one and one.name) == kept_as
    assert names(folder) == ["2026-11-24", "2026-12-01", "2026-12-01-2", "2026-12-01-3", "2026-12-02"]


def test_a_kept_publication_opens_again_as_it_was_given(build, published, folder):
    publish_on("2026-11-24", build, published)
    content, said = published.read_bytes(), all_of(published)
    keep(published, folder)
    change(build, "delete from fct_score; alter table fct_score drop column unit_name")
    publish_on("2026-11-25", build, published)
    keep(published, folder)
    with opened_again(found(folder, "2026-11-24")) as path:
        assert path.read_bytes() == content
        assert all_of(path) == said
    assert not path.exists()
    with gzip.open(folder / "2026-11-24.duckdb.gz") as packed:  # with nothing of ours
        assert packed.read() == content


def test_the_manifest_says_what_it_is_and_was_built_from(build, published, folder):
    publish_on("2026-11-24", build, published)
    one = keep(published, folder)
    assert json.loads((folder / "2026-11-24.json").read_text(encoding="utf-8")) == {
        "publication": "2026-11-24",
        "published_on": "2026-11-24",
        "sha256": one.sha256,
        "rows": {"fct_score": 1, "run_manifest": 1},
        "built_from": {"data/submissions/2020/a.txt": "ab12"},
    }


def test_what_is_published_anew_with_the_same_content_is_not_kept_again(build, published, folder):
    publish_on("2026-11-24", build, published)
    first = keep(published, folder)
    published.unlink()
    publish_on("2026-12-01", build, published)
    assert keep(published, folder) is None
    assert kept(folder) == [first]


def test_a_day_names_what_stood_at_its_end_and_a_number_one_of_a_day(build, published, folder):
    for score, day in enumerate(("2026-11-24", "2026-11-24", "2026-12-01")):
        change(build, f"update fct_score set score = {score}")
        publish_on(day, build, published)
        keep(published, folder)
    assert found(folder, "2026-11-24").name == "2026-11-24-2"
    assert found(folder, "2026-11-24-1").name == "2026-11-24"
    assert found(folder, "2026-11-30").name == "2026-11-24-2"
    assert found(folder, "1/12/2026").name == "2026-12-01"
    with pytest.raises(UserError, match="2999-01-01 is still to come"):
        found(folder, "2999-01-01")
    for wrong in ("2026-11-23", "2026-12-01-2"):
        with pytest.raises(UserError, match=r"Those that are: 2026-11-24, 2026-11-24-2, 2026-12-01\."):
            found(folder, wrong)
    for wrong in ("yesterday", "2026-13-01", "../2026-11-24"):
        with pytest.raises(UserError, match="is neither a file nor the day of a publication"):
            found(folder, wrong)


class Killed(BaseException):
    """As much of a kill as a test can do to itself."""


@pytest.mark.parametrize("at", ["shutil.copyfileobj", "write_atomically"])
def test_killed_while_it_keeps_the_next_run_keeps_it(build, published, folder, monkeypatch, at):
    def kill(*given):
        raise Killed

    publish_on("2026-11-24", build, published)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(f"dagster_project.publishing.kept.{at}", kill)
        keep(published, folder)
    assert kept(folder) == []
    assert keep(published, folder).name == "2026-11-24"
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11-24.duckdb.gz", "2026-11-24.json"]


def test_a_damaged_one_is_a_sentence(build, published, folder):
    publish_on("2026-11-24", build, published)
    one = keep(published, folder)
    one.path.write_bytes(one.path.read_bytes()[:-100])
    with pytest.raises(UserError, match=r"is damaged\. Put it back from a backup"), opened_again(one):
        pass


def test_a_damaged_one_stops_nothing_and_is_never_written_over(build, published, folder):
    publish_on("2026-11-24", build, published)
    keep(published, folder)
    for name in ("2026-11-24.json", "2026-99-99.json", "2026-99-99.duckdb.gz"):
        (folder / name).write_text("half a mani")
    assert keep(published, folder).name == "2026-11-24-2"
    (folder / "2026-11-24-2.json").unlink()
    (folder / "2026-11-24-2.duckdb.gz").write_text("another")
    assert keep(published, folder).name == "2026-11-24-3"
    assert (folder / "2026-11-24.json").read_text() == "half a mani"
    assert (folder / "2026-11-24-2.duckdb.gz").read_text() == "another"
    with pytest.raises(UserError, match="is damaged"), opened_again(found(folder, "2026-11-24-1")):
        pass
