"""The front page: every year and kind, links that lead somewhere, and nothing loaded from anywhere; where a newcomer
starts, said alike by the page, the workbook and the dictionary."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest
from lxml import etree

from dagster_project.publishing import front, start
from dagster_project.publishing.contract import opened, tables, views
from dagster_project.publishing.publication import called, made_at
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish
from dagster_project.publishing.workbook import MARK, write_workbook
from dagster_project.root import REPOSITORY

XHTML = {"x": "http://www.w3.org/1999/xhtml"}
MADE = datetime(2026, 11, 28, 15, 37)
# Parts that are written by others, and that the page leads to.
OF_OTHERS = {
    *("egov.duckdb", "exports/", "exports/egov.xlsx", "dictionary/index.html", "data_docs/index.html", "changes.html"),
    "annexes/2020/changes.html",
    "site/index.html",
}


@pytest.fixture(scope="module")
def folder(warehouse_of_2020, tmp_path_factory) -> Path:
    """A publication's folder, as far as the front page needs it."""
    folder = tmp_path_factory.mktemp("publication")
    publish(warehouse_of_2020, folder / "egov.duckdb", FOLDER)
    write_quality(folder / "egov.duckdb", folder / "quality")
    return folder


def page(folder: Path, published: Path | None = None) -> etree._Element:
    front.write_front_page(published or folder / "egov.duckdb", folder, "2026-11-28-153724", MADE)
    return etree.fromstring((folder / "index.html").read_bytes())


def text(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def links(element: etree._Element) -> list[str]:
    return [target.partition("#")[0] for target in element.xpath("//x:a/@href", namespaces=XHTML)]


def test_it_leads_to_every_page_of_every_year_and_nowhere_else(folder):
    found = set(links(page(folder)))
    written = {path.relative_to(folder).as_posix() for path in (folder / "quality").rglob("*.html")}
    led_to_by_its_overview = {one for one in written if one.endswith("/what-if.html")}
    assert found == (written - led_to_by_its_overview) | OF_OTHERS
    assert len(written) == 10


def test_it_says_what_was_published_when_and_what_is_open(folder):
    shown = text(page(folder))
    assert "Công bố ngày 28/11/2026 lúc 15:37. Còn 16 phát hiện chưa xử lý, trong đó 5 phát hiện" in shown
    assert "Hồ sơ gần nhất nhận ngày 05/04/2021." in shown
    assert "2020 Kết quả công bố Published 43 6 3 7 Tổng quan overview Các trả lời replies " in shown
    assert "replies Phụ lục quyết định the decision and its annexes Tỉnh Thái Bình (3)" in shown
    assert "Dự thảo draft" not in shown
    assert "Bản công bố Publication 2026-11-28-153724." in shown


def test_what_is_no_decision_is_marked_as_a_draft_and_a_file_of_no_kind_is_told(folder, tmp_path):
    changed = tmp_path / "egov.duckdb"
    shutil.copyfile(folder / "egov.duckdb", changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("UPDATE fct_finding SET status = 'resolved' WHERE severity = 'error'")
        connection.execute("UPDATE fct_finding SET kind = NULL WHERE severity = 'warning'")
        connection.execute(
            "INSERT INTO dim_assessment BY NAME SELECT * REPLACE ('a' AS assessment_key, 'appraised' AS kind, "
            "2021 AS year, 7 AS units_scored) FROM dim_assessment"
        )
    shown = text(page(tmp_path, changed))
    assert "Còn 10 phát hiện chưa xử lý, trong đó không có phát hiện nào" in shown
    assert "2021 Kết quả thẩm định Appraised Dự thảo draft 7 0 0 0 Tổng quan" in shown
    assert "Kết quả công bố Published 43 0 0 7" in shown
    assert "Chưa rõ loại Kind not known 0 0 3 0" in shown
    assert shown.index("2021 Kết quả thẩm định") < shown.index("2020 Kết quả công bố")


def test_it_stands_alone(folder):
    made = page(folder)
    assert not made.xpath("//x:script | //x:link | //x:img | //x:iframe | //x:object", namespaces=XHTML)
    source = re.sub(r'xmlns="[^"]*"', "", etree.tostring(made, encoding="unicode"))
    assert not re.search(r"url\(|@import|https?:", source)
    assert "prefers-color-scheme: dark" in source and "@media print" in source


def test_the_name_of_a_publication_says_when_it_was_made():
    assert made_at("2026-11-28-153724") == made_at("2026-11-28-153724-2") == datetime(2026, 11, 28, 15, 37, 24)
    assert made_at("by hand") is None
    assert called(Path("published/publications/.2026-11-28-153724")) == "2026-11-28-153724"


def test_the_five_tables_are_published_and_the_dictionary_and_the_workbook_begin_with_them(folder, tmp_path):
    names = [one.name for one in start.TABLES]
    overview = (REPOSITORY / "dbt_project" / "models" / "overview.md").read_text(encoding="utf-8")
    assert re.findall(r"\[(\w+)\]\(#!/model/model\.egov\.\1\)", overview) == names
    with opened(folder / "egov.duckdb") as connection:
        published = [*tables(connection), *views(connection)]
        write_workbook(connection, published, tmp_path / "egov.xlsx", "")
    contents = openpyxl.load_workbook(tmp_path / "egov.xlsx", read_only=True)["contents"]
    marked = [row[0] for row in contents.iter_rows(min_row=2, values_only=True) if row[2] == MARK]
    assert sorted(marked) == sorted(names)
