"""The quality reports: every finding at its submitter, in words, on pages that stand alone and harm nobody."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
from lxml import etree

from dagster_project.publishing.contract import opened
from dagster_project.publishing.quality import gathering
from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root
from dagster_project.submissions.adding import add

HOSTILE = REPOSITORY / "tests" / "data" / "inputs" / "40_hostile_names.xlsx"
XHTML = {"x": "http://www.w3.org/1999/xhtml"}
ENGLISH = "x:span[@lang='en'] | x:p[@lang='en']"
FRONT = "../../index.html"
TIEN_HAI = "342-huyen-tien-hai.html"


@pytest.fixture(scope="module")
def published(warehouse_of_2020, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("published") / "egov.duckdb"
    publish(warehouse_of_2020, path)
    return path


@pytest.fixture(scope="module")
def pages(published) -> dict[str, etree._Element]:
    """The pages of 2020 by their names."""
    return read(published, published.parent / "quality")


@pytest.fixture
def changed(published, tmp_path):
    """Gives the pages of 2020 after statements on a copy of the published warehouse."""

    def changed(*statements: str, parameters: list | None = None) -> dict[str, etree._Element]:
        path = tmp_path / "egov.duckdb"
        shutil.copyfile(published, path)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement, parameters)
        return read(path, tmp_path / "quality")

    return changed


def read(published: Path, folder: Path) -> dict[str, etree._Element]:
    """Writes the reports; each page is well-formed, or this raises."""
    write_quality(published, folder)
    return {path.name: etree.fromstring(path.read_bytes()) for path in (folder / "2020").glob("*.html")}


def text(element: etree._Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def vietnamese(page: etree._Element) -> str:
    """What a page shows in Vietnamese."""
    copy = etree.fromstring(etree.tostring(page))
    for other in copy.xpath("//x:style | //x:*[@lang='en']", namespaces=XHTML):
        tail, before = other.tail or "", other.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            other.getparent().text = (other.getparent().text or "") + tail
        other.getparent().remove(other)
    return text(copy)


def articles(page: etree._Element) -> dict[str, str]:
    found = page.xpath("//x:article", namespaces=XHTML)
    return {article.get("id").removeprefix("f-"): text(article) for article in found}


def test_each_open_finding_is_on_one_page_with_its_cell_its_sides_and_what_to_do(published, pages):
    with opened(published) as connection:
        findings = connection.execute(
            "SELECT finding_id, submitter_code, message_vi, message_en, row_number, advice_vi, advice_en, meaning_vi, "
            "source FROM fct_finding INNER JOIN dim_check USING (code) "
            "LEFT JOIN (SELECT index_code, min(source) AS source FROM dim_level_rule GROUP BY ALL) USING (index_code) "
            "WHERE status = 'open'"
        ).fetchall()
        gathered = {one.finding_id: one for report in gathering.reports(connection, 2020) for one in report.findings}
    assert len(findings) == 16
    where = {name: articles(page) for name, page in pages.items()}
    for finding_id, submitter, *words, source in findings:
        (name,) = [name for name, found in where.items() if finding_id in found]
        assert name.split("-")[0] == submitter
        shown = where[name][finding_id]
        message_vi, message_en, row, advice_vi, advice_en, meaning_vi = words
        for sentence in (message_vi, message_en, advice_vi, advice_en, meaning_vi, f"dòng {row} của tệp"):
            assert sentence in shown, (finding_id, sentence)
        one = gathered[finding_id]
        assert one.stated.vi in shown and one.expected.vi in shown and one.effect.vi in shown
        if one.code == "level_differs":
            assert f"Nguồn: source: {source}" in shown
    assert set(where) == {f"{name}.html" for name in (
        "336-thanh-pho-thai-binh", "339-huyen-hung-ha", "34-tinh-thai-binh", "340-huyen-dong-hung",
        "341-huyen-thai-thuy", "342-huyen-tien-hai", "343-huyen-kien-xuong", "index", "replies",
        "what-if",
    )}  # fmt: skip


def test_a_report_says_how_it_stands_and_marks_the_cells(pages):
    page = pages[TIEN_HAI]
    (verdict,) = page.xpath("//x:div[@class='verdict']", namespaces=XHTML)
    assert vietnamese(verdict) == (
        "Số liệu năm 2020 của Huyện Tiền Hải và các đơn vị cấp xã trực thuộc còn 5 phát hiện cần xử lý "
        "(2 lỗi và 3 lưu ý), trong đó 1 phát hiện làm thay đổi mức độ hoặc thứ hạng."
    )
    faulty = page.xpath("//x:table//x:td[contains(@class, 'faulty')]", namespaces=XHTML)
    assert [text(cell) for cell in faulty] == ["44,93", "Thị trấn Tiền Hải", "IV", "Xã Tây Tiến"]
    (row,) = [row for row in page.xpath("//x:tr", namespaces=XHTML) if "45,13" in text(row)]
    assert text(row) == "tính lại computed 45,13 84,54 II 4/8"


def test_the_overview_shows_all_submitters_and_what_would_change(pages):
    shown = text(pages["index.html"])
    assert "5 đơn vị thay đổi mức độ và không đơn vị nào thay đổi thứ hạng" in shown
    assert "Không có phát hiện nào: Huyện Quỳnh Phụ, Huyện Vũ Thư." in shown
    assert "16 trong 35 đơn vị cấp xã có tổng số điểm Mức độ đạt được là 39" in shown
    assert "19 trong 35 đơn vị cấp xã có tổng số điểm Điều kiện sẵn sàng là 21" in shown
    rows = [text(row) for row in pages["index.html"].xpath("//x:tr", namespaces=XHTML)]
    assert "Xã Đông Mỹ Thành phố Thái Bình mức độ III level III mức độ IV level IV 3 3" in rows
    assert "Huyện Tiền Hải 33 6 27 0 100 % 5 2 0 3 1 0 0" in rows
    links = pages["index.html"].xpath("//x:a/@href", namespaces=XHTML)
    assert sorted(links) == sorted({*pages, FRONT} - {"index.html"})


def test_the_vietnamese_holds_no_code_words(published, pages):
    with opened(published) as connection:
        codes = {code for (code,) in connection.execute(
            "SELECT code FROM dim_check UNION SELECT field FROM dim_field UNION SELECT index_code FROM dim_pillar "
            "UNION SELECT code FROM dim_term WHERE code NOT IN (SELECT level FROM dim_level_rule)"
        ).fetchall()}  # fmt: skip
    codes |= {"None", "null", "folded", "readiness", "attainment"}
    for name, page in pages.items():
        words = set(re.findall(r"[\w.]+", vietnamese(page)))
        assert not words & codes, name
        assert not [word for word in words if re.fullmatch(r"[a-z]+(_[a-z]+)+", word)], name


def test_pages_stand_alone_and_load_nothing(pages):
    for name, page in pages.items():
        assert not page.xpath("//x:script | //x:link | //x:img | //x:iframe | //x:object", namespaces=XHTML), name
        beside = {*pages, FRONT, name.replace(".html", ".xlsx")}
        targets = {target.partition("#")[0] for target in page.xpath("//@href | //@src")}
        assert targets <= beside, name
        source = re.sub(r'xmlns="[^"]*"', "", etree.tostring(page, encoding="unicode"))
        assert not re.search(r"url\(|@import|https?:", source), name


def test_equal_content_gives_equal_bytes(published, pages, tmp_path):
    write_quality(published, tmp_path)
    first = published.parent / "quality" / "2020"
    assert {path.name: path.read_bytes() for path in (tmp_path / "2020").iterdir()} == {
        path.name: path.read_bytes() for path in first.iterdir()
    }


def test_what_is_settled_stands_apart_with_its_replies_and_its_history(changed):
    accepted, resolved = "unit_code = '12985' AND code = 'level_differs'", "unit_code = '12970'"
    page = changed(
        "UPDATE fct_finding SET status = 'accepted', accepted_by = 'Sở Thông tin và Truyền thông', "
        f"accepted_on = '2021-06-01', accepted_why = 'Đã xác minh tại đơn vị.' WHERE {accepted}",
        f"UPDATE fct_finding SET status = 'resolved', resolved_in = submission_id WHERE {resolved}",
        f"INSERT INTO fct_finding_history BY NAME SELECT finding_id, submission_id, date '2021-07-01' AS received_on, "
        f"'resolved' AS status FROM fct_finding WHERE {resolved}",
        "INSERT INTO fct_finding_reply BY NAME SELECT finding_id, submission_id, 'correct' AS reply, "
        "'45.13' AS proposed, 'Cộng sót điểm hạ tầng.' AS text, 'Phòng Văn hóa và Thông tin' AS replied_by, "
        "date '2021-05-01' AS replied_on, true AS is_latest FROM fct_finding WHERE code = 'total_differs'",
    )[TIEN_HAI]
    shown = text(page)
    headings = [text(heading) for heading in page.xpath("//x:h2/x:span[@class='vi']", namespaces=XHTML)]
    assert [heading for heading in headings if heading.startswith("Phát hiện")] == [
        "Phát hiện cần xử lý (3)",
        "Phát hiện đã được tỉnh chấp nhận giữ nguyên (1)",
        "Phát hiện đã khắc phục (1)",
    ]
    assert "Sở Thông tin và Truyền thông, 01/06/2021: Đã xác minh tại đơn vị." in shown
    assert "Đề nghị sửa số liệu" in shown and "Giá trị đề nghị: Proposed: 45,13 45.13" in shown
    assert "“Cộng sót điểm hạ tầng.” Phòng Văn hóa và Thông tin, 01/05/2021" in shown
    assert "05/04/2021: thai-binh-2020.txt; đã ghi" in shown and "01/07/2021: thai-binh-2020.txt; đã khắc phục" in shown
    assert "còn 3 phát hiện cần xử lý (1 lỗi và 2 lưu ý), không phát hiện nào làm thay đổi mức độ" in shown


def test_a_correction_stands_beside_what_was_stated(changed):
    page = changed(
        "UPDATE fct_component_score SET score = 6 WHERE unit_code = '12985' AND component = 'environment'",
        "INSERT INTO fct_correction BY NAME SELECT 'DC-1' AS correction_id, index_code, year, kind, tier, unit_code, "
        "unit_key, 'environment' AS field, '2' AS stated, '6' AS corrected, submission_id, 'UBND tỉnh' AS decided_by, "
        "date '2021-06-01' AS decided_on, 'Công văn 12' AS authority, 'Nhập sai.' AS why "
        "FROM fct_finding WHERE unit_code = '12985'",
    )[TIEN_HAI]
    rows = [text(row) for row in page.xpath("//x:tr", namespaces=XHTML)]
    stated = rows.index("Xã Vũ Lăng đã ghi stated 12 5 2 19 25 3 6 5 39 IV 19/35")
    assert rows[stated + 1].startswith("tính lại computed 6 19 39")
    assert (
        "Tỉnh đã đính chính môi trường của Xã Vũ Lăng từ 2 thành 6; quyết định của UBND tỉnh ngày 01/06/2021"
        in text(page)
    )


def hostile_text() -> str:
    """What the hostile document has in place of units' names, one behind the other, and what a terminal obeys."""
    sheet = openpyxl.load_workbook(HOSTILE).worksheets[2]
    names = [str(row[1]) for row in sheet.iter_rows(min_row=7, max_row=20, values_only=True) if row[1]]
    assert "<script>alert(1)</script>" in names
    return " ".join(sorted(name for name in names if len(name) < 50)) + "\x1b[2J\u202ebẩn\u200b"


