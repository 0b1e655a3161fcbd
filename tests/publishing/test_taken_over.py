"""What is taken over unmade is what would have been made: with two provinces, of which one changes."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.publishing import annexes, quality
from dagster_project.publishing.annexes.gathering import annexes as gathered
from dagster_project.publishing.annexes.gathering import places
from dagster_project.publishing.annexes.writing import FILES, PDF, TAKEN_OVER, WRITTEN, write_annexes
from dagster_project.publishing.before import MADE_OF
from dagster_project.publishing.contract import opened
from dagster_project.publishing.made_of import MadeOf
from dagster_project.publishing.publication import PARTS, WAREHOUSE, Publication, begin, put_in_place
from dagster_project.publishing.quality import overview, replies, what_if
from dagster_project.publishing.quality.gathering import reports
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.site import charts
from dagster_project.publishing.site.writing import SITE, write_site
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

sys.path.insert(0, str(REPOSITORY / "tests" / "data" / "synthetic"))
from several_years import make_root

SYNTHETIC = ("2021/thai-binh-2021-synthetic.txt", "2022/hung-yen-2022-synthetic.txt")


@pytest.fixture(scope="module")
def stands(build_in_memory: Callable, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication of SYNTHETIC decisions of Thái Bình 2021 and Hưng Yên 2022; of its parts those that are tried."""
    folder = tmp_path_factory.mktemp("two")
    make_root(folder / "root")
    root = Root(folder / "root")
    lines = root.ledger.read_text("utf-8").splitlines(keepends=True)
    root.ledger.write_text("".join(line for line in lines if line.startswith(("file,", *SYNTHETIC))), "utf-8")
    for path in root.submissions.glob("*/*.txt"):
        if path.relative_to(root.submissions).as_posix() not in SYNTHETIC:
            path.unlink()
    with build_in_memory(root) as connection:
        connection.execute(
            f"ATTACH '{folder / 'built.duckdb'}' AS built; COPY FROM DATABASE egov TO built; DETACH built"
        )
    begun = begin(folder / "published")
    publish(folder / "built.duckdb", begun / WAREHOUSE)
    write_site(begun / WAREHOUSE, begun / SITE, None)
    write_quality(begun / WAREHOUSE, begun / quality.writing.PART)
    write_annexes(begun / WAREHOUSE, begun / annexes.writing.PART)
    for part in PARTS:
        if not (begun / part).exists():
            (begun / part).mkdir()
    return put_in_place(folder / "published")


OF_HUNG_YEN = "assessment_key = (SELECT assessment_key FROM dim_assessment WHERE year = 2022)"
CHANGES = {
    "a score": "UPDATE fct_component_score SET score = score + 0.5 WHERE {0} AND component = (SELECT min(component) "
    "FROM fct_component_score) AND unit_code = (SELECT min(unit_code) FROM fct_component_score WHERE {0})",
    "a rank": "UPDATE fct_unit_result SET rank_in_province = 77 WHERE {0}",
    "a level": "UPDATE fct_unit_result SET level_computed = 'IV' WHERE {0} AND level_computed = 'III'",
    "a result that is gone": "DELETE FROM fct_unit_result WHERE {0} AND rank_in_province = 1",
    "a finding": "UPDATE fct_finding SET message_vi = 'khác', message_en = 'other' WHERE {0}",
    "a total": "UPDATE fct_pillar_result SET computed = computed + 1 WHERE {0}",
    "a movement": "UPDATE fct_unit_movement SET rank_change = 3 WHERE {0}",
    "a distance": "UPDATE fct_level_distance SET margin = 0.5 WHERE {0}",
    "a correction": "INSERT INTO fct_correction BY NAME SELECT 'x' AS correction_id, index_code, year, kind, "
    "assessment_key, unit_key, component AS field, DATE '2023-01-01' AS decided_on, 'SYNTHETIC' AS why "
    "FROM fct_component_score WHERE {0} LIMIT 1",
    "when a finding was made": "UPDATE fct_finding_history SET received_on = DATE '2023-01-01' WHERE {0}",
    "the quality of a submitter": "UPDATE agg_quality SET errors_open = errors_open + 1 WHERE year = 2022",
    "the order of columns": "UPDATE fct_component_score SET column_number = 50 - column_number WHERE {0}",
    "a source": "UPDATE fct_submission SET decision_number = '77/QĐ-UBND' WHERE {0}",
    "how much is scored": "UPDATE dim_assessment SET units_scored = 1, is_complete = NOT is_complete WHERE {0}",
}
OF_ALL = {
    "the name of a level": "UPDATE dim_term SET name_vi = 'Bậc ' || code WHERE term = 'level'",
    "the name of a component": "UPDATE dim_component SET name_vi = 'Khác', name_en = 'Other'",
    "a threshold": "UPDATE dim_level_rule SET min_total = min_total + 1",
    "a unit's name": "UPDATE dim_unit SET unit_name = 'Xã Khác' WHERE tier = 'commune'",
}
NOT_ON_THE_SITE = {
    "the wording of a decision": "UPDATE dim_decision_text SET text = text || ' (khác)'",
    "the name of a check": "UPDATE dim_check SET name_vi = 'Khác', name_en = 'Other'",
}
OF_BOTH = {**OF_ALL, **NOT_ON_THE_SITE}
ALL = {**{name: change.format(OF_HUNG_YEN) for name, change in CHANGES.items()}, **OF_BOTH}


