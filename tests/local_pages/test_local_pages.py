"""What `egov serve` answers, who it lets in, and the page in a real browser, where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from dagster_project.local_pages import app
from dagster_project.root import REPOSITORY, Root

DECISION = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
INPUTS = REPOSITORY / "tests" / "data" / "inputs"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Root:
    root = Root(tmp_path_factory.mktemp("root"))
    root.published.mkdir(parents=True)
    (root.published / "index.html").write_text("<h1>published here</h1>", "utf-8")
    return root


@pytest.fixture
def client(root) -> TestClient:
    return TestClient(app.application(root), base_url="http://127.0.0.1")


def send(client: TestClient, path: Path, **headers: str):
    return client.post("/check", params={"name": path.name}, content=path.read_bytes(), headers=headers)


def test_a_file_is_checked_and_not_kept(client, root, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = send(client, DECISION, **{app.HEADER: "check"})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert "16 phát hiện" in answer.text
    assert "Huyện Tiền Hải ghi tổng số điểm Điều kiện sẵn sàng là 44,93" in answer.text
    assert not any(tmp_path.iterdir())
    assert not root.submissions.exists()


def test_a_file_that_cannot_be_read_is_a_sentence(client):
    answer = send(client, INPUTS / "30_password.xlsx", **{app.HEADER: "check"})
    assert answer.status_code == 200 and "mật khẩu" in answer.text


def test_a_hostile_name_and_hostile_text_are_text(client):
    answer = client.post(
        "/check",
        params={"name": "../../<script>alert(1)</script>.xlsx"},
        content=(INPUTS / "40_hostile_names.xlsx").read_bytes(),
        headers={app.HEADER: "check"},
    )
    assert answer.status_code == 200 and "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text and ".." not in answer.text.split("<h2>")[1].split("</h2>")[0]


def test_only_this_machine_and_only_from_our_page(client, root):
    assert send(client, DECISION).status_code == 403
    assert client.get("/", headers={"host": "stranger.example"}).status_code == 400
    policy = client.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "http" not in policy
    assert client.options("/check", headers={"origin": "http://stranger.example"}).status_code == 405


def test_what_is_too_large_is_refused_while_it_comes(client, monkeypatch):
    monkeypatch.setattr(app, "MOST_BYTES", 1000)
    answer = send(client, DECISION, **{app.HEADER: "check"})
    assert answer.status_code == 413 and "Tệp lớn hơn" in answer.text


def test_what_is_published_is_served_and_nothing_above_it(client):
    assert "published here" in client.get("/published/").text
    assert client.get("/published/%2e%2e/%2e%2e/registries/units.csv").status_code == 404
    assert "Bản công bố hiện hành" in client.get("/").text


@pytest.fixture
def served(root):
    """The address of the pages, served as `egov serve` does it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app.application(root), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_in_a_browser(served, width):
    """A file is chosen, another is dropped; the console stays silent, and nothing is wider than the screen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        sandbox = [] if os.name == "nt" or os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=BROWSER, args=sandbox)
        page = browser.new_page(viewport={"width": width, "height": 800})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(served)
        page.set_input_files("#file", DECISION)
        page.wait_for_selector("#answer h2")
        assert "16 phát hiện" in page.inner_text("#answer")
        assert page.locator("#answer .severity.error").count() >= 2
        page.evaluate(
            """() => {
                const data = new DataTransfer();
                data.items.add(new File(["không có bảng điểm"], "ghi-chú.txt"));
                document.getElementById("zone").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
            }"""
        )
        page.wait_for_function("document.querySelector('#answer').innerText.includes('ghi-chú.txt')")
        page.wait_for_selector("#answer[aria-busy='false']")
        assert page.locator("#answer .severity.error").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []
        browser.close()