def is_harmless(page: etree._Element) -> bool:
    shown = "".join(page.itertext())
    seen = re.search("[\x00-\x08\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", shown)
    return not seen and len(shown) < 200_000 and not page.xpath("//x:script | //x:b | //*[@onerror]", namespaces=XHTML)


def test_a_reply_that_was_set_aside_is_shown_at_its_finding(changed):
    page = changed(
        "INSERT INTO fct_quarantine BY NAME SELECT submission_id, year, 'reply_unknown' AS reason, "
        "finding_id || ' | đã kiểm tra lại' AS cells FROM fct_finding WHERE code = 'total_differs'",
    )[TIEN_HAI]
    shown = text(page)
    assert "chưa chọn hình thức trả lời" in shown and "set aside and not counted" in shown
    assert "đã kiểm tra lại" in shown


@pytest.mark.parametrize("written", [hostile_text(), "x" * 100_000], ids=["what programs obey", "long"])
def test_hostile_text_is_text(changed, written):
    pages = changed(
        "UPDATE fct_finding SET stated = $1, column_name = $1, page_or_sheet = $1, unit_name = $1, message_vi = $1, "
        "accepted_by = $1, accepted_why = $1, status = 'accepted' WHERE code = 'unit_name_variant'",
        "UPDATE fct_submission SET file_name = $1, sender = $1, decision_number = $1",
        "INSERT INTO fct_finding_reply BY NAME SELECT finding_id, submission_id, 'explain' AS reply, $1 AS text, "
        "$1 AS replied_by, $1 AS proposed, true AS is_latest FROM fct_finding",
        parameters=[written],
    )
    assert all(is_harmless(page) for page in pages.values())
    readable = re.sub(r"[^\x20-\u1fff]", "\ufffd", written)[:400]
    assert readable in "".join(pages[TIEN_HAI].itertext())


