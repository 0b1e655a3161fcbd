"""What came back on the reports: the province's page and `egov replies` say whose answer stands beside which finding,
what accepting it would take, and what was set aside and why."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from dagster_project.cli import invoke
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

# SYNTHETIC answers to findings of the decision of 2020.
ANSWERS = """
    INSERT INTO fct_finding_reply BY NAME
    SELECT finding_id, submission_id, 1 AS row_number, 'agree' AS reply, date '2021-04-20' AS replied_on,
        false AS is_latest
    FROM fct_finding WHERE code = 'total_differs'
    UNION ALL BY NAME
    SELECT finding_id, submission_id, 2 AS row_number, 'correct' AS reply, '45.1' AS proposed, 'Nhập sai.' AS text,
        'UBND huyện' AS replied_by, date '2021-05-01' AS replied_on, true AS is_latest
    FROM fct_finding WHERE code = 'total_differs'
    UNION ALL BY NAME
    SELECT finding_id, submission_id, 3 AS row_number, 'explain' AS reply, 'Đúng như đã ghi.' AS text, true AS is_latest
    FROM fct_finding WHERE unit_code = '12985' AND code = 'level_differs'
    UNION ALL BY NAME
    SELECT finding_id, submission_id, 4 AS row_number, 'agree' AS reply, true AS is_latest
    FROM fct_finding WHERE unit_code = '13111'
    UNION ALL BY NAME
    SELECT finding_id, submission_id, 5 AS row_number, 'correct' AS reply, 'Xã Tây Tiến' AS proposed, true AS is_latest
    FROM fct_finding WHERE code = 'unit_name_variant' AND unit_name = 'Xã Tây Tiến' AND field = 'unit';
    INSERT INTO fct_quarantine BY NAME
    SELECT submission_id, 2020 AS year, 7 AS row_number, 'reply_unknown' AS reason, '9e9e45 | Có lẽ' AS cells
    FROM fct_submission;
    INSERT INTO agg_submitters BY NAME
    SELECT 2020 AS year, 'reply' AS kind, '34' AS province_code, '342' AS unit_code, 'Huyện Tiền Hải' AS unit_name,
        date '2021-04-30' AS due_on, 1 AS files, date '2021-05-01' AS first_received_on, 'late' AS standing;
"""


@pytest.fixture(scope="module")
def root(warehouse_of_2020, tmp_path_factory) -> Root:
    root = Root(tmp_path_factory.mktemp("root"))
    publish(warehouse_of_2020, root.published_database)
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute(ANSWERS)
    write_quality(root.published_database, root.published / "quality")
    return root


@pytest.fixture(scope="module")
def page(root) -> etree._Element:
    return etree.fromstring((root.published / "quality" / "2020" / "replies.html").read_bytes())


def text(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def short_id(root: Root, condition: str) -> str:
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        return connection.execute(f"SELECT short_id FROM fct_finding WHERE {condition}").fetchone()[0]


def test_it_counts_what_came_and_what_did_not(page):
    shown = text(page)
    assert (
        "Đã nhận 5 câu trả lời, trong đó 2 đề nghị sửa số liệu; 1 dòng để riêng vì chưa rõ; 12 phát hiện chưa xử lý mà "
        "chưa có trả lời." in shown
    )
    assert (
        "chưa chọn hình thức trả lời, hoặc ghi bằng từ không có trong danh sách" in shown and "9e9e45 | Có lẽ" in shown
    )
    assert "Huyện Tiền Hải 30/04/2021 01/05/2021 gửi muộn late" in shown


def test_each_answer_stands_beside_its_figure_with_what_accepting_it_takes(root, page):
    rows = [text(row) for row in page.xpath("//*[local-name() = 'tr']")]
    total = short_id(root, "code = 'total_differs'")
    (latest,) = [row for row in rows if "Nhập sai." in row]
    assert "44,93 45,13 45,1 Đề nghị sửa số liệu Proposes a correction “Nhập sai.” UBND huyện, 01/05/2021" in latest
    line = f"DC-{total},egov_2392,2020,published,342,readiness_total,44.93,45.1,,,,,"
    assert latest.endswith(line)
    (before,) = [row for row in rows if "Đã có trả lời sau thay cho trả lời này." in row]
    assert "Đồng ý với phát hiện" in before and "DC-" not in before
    (explained,) = [row for row in rows if "Đúng như đã ghi." in row]
    level = short_id(root, "unit_code = '12985' AND code = 'level_differs'")
    assert f'egov accept {level} --by "…" --why "…"' in explained
    (agreed,) = [row for row in rows if "Xã Vũ Lễ" in row]
    assert agreed.endswith("Chờ đơn vị gửi lại hồ sơ đã sửa. Waits for the corrected file.")
    (of_name,) = [row for row in rows if "Xã Tây Tiến : " in row]
    assert "giá trị này không đính chính được trong corrections.csv" in of_name


def test_the_line_of_a_correction_has_the_columns_of_the_registry(root, page):
    with (REPOSITORY / "dbt_project" / "seeds" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    (line,) = [one for one in page.xpath("//*[local-name() = 'code']/text()") if one.startswith("DC-")]
    given = dict(zip(header, next(csv.reader([line])), strict=True))
    assert (given["expect"], given["corrected"], given["unit_code"]) == ("44.93", "45.1", "342")


def test_links_lead_to_the_findings(root, page):
    for link in page.xpath("//@href"):
        name, _, anchor = link.partition("#")
        target = root.published / "quality" / "2020" / name
        if name != "../../index.html":
            assert target.exists() and (not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"))


def test_the_command_says_the_same(root, capsys):
    assert invoke(["--root", str(root.path), "replies", "--year", "2020"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[1].startswith("5 câu trả lời / answers · 1 dòng để riêng / set aside · 12 phát hiện")
    assert any(line.startswith("✗ thai-binh-2020.txt, dòng / row 7: chưa chọn hình thức trả lời") for line in lines)
    total = short_id(root, "code = 'total_differs'")
    assert f"DC-{total},egov_2392,2020,published,342,readiness_total,44.93,45.1,,,,," in lines
    assert any(line.startswith("✗ Huyện Tiền Hải: gửi muộn / late 2021-05-01, hạn / due 2021-04-30") for line in lines)
    assert invoke(["--root", str(root.path), "replies", "--year", "2019"]) == 0
    assert "Nothing has come for that year." in capsys.readouterr().out


def test_a_year_without_answers_says_so(warehouse_of_2020, tmp_path: Path):
    publish(warehouse_of_2020, tmp_path / "egov.duckdb")
    write_quality(tmp_path / "egov.duckdb", tmp_path / "quality")
    shown = text(etree.fromstring((tmp_path / "quality" / "2020" / "replies.html").read_bytes()))
    assert "Đã nhận 0 câu trả lời" in shown and "16 phát hiện chưa xử lý mà chưa có trả lời" in shown
    assert "Chưa có trả lời nào và chưa đặt hạn trả lời" in shown
