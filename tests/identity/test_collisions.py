"""Two provinces that are alike in everything that a name can be: each has what it would have alone, and files of its
own.

Bến Tre and Sóc Trăng both have a Huyện Châu Thành with a Thị trấn Châu Thành and a Xã An Hiệp. Here both publish the
same SYNTHETIC scores under one decision's number of one day, in files of one name, with the same wrong total and the
same misspelled commune. Each sends an unreadable file of one name, too; where both are there, nobody knows whose it is.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import pytest
from scene import Scene, annex

from dagster_project.publishing.annexes.writing import write_annexes
from dagster_project.publishing.publication import SITE
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.site.writing import write_site

PROVINCES = {"83": ("ben-tre", "Bến Tre"), "94": ("soc-trang", "Sóc Trăng")}
CITED = "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05/04/2022)"
WRONG = (13, 5, 5, 24, 24, 10, 5, 5, 44)
UNITS = [
    ("Thị trấn Châu Thành", "Châu Thành"),
    ("Xã An Hiệp", "Châu Thành", *WRONG),
    ("Xã Kim Lonng", "Châu Thành"),
]


def received(scene: Scene, *provinces: str) -> Scene:
    for code in provinces:
        folder, name = PROVINCES[code]
        text = annex(f"của tỉnh {name} năm 2021\n{CITED}", *UNITS)
        scene.receive(f"2021/{folder}/ket-qua.csv", text, "2022-04-12", f"tỉnh {name}")
    return scene


@pytest.fixture(scope="module")
def both(tmp_path_factory, build_in_memory):
    """The published warehouse of the two."""
    scene = received(Scene(tmp_path_factory.mktemp("both"), build_in_memory), *PROVINCES)
    for folder, name in PROVINCES.values():
        scene.receive(f"2021/{folder}/bao-cao.xlsx", f"{name}: no workbook", "2022-04-12", f"tỉnh {name}")
    return published(scene)


@pytest.fixture(scope="module", params=PROVINCES)
def one(request, tmp_path_factory, build_in_memory):
    """One of them alone: its code, and its published warehouse."""
    scene = received(Scene(tmp_path_factory.mktemp("alone"), build_in_memory), request.param)
    return request.param, published(scene)


def published(scene: Scene) -> Path:
    with scene.build() as database:
        scene.publish(database)
    return scene.root.published_database.resolve()


def rows(warehouse: Path, code: str) -> dict[str, Counter]:
    """What each published table says of a province: by its code, or as of who submitted."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        keyed = connection.execute(
            "SELECT table_name, min(column_name) FROM duckdb_columns() "
            "WHERE column_name IN ('province_code', 'submitter_code') AND table_name IN "
            "(SELECT table_name FROM duckdb_tables()) GROUP BY 1 ORDER BY 1"
        ).fetchall()
        return {
            table: Counter(connection.execute(f'SELECT * FROM "{table}" WHERE {column} = ?', [code]).fetchall())
            for table, column in keyed
        }


def test_each_has_the_rows_that_it_has_alone(both, one):
    code, alone = one
    assert rows(both, code) == rows(alone, code)
    assert sum(map(len, rows(alone, code).values())) > 100


def test_nothing_of_the_one_is_the_others_finding(both):
    with duckdb.connect(str(both), read_only=True) as connection:
        ids = connection.execute("SELECT count(*), count(DISTINCT finding_id) FROM fct_finding").fetchone()
        by_province = connection.execute(
            "SELECT split_part(assessment_key, '/', 4), list(code || ' ' || unit_name ORDER BY code) "
            "FROM fct_finding WHERE scope = 'file' AND code <> 'file_unreadable' GROUP BY 1 ORDER BY 1"
        ).fetchall()
        unreadable = connection.execute(
            "SELECT count(*), count(DISTINCT finding_id), count(DISTINCT submission_id) FROM fct_finding "
            "WHERE code = 'file_unreadable'"
        ).fetchone()
    assert ids[0] == ids[1]
    (first, of_first), (second, of_second) = by_province
    assert {first, second} == set(PROVINCES) and of_first == of_second
    assert {"total_differs Xã An Hiệp", "unit_unknown Xã Kim Lonng"} <= set(of_first)
    assert unreadable == (2, 2, 2)


def test_each_has_pages_and_annexes_of_its_own(both, tmp_path):
    write_quality(both, tmp_path / "quality")
    write_site(both, tmp_path / SITE, None)
    write_annexes(both, tmp_path / "annexes")
    pages = {path.relative_to(tmp_path): path.read_text("utf-8") for path in tmp_path.rglob("*.html")}
    for part, name in ((SITE, "Thị trấn Châu Thành"), ("quality", "Châu Thành")):
        for _, province in PROVINCES.values():
            other = next(words for _, words in PROVINCES.values() if words != province)
            of_one = [
                path
                for path, text in pages.items()
                if path.parts[0] == part and name in text and province in text and other not in text
            ]
            assert of_one, (part, province, sorted(map(str, pages)))
    assert len({path.parent for path in (tmp_path / "annexes").rglob("annexes.docx")}) == 2