def changed_copy(stands: Publication, folder: Path, change: str) -> Path:
    """A copy of the warehouse in which something is changed."""
    shutil.copy(stands.folder / WAREHOUSE, folder / WAREHOUSE)
    with duckdb.connect(str(folder / WAREHOUSE)) as connection:
        connection.execute(change)
    return folder / WAREHOUSE


def taken_over(stands: Publication, folder: Path, change: str) -> int:
    """How many files are taken over after a change; holds that the site is what it would be without any."""
    changed = changed_copy(stands, folder, change)
    done, anew = write_site(changed, folder / SITE, stands), write_site(changed, folder / "anew", None)
    assert done.files == anew.files
    assert contents(folder / SITE) == contents(folder / "anew")
    return done.taken_over


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changes_in_one_province_is_on_its_pages_and_leaves_the_others(stands, tmp_path, change):
    others = 2 * sum("/units/" in name and name.startswith("site/vi/units/12") for name in stands.files)
    least = 0 if change == CHANGES["the order of columns"] else others // 2  # all pages have that of the last document
    assert others // 2 > 50 and taken_over(stands, tmp_path, change.format(OF_HUNG_YEN)) >= least


@pytest.mark.parametrize("change", OF_ALL.values(), ids=OF_ALL.keys())
def test_what_all_pages_may_say_is_said_anew_on_all(stands, tmp_path, change):
    assert taken_over(stands, tmp_path, change) < len(contents(stands.folder / SITE))


@pytest.mark.parametrize("change", ALL.values(), ids=ALL.keys())
def test_the_reports_of_a_year_are_taken_over_or_made_alike(stands, tmp_path, change):
    changed = changed_copy(stands, tmp_path, change)
    done, anew = write_quality(changed, tmp_path / "quality", stands), write_quality(changed, tmp_path / "anew")
    assert contents(tmp_path / "quality") == contents(tmp_path / "anew")
    assert (done.reports, done.findings) == (anew.reports, anew.findings) and not anew.taken_over
    if change not in OF_BOTH.values():
        assert 2021 in done.taken_over


@pytest.mark.parametrize("change", ALL.values(), ids=ALL.keys())
def test_annexes_of_the_same_mark_say_the_same(stands, tmp_path, change):
    with opened(stands.folder / WAREHOUSE) as before, opened(changed_copy(stands, tmp_path, change)) as after:
        stood, now = ({place.folder: place for place in places(one)} for one in (before, after))
        of_before, of_now = (MadeOf(one, annexes.queries.ASKED, "assessment_key") for one in (before, after))
        same = {
            folder
            for folder, place in now.items()
            if of_now.mark(place.row["assessment_key"], place)
            == of_before.mark(place.row["assessment_key"], stood[folder])
        }
        assert all(gathered(after, now[folder]) == gathered(before, stood[folder]) for folder in same)
    assert not same if change in OF_BOTH.values() else "2021" in same