@pytest.mark.slow
def test_a_hostile_document_makes_harmless_reports(tmp_path, land_and_build):
    root = Root(tmp_path)
    add(root, HOSTILE, 2020, "published", date(2021, 4, 5))
    add(root, HOSTILE.with_name("31_scanned.pdf"), 2020, None, date(2021, 4, 6))
    add(root, HOSTILE.with_name("19_self_assessment.xlsx"), 2020, "self_assessed", date(2021, 1, 5))
    land_and_build(root)
    publish(root.build_database, root.published_database)
    pages = read(root.published_database, root.published / "quality")
    assert all(is_harmless(page) for page in pages.values())
    shown = text(pages["34-tinh-thai-binh.html"])
    assert "31_scanned.pdf: không đọc được tệp" in shown
    assert re.search(r"Tệp file 19_self_assessment.xlsx \(\s?Kết quả tự đánh giá", text(pages[TIEN_HAI]))
    assert "không xác định được “<script>alert(1)</script>”" in shown and "DROP TABLE units" in shown


def test_agg_quality_counts_what_the_findings_are(published):
    with opened(published) as connection:
        counted = connection.execute(
            "SELECT submitter_code, findings_open, errors_open, warnings_open, notices_open, open_that_change_a_level, "
            "open_that_change_a_total FROM agg_quality WHERE findings_open > 0 ORDER BY 1"
        ).fetchall()
        found = connection.execute(
            "SELECT submitter_code, count(*), count(*) FILTER (severity = 'error'), count(*) FILTER (severity = "
            "'warning'), count(*) FILTER (severity = 'notice'), count(*) FILTER (materiality = 'level'), "
            "count(*) FILTER (materiality = 'total') FROM fct_finding GROUP BY 1 ORDER BY 1"
        ).fetchall()
        units = connection.execute("SELECT sum(units_scored), sum(scores_given), min(completeness) FROM agg_quality")
        assert counted == found
        assert units.fetchone() == (43, 301, 1)
