"""The site in a real browser, where there is one: every kind of page on a screen and on a telephone, search, sorting,
languages, and what axe-core says of it, where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_project.publishing.publication import SITE
from dagster_project.root import REPOSITORY

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
KINDS = ("index", "units", "movement", "transitions", "quality", "method", "downloads", "units/12817-xa-dong-my")

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")


def axe() -> Path | None:
    """Where npm has put axe-core: into this repository, or for all."""
    folders = [REPOSITORY / "node_modules"]
    if npm := shutil.which("npm"):
        found = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=False)
        folders.append(Path(found.stdout.strip() or "."))
    return next((path for folder in folders if (path := folder / "axe-core" / "axe.min.js").is_file()), None)


@pytest.fixture
def site(published_of_2020: Path) -> Path:
    return published_of_2020 / SITE


@pytest.fixture(scope="module")
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]
        yield playwright.chromium.launch(executable_path=BROWSER, args=sandbox)


def opened(browser, width: int, said: list[str], **options):
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.on("request", lambda request: request.url.startswith("file:") or said.append(request.url))
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_every_kind_of_page_fits_the_screen_and_the_console_stays_silent(browser, site, width):
    said: list[str] = []
    page = opened(browser, width, said)
    for language in ("vi", "en"):
        for kind in KINDS:
            page.goto((site / language / f"{kind}.html").as_uri())
            assert page.locator("h1").count() == 1 and page.locator("input#q").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    assert said == []
    page.close()


def test_a_unit_is_found_without_tones_a_table_is_sorted_and_the_language_switched(browser, site):
    said: list[str] = []
    page = opened(browser, 1280, said)
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/vi/index.html")
    table = page.locator("table.sortable").first
    names = "tbody th"
    assert table.locator(names).first.inner_text() == "Huyện Quỳnh Phụ"
    button = table.get_by_role("button", name="Điều kiện sẵn sàng")
    button.click()
    assert table.locator(names).first.inner_text() == "Huyện Vũ Thư"
    button.press("Enter")
    assert table.locator(names).first.inner_text() == "Thành phố Thái Bình"
    assert table.locator("th[aria-sort=descending]").count() == 1
    table.get_by_role("button", name="Đơn vị").click()
    assert table.locator(names).nth(0).inner_text() == "Huyện Đông Hưng"  # in Vietnamese order

    page.get_by_role("searchbox").fill("dong my")
    link = page.locator("#found a").first
    link.wait_for()
    assert "Xã Đông Mỹ" in link.inner_text() and "Thành phố Thái Bình" in link.inner_text()
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/vi/units/12817-xa-dong-my.html")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/units/12817-xa-dong-my.html")
    assert "Level IV, rank 3 of 35 in 2020" in page.inner_text("main")
    page.get_by_role("searchbox").fill("khong co don vi nay")
    page.get_by_text("No unit found").wait_for()
    assert said == []
    page.close()


def test_without_a_script_everything_is_read_and_led_to(browser, site):
    said: list[str] = []
    page = opened(browser, 1280, said, java_script_enabled=False)
    page.goto((site / "vi" / "index.html").as_uri())
    assert page.locator("form").count() == 0
    page.get_by_role("link", name="Đơn vị", exact=True).first.click()
    page.get_by_role("link", name="Huyện Tiền Hải").click()
    page.get_by_role("link", name="Xã Vũ Lăng").click()
    assert page.locator("h1").inner_text() == "Xã Vũ Lăng"
    assert said == []
    page.close()


@pytest.mark.parametrize(("scheme", "kinds"), [("light", KINDS), ("dark", ("index",))])
def test_axe_finds_nothing_serious(browser, site, scheme, kinds):
    script = axe()
    if script is None:
        pytest.skip("axe-core is not installed: npm install --global axe-core")
    page = opened(browser, 1280, [], color_scheme=scheme)
    for kind in kinds:
        page.goto((site / "vi" / f"{kind}.html").as_uri())
        page.add_script_tag(path=script)
        found = page.evaluate("axe.run({ preload: false })")["violations"]
        serious = [
            (kind, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
    page.close()
