"""The site of five years, the decision of 2020 and the SYNTHETIC ones after it: trends, movement and large charts."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from lxml import html
from movement_tables import Built

from dagster_project.publishing.publication import SITE, WAREHOUSE
from dagster_project.publishing.site.writing import write_site
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish


@pytest.fixture(scope="module")
def site(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    publish(built.database, folder / WAREHOUSE, FOLDER)
    write_site(folder / WAREHOUSE, folder / SITE, None)
    return folder / SITE


def page(site: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((site / name).read_text("utf-8"))


def told(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_unit_has_a_line_for_each_total_and_the_figures_beside_it(site):
    read = page(site, "vi/units/342-huyen-tien-hai.html")
    trends = read.xpath("//svg[@class='trend']")
    assert [trend.get("aria-label") for trend in trends] == [
        "Mức độ đạt được, 2020: 84,54 → 2024: 83,24",
        "Điều kiện sẵn sàng, 2020: 45,13 → 2024: 42,08",
    ]
    years = [told(row) for row in read.xpath("//table[thead/tr/th='Năm']/tbody/tr/th")]
    assert years == ["2024", "2022", "2021", "2020"]
    assert len(read.xpath("//svg[@class='spark']")) == 7
    assert "xuống 1 mức so với năm 2022" in told(read)


def test_a_line_breaks_where_years_cannot_be_compared(site, warehouse):
    """Of a unit made by a merger that was scored before it, under the same code, the page is another one; of one that
    was scored before and after under one name, the path goes on."""
    line = page(site, "vi/units/342-huyen-tien-hai.html").xpath("//svg[@class='trend']/path[@class='p']/@d")[0]
    assert line.count("M") == 1 and line.count("L") == 3
    (key,) = warehouse.execute("""
        SELECT min_by(unit_key, unit_code) FROM fct_unit_movement WHERE comparison = 'merged' AND year = 2024
    """).fetchone()
    code = key.partition("@")[0]
    pages = sorted(path.name for path in (site / "vi" / "units").glob(f"{code}-*.html"))
    assert pages and all("thành" in told(page(site, f"vi/units/{name}")) for name in pages)


def test_several_provinces_are_listed_and_each_has_its_pages(site):
    entrance = page(site, "vi/index.html")
    names = [told(link) for link in entrance.xpath("//section/h2/a")]
    assert names == ["Tỉnh Hưng Yên", "Tỉnh Thái Bình", "Tỉnh Gia Lai"]
    for target in entrance.xpath("//section/h2/a/@href"):
        assert (site / "vi" / target).is_file()


def test_movement_says_who_rose_and_what_drove_it(site, warehouse):
    read = page(site, "vi/movement/egov-2392-34.html")
    assert told(read.find(".//h1")) == "Từ 2022 đến 2024, Thành phố Thái Bình lên 5 hạng, nhiều nhất trong 8 đơn vị"
    stayed = warehouse.execute("""
        SELECT round(stayed, 2) FROM agg_average_movement
        WHERE parent_code = '34' AND year = 2024 AND tier = 'district' AND pillar = 'readiness'
    """).fetchone()[0]
    assert str(stayed).rstrip("0").replace(".", ",").replace("-", "−") in told(read)
    assert len(read.xpath("//svg[@class='chart']")) == 4 == len(read.xpath("//details//table"))
    assert {row.get("aria-hidden") for row in read.xpath("//svg")} == {"true"}


def test_transitions_are_those_of_the_table(site, warehouse):
    read = page(site, "en/transitions/egov-2392-34.html")
    table = read.xpath("//h2[contains(., '2021 → 2022') and contains(., 'District')]/following::table")[0]
    counted = sum(int(cell.text_content()) for cell in table.xpath(".//tbody//td") if cell.text_content().strip())
    (units,) = warehouse.execute("""
        SELECT sum(units) FROM agg_level_transitions WHERE parent_code = '34' AND year = 2022 AND tier = 'district'
    """).fetchone()
    assert counted == units == 8


def test_each_large_chart_can_be_taken_away_at_print_resolution(site):
    led_to = {
        link.rpartition("/")[2]
        for path in (site / "vi").rglob("*.html")
        for link in page(site, path.relative_to(site).as_posix()).xpath("//a[@download]/@href")
    }
    charts = {path.name for path in (site / "charts").iterdir()}
    assert charts == led_to and len(charts) == 12
    for path in (site / "charts").iterdir():
        head = path.read_bytes()[:26]
        assert head.startswith(b"\x89PNG") and abs(struct.unpack(">I", head[16:20])[0] - 1300) <= 1
        assert path.stat().st_size < 200_000


def test_charts_follow_the_colours_of_the_page(site):
    drawn = "".join((site / "vi" / "movement" / "egov-2392-34.html").read_text("utf-8").split("<svg class=chart")[1:])
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', drawn))
    assert colours and all(colour.startswith("var(--") or colour in ("none", "transparent") for colour in colours)
