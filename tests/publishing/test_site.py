"""The site of the decision of 2020, one year: it opens from a folder, says what the tables say in both languages, and
nothing that it should not."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from lxml import html

from dagster_project.publishing.publication import PARTS, SITE, WAREHOUSE, begin, put_in_place
from dagster_project.publishing.site import charts
from dagster_project.publishing.site.writing import write_site

KINDS = ("index", "units", "movement", "transitions", "quality", "method", "downloads")
# Of other parts of the publication: what the site may lead to.
OF_OTHERS = re.compile(r"(exports(/|$)|dictionary/index\.html|egov\.duckdb|index\.html$)")


@pytest.fixture
def published(published_of_2020: Path) -> Path:
    return published_of_2020 / WAREHOUSE


@pytest.fixture
def site(published_of_2020: Path) -> Path:
    return published_of_2020 / SITE


def changed(published: Path, folder: Path, *statements: str) -> Path:
    """The site of a copy of the warehouse in which something else stands."""
    copy = folder / WAREHOUSE
    shutil.copy(published, copy)
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    write_site(copy, folder / SITE, None)
    return folder / SITE


def page(site: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((site / name).read_text("utf-8"))


def told(site: Path, name: str) -> str:
    return " ".join(page(site, name).find(".//main").text_content().split())


def html_pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def test_every_link_leads_to_a_file_and_nothing_comes_from_the_network(site):
    led_to = set()
    for name in html_pages(site):
        for _, attribute, target, _ in page(site, name).iterlinks():
            assert not re.match(r"[a-z]+:|//", target), (name, target)
            place = (site / name).parent / target.partition("#")[0] if not target.startswith("#") else site / name
            found = place.resolve()
            if found.is_relative_to(site.resolve()):
                assert found.is_file(), (name, attribute, target)
                led_to.add(found)
            else:
                assert OF_OTHERS.match(found.relative_to(site.parent.resolve()).as_posix()), (name, target)
    assert {(site / name).resolve() for name in html_pages(site)} - led_to == {(site / "index.html").resolve()}
    loaded = (site / "site.css").read_text("utf-8") + (site / "site.js").read_text("utf-8")
    assert not re.search(r"https?:|url\(|@import|fetch\(", loaded)


def test_both_languages_have_every_page_and_lead_to_each_other(site):
    vietnamese = {path.relative_to(site / "vi") for path in (site / "vi").rglob("*.html")}
    assert vietnamese == {path.relative_to(site / "en") for path in (site / "en").rglob("*.html")}
    assert {Path(f"{kind}.html") for kind in KINDS} < vietnamese and len(vietnamese) > 268
    for language, other in (("vi", "en"), ("en", "vi")):
        for name in ("index.html", "units/12817-xa-dong-my.html"):
            read = page(site, f"{language}/{name}")
            (switch,) = read.xpath("//a[@class='switch']")
            assert read.get("lang") == language and switch.get("lang") == other
            assert (site / language / name).parent.joinpath(switch.get("href")).resolve() == (site / other / name)


def test_the_overview_says_what_happened(site):
    said = told(site, "vi/index.html")
    assert "Năm 2020: Huyện Quỳnh Phụ dẫn đầu 8 đơn vị cấp huyện; mức cao nhất đạt được là II" in said
    assert "35/260 đơn vị có điểm: 2 đạt mức độ III, 29 đạt mức độ IV." in said
    assert "16 phát hiện chưa xử lý, trong đó 5 phát hiện làm thay đổi mức độ hoặc thứ hạng" in said
    assert "2020: Huyện Quỳnh Phụ leads 8 district units; the best level reached is II" in told(site, "en/index.html")
    tiles = page(site, "vi/index.html").xpath("//ul[@class='tiles']//a")
    assert len(tiles) == 268 and sum(tile.get("class") == "l4" for tile in tiles) == 29


def test_the_page_of_a_unit_says_where_it_stands_what_it_lacks_and_what_was_found(site):
    said = told(site, "vi/units/12817-xa-dong-my.html")
    assert "Mức độ IV, hạng 3/35 năm 2020. Để lên mức độ III cần thêm 0,5 điểm Mức độ đạt được (43 → 43,5)." in said
    assert "được ghi mức độ III, nhưng theo ngưỡng" in said
    assert "01/07/2025: nhập" in said and "thành Phường Trà Lý (1666/NQ-UBTVQH15)" in said
    assert "it takes 0.5 more points of Attainment (43 → 43.5)" in told(site, "en/units/12817-xa-dong-my.html")
    assert "không công bố điểm" in told(site, "vi/units/12433-phuong-le-hong-phong.html")


def test_the_page_of_a_district_has_its_communes(site):
    read = page(site, "vi/units/342-huyen-tien-hai.html")
    assert "45,13" in read.text_content() and "44,93" in read.text_content()  # computed; as the finding has it
    assert len(read.xpath("//ul[@class='tiles']//a")) == 32


def test_one_year_draws_no_trend(site):
    assert not (site / "charts").exists()
    for name in html_pages(site):
        assert not page(site, name).xpath("//svg"), name
    assert "Mới có một năm" in told(site, "vi/index.html")
    assert "One year says nothing about movement yet" in told(site, "en/movement.html")


def test_the_method_states_the_rule_of_the_registry(site):
    rows = page(site, "vi/method.html").xpath("//table[caption='Ngưỡng của từng mức độ']//tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row] for row in rows]
    assert ["Mức độ II", "Mức độ đạt được", "84,25", "từ 2018"] in cells
    assert ["Mức độ IV", "Điều kiện sẵn sàng", "21", "từ 2018"] in cells


def test_the_overview_is_light_with_all_that_it_loads(site):
    assert sum((site / name).stat().st_size for name in ("vi/index.html", "site.css", "site.js")) < 300_000


def test_same_inputs_give_the_same_bytes(site, published, tmp_path):
    write_site(published, tmp_path / SITE, None)
    files = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / SITE): path for path in (tmp_path / SITE).rglob("*") if path.is_file()}
    assert files == {name: path.read_bytes() for name, path in again.items()}


def test_only_what_changed_is_written(published, tmp_path):
    folder = begin(tmp_path)
    shutil.copy(published, folder / WAREHOUSE)
    first = write_site(folder / WAREHOUSE, folder / SITE, None)
    for part in PARTS:
        (folder / part).mkdir(exist_ok=True) if part != WAREHOUSE else None
    stands = put_in_place(tmp_path)
    with duckdb.connect(str(stands.folder / WAREHOUSE)) as connection:
        connection.execute("UPDATE fct_component_score SET score = 3.5 WHERE unit_code = '12817' AND score = 4")
    (stands.folder / SITE / "vi" / "method.html").write_text("by hand", "utf-8")
    folder = begin(tmp_path)
    second = write_site(stands.folder / WAREHOUSE, folder / SITE, stands)
    written = {
        path.relative_to(folder / SITE).as_posix()
        for path in (folder / SITE).rglob("*")
        if path.is_file() and path.stat().st_nlink == 1
    }
    assert first.taken_over == 0 and second.files == first.files
    assert second.taken_over == second.files - len(written)
    assert {"vi/units/12817-xa-dong-my.html", "en/units/12817-xa-dong-my.html", "vi/method.html"} <= written
    # the average of the tier stands on the pages of the communes that have scores, and nowhere else
    others = {"vi/method.html", "made_of.json"}
    assert all("units/1" in name for name in written - others) and len(written) <= 2 * 35 + 2
    assert "by hand" not in (folder / SITE / "vi" / "method.html").read_text("utf-8")


HOSTILE = "<script>alert(1)</script>\u202e=HYPERLINK(1)\u2028</script>" + "x" * 2000


def test_hostile_names_are_text(published, tmp_path):
    of_two = "WHERE unit_code IN ('12817', '342')"
    site = changed(
        published,
        tmp_path,
        f"UPDATE dim_unit SET unit_name = '{HOSTILE}' {of_two}",
        f"UPDATE fct_unit_result SET unit_name = '{HOSTILE}' {of_two}",
        f"UPDATE fct_finding SET message_vi = '{HOSTILE}' WHERE unit_code = '12817'",
    )
    for name in html_pages(site):
        read = (site / name).read_text("utf-8")
        assert "<script>alert" not in read and "\u202e" not in read and "\u2028" not in read, name
        assert len(page(site, name).xpath("//script")) <= 1 and "x" * 500 not in read
    listed = (site / "units.js").read_text("utf-8")
    assert "<" not in listed and "\u2028" not in listed
    units = json.loads(listed.removeprefix("window.egovUnits=").rstrip(";\n"))
    assert sum(name.startswith("<script>alert(1)") for name, _, _ in units) == 2


def test_hostile_names_are_text_in_a_large_chart_too():
    row = {"unit": "a", "rank": 1, "place": 1, "way": "up", "name": HOSTILE[:60]}
    spec = charts.ranks([{**row, "year": "2020"}, {**row, "year": "2021"}])
    with charts.Charts() as drawing:
        drawn = drawing.draw("ranks", spec, [HOSTILE[:60], HOSTILE[:60], HOSTILE[:60]]).result()
    assert "<script" not in drawn.svg and "&lt;script&gt;" in drawn.svg
    html.fragment_fromstring(drawn.svg)
    assert drawn.png.startswith(b"\x89PNG")


def test_a_year_of_drafts_alone_is_named_and_not_shown(published, tmp_path):
    """What is published becomes a draft of the next year: the site has no result any more, and says so."""
    site = changed(
        published,
        tmp_path,
        "UPDATE dim_assessment SET kind = 'appraised', year = 2021",
        "INSERT INTO draft_unit_result BY NAME SELECT * REPLACE ('appraised' AS kind) FROM fct_unit_result",
        "DELETE FROM fct_unit_result",
    )
    said = told(site, "vi/index.html")
    assert "Năm 2021 mới có dự thảo" in said and "Chưa có kết quả nào được công bố" in said
    assert not list(site.glob("vi/units/*"))
    assert "Quỳnh Phụ" not in "".join((site / name).read_text("utf-8") for name in html_pages(site))


def test_the_script_holds_no_name_of_a_place(site):
    """Any province and index: nothing of one stands in what is the same for all."""
    fixed = (site / "site.js").read_text("utf-8") + (site / "site.css").read_text("utf-8")
    assert not re.search(r"Thái Bình|egov_2392|2020", fixed)
