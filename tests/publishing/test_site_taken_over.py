"""A page that is taken over unmade is the page that would have been made: with two provinces, of which one changes."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dagster_project.publishing.publication import PARTS, WAREHOUSE, Publication, begin, put_in_place
from dagster_project.publishing.site import charts
from dagster_project.publishing.site.writing import SITE, write_site
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

sys.path.insert(0, str(REPOSITORY / "tests" / "data" / "synthetic"))
from several_years import make_root

SYNTHETIC = ("2021/thai-binh-2021-synthetic.txt", "2022/hung-yen-2022-synthetic.txt")


@pytest.fixture(scope="module")
def stands(build_in_memory: Callable, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication of SYNTHETIC decisions of Thái Bình 2021 and Hưng Yên 2022, its warehouse and its site alone."""
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
    for part in PARTS:
        if part not in (WAREHOUSE, SITE):
            (begun / part).mkdir()
    return put_in_place(folder / "published")


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
    "a source": "UPDATE fct_submission SET decision_number = '77/QĐ-UBND' WHERE {0}",
    "how much is scored": "UPDATE dim_assessment SET units_scored = 1, is_complete = NOT is_complete WHERE {0}",
}
OF_ALL = {
    "the name of a level": "UPDATE dim_term SET name_vi = 'Bậc ' || code WHERE term = 'level'",
    "the name of a component": "UPDATE dim_component SET name_vi = 'Khác', name_en = 'Other'",
    "a threshold": "UPDATE dim_level_rule SET min_total = min_total + 1",
    "a unit's name": "UPDATE dim_unit SET unit_name = 'Xã Khác' WHERE tier = 'commune'",
}


def taken_over(stands: Publication, folder: Path, change: str) -> int:
    """How many files are taken over after a change; holds that the site is what it would be without any."""
    changed = folder / WAREHOUSE
    shutil.copy(stands.folder / WAREHOUSE, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute(change)
    done, anew = write_site(changed, folder / SITE, stands), write_site(changed, folder / "anew", None)
    assert done.files == anew.files
    assert contents(folder / SITE) == contents(folder / "anew")
    return done.taken_over


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_changes_in_one_province_is_on_its_pages_and_leaves_the_others(stands, tmp_path, change):
    others = 2 * sum("/units/" in name and name.startswith("site/vi/units/12") for name in stands.files)
    of_hung_yen = "assessment_key = (SELECT assessment_key FROM dim_assessment WHERE year = 2022)"
    assert taken_over(stands, tmp_path, change.format(of_hung_yen)) >= others // 2 > 50


@pytest.mark.parametrize("change", OF_ALL.values(), ids=OF_ALL.keys())
def test_what_all_pages_may_say_is_said_anew_on_all(stands, tmp_path, change):
    assert taken_over(stands, tmp_path, change) < len(contents(stands.folder / SITE))


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