def test_annexes_are_taken_over_or_written_by_what_they_are_made_of(stands, tmp_path):
    changed = changed_copy(stands, tmp_path, ALL["a score"])
    assert write_annexes(changed, tmp_path / "one", stands) == {"2021": TAKEN_OVER, "2022": WRITTEN}
    assert sorted(path.name for path in (tmp_path / "one" / "2022").iterdir()) == sorted(FILES)
    for name in FILES:
        assert (tmp_path / "one" / "2021" / name).samefile(stands.folder / "annexes" / "2021" / name)
        assert (tmp_path / "one" / "2022" / name).stat().st_nlink == 1
    # of another mark, but what is put together says the same
    renamed = changed_copy(stands, tmp_path, "UPDATE dim_check SET meaning_vi = 'Khác'")
    assert write_annexes(renamed, tmp_path / "other", stands) == {"2021": TAKEN_OVER, "2022": TAKEN_OVER}


def test_what_was_touched_by_hand_is_made_again(stands, tmp_path):
    copy = tmp_path / "stands"
    shutil.copytree(stands.folder, copy)  # with the dates of its files
    touched = Publication(stands.name, copy, None, stands.files)
    (copy / "annexes" / "2021" / FILES[0]).write_bytes(b"by hand")
    (copy / "quality" / "2021" / "index.html").unlink()
    assert write_annexes(copy / WAREHOUSE, tmp_path / "annexes", touched) == {"2021": WRITTEN, "2022": TAKEN_OVER}
    assert write_quality(copy / WAREHOUSE, tmp_path / "quality", touched).taken_over == [2022]
    for part in ("annexes", "quality"):
        assert contents(tmp_path / part) == contents(stands.folder / part)
    (copy / "annexes" / "2022" / PDF).unlink()
    assert write_annexes(copy / WAREHOUSE, tmp_path / "again", touched) == {"2021": WRITTEN, "2022": WRITTEN}


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"2021": 7}'])
def test_marks_that_are_damaged_are_of_no_piece(stands, tmp_path, damage):
    copy = tmp_path / "stands"
    shutil.copytree(stands.folder, copy)
    (copy / "quality" / MADE_OF).write_bytes(damage)
    touched = Publication(stands.name, copy, None, stands.files)
    assert write_quality(copy / WAREHOUSE, tmp_path / "quality", touched).taken_over == []


class Listening:
    """A connection that keeps what it is asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection, self.asked = connection, ""

    def execute(self, sql: str, *parameters: object) -> duckdb.DuckDBPyConnection:
        self.asked += sql
        return self.connection.execute(sql, *parameters)


@pytest.mark.parametrize("part", ["annexes", "quality"])
def test_all_tables_that_are_asked_are_in_the_marks(stands, part):
    """Of drafts, too, which are asked by the same queries under another name."""
    with opened(stands.folder / WAREHOUSE) as connection:
        heard = Listening(connection)
        if part == "annexes":
            for place in places(heard):
                gathered(heard, place)
        else:
            made = reports(heard, 2022)
            overview.overview(heard, 2022, made), replies.replies(heard, 2022, made), what_if.what_if(heard, 2022)
        known = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    asked = set(re.findall(r"\w+", heard.asked)) & known
    drafts = {f"draft_{name.partition('_')[2]}" for name in asked} & known if part == "annexes" else set()
    listed = {"annexes": annexes.queries, "quality": quality.queries}[part].ASKED
    assert len(asked) > 10 and len(set(listed)) == len(listed)
    assert asked <= set(listed) <= asked | drafts


def test_a_picture_that_stands_under_its_name_is_not_made_again():
    spec, titles = charts.drivers([{"name": "a", "value": 1.5, "label": "+1,5"}]), ("Một", "One", "source")
    asked: list[str] = []

    def before(name: str) -> bytes:
        asked.append(name)
        return b"as it stood"

    with charts.Charts(before) as drawing, charts.Charts() as anew:
        drawn, made = drawing.draw("chart", spec, titles).result(), anew.draw("chart", spec, titles).result()
        other = anew.draw("chart", spec, ("Hai", "Two", "source")).result()
    assert drawn.png == b"as it stood" and asked == [made.name]
    assert made.png.startswith(b"\x89PNG") and made.svg == drawn.svg
    assert other.name != made.name  # the titles are in the picture
