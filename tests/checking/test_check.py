"""`egov check`: every form of the decision of 2020 gives the same findings, and they are the pipeline's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dagster_project import checking
from dagster_project.checking.text import lines_of
from dagster_project.errors import TooLittleSaid
from dagster_project.root import Root

INPUTS = Path(__file__).parents[1] / "data" / "inputs"
DECISION = json.loads((INPUTS.parent / "decision_2020.json").read_text(encoding="utf-8"))
WHOLE = [
    "01_decision.txt",
    "02_three_sheets.xlsx",
    "03_one_sheet.xlsx",
    "04_legacy.xls",
    "05_open.ods",
    "06_decision.docx",
    "07_wordprocessor.pdf",
    "08_other_producer.pdf",
    "13_utf16_all.csv",
    "14_decomposed.txt",
    "15_text_numbers.xlsx",
    "16_formulas.xlsx",
    "18_abbreviated.xlsx",
]
THREE = ["09_utf8sig_comma_annex01.csv", "09_utf8sig_comma_annex02.csv", "09_utf8sig_comma_annex03.csv"]
LEVELS = ["Xã Đông Mỹ", "Xã Thụy Dân", "Xã Thụy Xuân", "Xã Vũ Lăng", "Xã Vũ Lễ"]


def check(*paths: Path | str, year: int | None = 2020, root: Root | None = None) -> list[checking.Report]:
    files = [path if isinstance(path, Path) else INPUTS / path for path in paths]
    with checking.run(root or Root(), files, year) as checked:
        return checking.reports_of(checked)


def facts(reports: list[checking.Report]) -> set[tuple]:
    """What was found, without where in the file, and without citations: not every form has a head."""
    return {
        (one["code"], one["unit_code"], one["location"]["field"], one["stated"], one["expected"], one["materiality"])
        for report in reports
        for one in report["findings"]
        if one["code"] != "citation_differs"
    }


@pytest.fixture(scope="module")
def decision() -> checking.Report:
    (report,) = check("01_decision.txt")
    return report


def test_figures_of_a_hidden_sheet_are_told(tmp_path):
    path = tmp_path / "synthetic.xlsx"
    book = openpyxl.load_workbook(INPUTS / "02_three_sheets.xlsx")
    hidden = book.copy_worksheet(book.worksheets[0])
    hidden.title, hidden.sheet_state = "Nháp", "hidden"
    book.save(path)
    (report,) = check(path)
    (left_out,) = [one for one in report["left_out"] if one["reason"] == "hidden"]
    assert left_out["page_or_sheet"] == "Nháp" and left_out["figures"] > 8 * 9
    told = [line.text for line in lines_of([report])]
    figures = left_out["figures"]
    assert [line for line in told if "Nháp" in line] == [
        f"Không đọc {figures} số liệu bị ẩn (trang tính “Nháp”: trang ẩn, hoặc ô bị che khi gộp) / "
        f"hidden figures in the sheet “Nháp” are not read: {figures}"
    ]


def test_the_decision_says_what_it_is(decision):
    assert decision["submission"] == {
        "file": "01_decision.txt",
        "sha256": "b786141987e414ac99d12981998d1e5af351ff3a2c4d2963b0a192f163fb6072",
        "format": "txt",
        "year": 2020,
        "province": "Tỉnh Thái Bình",
        "index": "egov_2392",
        "kind": "published",
        "kind_is_written": True,
        "decision_number": "05/QĐ-UBND",
        "decision_date": "2021-04-05",
    }


def test_the_decision_has_its_sixteen_findings(decision):
    found = [(one["code"], one["unit_name"]) for one in decision["findings"]]
    assert len(found) == 16
    assert [unit for code, unit in found if code == "total_differs"] == ["Huyện Tiền Hải"]
    assert sorted(unit for code, unit in found if code == "level_differs") == sorted(LEVELS)
    assert sum(code == "citation_differs" for code, _ in found) == 3
    assert sum(code == "unit_name_variant" for code, _ in found) == 7


def test_a_finding_points_at_its_cell_in_exact_decimals(decision):
    (total,) = [one for one in decision["findings"] if one["code"] == "total_differs"]
    place = {name: total["location"][name] for name in ("annex", "position", "field", "row", "column", "cell")}
    assert place == {
        "annex": "01",
        "position": 4,
        "field": "readiness_total",
        "row": 65,
        "column": 6,
        "cell": None,
    }
    assert (total["stated"], total["expected"], total["difference"]) == ("44.93", "45.13", "-0.2")
    assert (total["severity"], total["scope"], total["materiality"]) == ("error", "file", "total")
    assert "44,93" in total["message_vi"] and "44.93" in total["message_en"]


def test_every_figure_is_the_documents(decision):
    tables = {table["annex"]: table for table in decision["tables"]}
    assert {annex: (table["tier"], len(table["rows"])) for annex, table in tables.items()} == {
        "01": ("district", 8),
        "03": ("commune", 35),
    }
    first = tables["01"]["rows"][0]
    assert first["scores"] == {
        "infrastructure": "27.31",
        "human_resources": "10.82",
        "environment": "7",
        "presence": "40",
        "interaction": "29.17",
        "transaction": "12.08",
        "transformation": "5",
    }
    assert first["stated"] == {"readiness": "45.13", "attainment": "86.25", "level": "II", "rank": None}
    assert first["computed"] == {"readiness": "45.13", "attainment": "86.25", "level": "II", "rank": 1}
    ranks = {row["written_name"]: row["computed"]["rank"] for row in tables["03"]["rows"]}
    assert sorted(ranks.values())[:5] == [1, 2, 3, 3, 5]
    misspelt = next(row for row in tables["03"]["rows"] if row["written_name"] == "Xã Tiên Đức")
    assert (misspelt["unit_name"], misspelt["written_parent"], misspelt["parent_name"]) == (
        "Xã Tiến Đức",
        "Hung Hà",
        "Huyện Hưng Hà",
    )


def test_the_summary_and_the_thresholds_are_told(decision):
    assert len(decision["summary"]) == 8
    assert sum(row["counts"]["IV"] for row in decision["summary"] if "IV" in row["counts"]) > 0
    assert all(
        len(names) in (0, row["counts"][level]) for row in decision["summary"] for level, names in row["units"].items()
    )
    assert {"tier": "district", "level": "II", "pillar": "attainment", "min_total": "84.25"} in decision["thresholds"]


@pytest.mark.parametrize("file", WHOLE[1:])
def test_every_form_gives_the_same_findings(decision, file):
    assert facts(check(file)) == facts([decision])


def test_three_files_of_one_decision_are_checked_against_each_other(decision):
    reports = check(*THREE)
    assert [report["submission"]["file"] for report in reports] == THREE
    assert facts(reports) == facts([decision])


def test_two_files_that_differ_are_told(tmp_path):
    text = (INPUTS / THREE[0]).read_text(encoding="utf-8-sig").replace("27.31", "27.30").replace("45.13", "45.12")
    (tmp_path / "other.csv").write_text(text, encoding="utf-8")
    reports = check(THREE[0], tmp_path / "other.csv")
    assert "submissions_differ" in {one["code"] for report in reports for one in report["findings"]}


def test_check_and_the_pipeline_find_the_same(decision, warehouse_of_2020):
    with duckdb.connect(str(warehouse_of_2020), read_only=True) as connection:
        published = connection.execute(
            "SELECT code, unit_code, field, stated, expected, materiality, message_vi FROM fct_finding "
            "WHERE scope = 'file' AND status = 'open'"
        ).fetchall()
    names = ("code", "unit_code", "field", "stated", "expected", "materiality", "message_vi")
    found = [tuple({**one, **one["location"]}[name] for name in names) for one in decision["findings"]]
    assert sorted(map(str, found)) == sorted(map(str, published))


def test_a_changed_score_is_found_at_its_cell(tmp_path):
    text = (INPUTS / "01_decision.txt").read_text(encoding="utf-8").replace("27.31", "27.41", 1)
    (tmp_path / "changed.txt").write_text(text, encoding="utf-8")
    (report,) = check(tmp_path / "changed.txt")
    totals = [one for one in report["findings"] if one["code"] == "total_differs"]
    assert [(one["unit_name"], one["stated"], one["expected"]) for one in totals] == [
        ("Huyện Quỳnh Phụ", "45.13", "45.23"),
        ("Huyện Tiền Hải", "44.93", "45.13"),
    ]


ABSURD = {  # by the district of annex 01 whose first score it takes the place of, none of which has a finding
    "1\tHuyện Quỳnh Phụ\t27.31": "12345678901.5",
    "2\tHuyện Kiến Xương\t27.76": "1e+17",
    "3\tThành phố Thái Bình\t28": "123456789012345678",
    "5\tHuyện Thái Thụy\t26.72": "99999999",
    "7\tHuyện Vũ Thư\t25.4": "0.123456789012345678",
}


def test_an_absurd_number_is_a_finding_and_stops_nothing(decision, tmp_path):
    text = (INPUTS / "01_decision.txt").read_text(encoding="utf-8")
    for row, absurd in ABSURD.items():
        assert text.count(f"{row}\t") == 1
        text = text.replace(f"{row}\t", f"{row.rpartition(chr(9))[0]}\t{absurd}\t")
    (tmp_path / "absurd.txt").write_text(text, encoding="utf-8")
    (report,) = check(tmp_path / "absurd.txt")
    assert with_findings(decision) == {4} and with_findings(report) >= {1, 2, 3, 4, 5, 7}
    assert len(report["findings"]) >= 16 + len(ABSURD)


def with_findings(report: dict) -> set[int]:
    """The rows of annex 01 that have findings."""
    places = [one["location"] for one in report["findings"]]
    return {place["position"] for place in places if place["annex"] == "01" and place["position"]}


def test_the_year_is_the_titles_then_the_other_files_then_asked_for(tmp_path):
    assert check("01_decision.txt", year=None)[0]["submission"]["year"] == 2020
    text = (INPUTS / THREE[0]).read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if "2020" not in line]
    (tmp_path / "no year.csv").write_text("\n".join(lines), encoding="utf-8")
    beside = check("01_decision.txt", tmp_path / "no year.csv", year=None)
    assert [report["submission"]["year"] for report in beside] == [2020, 2020]
    with pytest.raises(TooLittleSaid, match=r"no year\.csv.*--year 2020"):
        check(tmp_path / "no year.csv", year=None)
    asked: list[str] = []
    with checking.run(Root(), [tmp_path / "no year.csv"], ask_year=lambda name: asked.append(name) or 2020) as checked:
        assert checking.reports_of(checked)[0]["submission"]["year"] == 2020
    assert asked == ["no year.csv"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.xlsx", b"", "empty_file"),
        ("letter.txt", "Kính gửi Sở Thông tin và Truyền thông".encode(), "no_score_table"),
        ("renamed.xlsx", b"%PDF-1.7\n%%EOF", "content_is_not_what_the_extension_says"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_report_too(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    reports = check(tmp_path / name, "01_decision.txt", year=None)
    assert [(one["code"], one["reason"]) for one in reports[0]["findings"]] == [("file_unreadable", reason)]
    assert reports[0]["tables"] == [] and len(reports[1]["findings"]) == 16
    assert checking.exit_code(reports) == 2 and checking.exit_code(reports[1:]) == 1 and checking.exit_code([]) == 0


def test_a_file_that_is_not_there_is_a_report_without_a_reason(tmp_path):
    (report,) = check(tmp_path / "none.xlsx")
    (finding,) = report["findings"]
    assert (finding["code"], finding["reason"], report["submission"]["sha256"]) == ("file_unreadable", None, None)
    assert "none.xlsx" in finding["message_en"] and checking.exit_code([report]) == 2


def test_the_same_file_twice_is_one_submission_with_two_reports(tmp_path, decision):
    shutil.copy(INPUTS / "01_decision.txt", tmp_path / "copy.txt")
    reports = check("01_decision.txt", tmp_path / "copy.txt")
    assert [report["submission"]["file"] for report in reports] == ["01_decision.txt", "copy.txt"]
    assert all(report["findings"] == decision["findings"] for report in reports)


def test_a_damaged_cell_is_null_and_told_in_the_terms_of_the_workbook():
    (report,) = check("39_excel_damage.xlsx")
    damaged = [one for one in report["findings"] if one["code"] == "cell_damaged"]
    assert damaged and all(one["location"]["cell"] for one in damaged)
    text = "\n".join(line.text for line in lines_of([report]))
    assert f"trang tính “{damaged[0]['location']['page_or_sheet']}”, ô {damaged[0]['location']['cell']}" in text


def test_hostile_names_are_text_and_nothing_else():
    (report,) = check("40_hostile_names.xlsx")
    lines = [line.text for line in lines_of([report])]
    assert all(len(line) < 1500 and line.isprintable() for line in lines)
    json.loads(json.dumps(report))


def test_the_text_says_what_was_found_to_a_clerk(decision):
    lines = [line.text for line in lines_of([decision])]
    assert lines[0] == "01_decision.txt"
    assert lines[1].startswith("Quyết định 05/QĐ-UBND ngày 05/04/2021 · Tỉnh Thái Bình · năm 2020")
    assert any("Huyện Tiền Hải" in line and "dòng 65 của tệp, cột 6" in line for line in lines)
    assert lines[-1] == "16 phát hiện: 6 lỗi, 3 cảnh báo, 7 lưu ý / 16 findings: 6 errors, 3 warnings, 7 notices."


def test_a_clean_file_has_no_findings(tmp_path):
    header = ["TT,Tên cơ quan,Điều kiện sẵn sàng,,,,Mức độ đạt được,,,,,Kết quả"]
    header += [",,Hạ tầng,Nhân lực,Môi trường,Tổng số điểm,Hiện diện,Tương tác,Giao dịch,Chuyển đổi,Tổng số điểm,"]
    rows = ["1,Huyện Quỳnh Phụ,27.31,10.82,7,45.13,40,29.17,12.08,5,86.25,Mức độ II"]
    path = tmp_path / "sạch.csv"
    path.write_text("\n".join([*header, *rows]), encoding="utf-8")
    (report,) = check(path)
    assert report["findings"] == []
    assert "không có phát hiện nào" in [line.text for line in lines_of([report])][-1]


def test_a_file_of_replies_is_told_for_what_it_is_and_hides_nothing_of_the_others(tmp_path):
    path = tmp_path / "trả lời.csv"
    path.write_text(f"Mã phát hiện,Hình thức trả lời\n{'a' * 32},Đồng ý\n{'b' * 32},để xem\n", encoding="utf-8")
    replies, decision = reports = check(path, "01_decision.txt", year=None)
    assert (replies["submission"]["kind"], replies["submission"]["index"], replies["findings"]) == ("reply", None, [])
    assert [one["reply"] for one in replies["replies"]] == ["agree", None]
    assert (decision["submission"]["kind"], len(decision["findings"])) == ("published", 16)
    lines = [line.text for line in lines_of(reports)]
    assert "Bản trả lời phát hiện gồm 2 câu trả lời; không có bảng điểm để kiểm tra." in lines
    assert [line for line in lines if line.startswith("- dòng 3")] == [
        "- dòng 3: không rõ “để xem” là hình thức trả lời nào, nên câu trả lời sẽ bị giữ riêng"
    ]
    assert checking.exit_code([replies]) == 1


def test_a_reply_with_a_text_and_no_kind_is_told_and_ends_with_1(tmp_path):
    path = tmp_path / "trả lời.csv"
    header = "Mã phát hiện,Hình thức trả lời,Nội dung trả lời"
    path.write_text(f"{header}\n{'a' * 32},,đã kiểm tra\n{'b' * 32},Đồng ý,\n", encoding="utf-8")
    reports = check(path, year=None)
    lines = [line.text for line in lines_of(reports)]
    assert "- dòng 2: chưa chọn hình thức trả lời, nên câu trả lời sẽ bị giữ riêng" in lines
    assert lines[-1].startswith("1 câu trả lời chưa rõ hình thức") and checking.exit_code(reports) == 1
    path.write_text(f"{header}\n{'b' * 32},Đồng ý,\n", encoding="utf-8")
    assert checking.exit_code(check(path, year=None)) == 0


def test_another_root_checks_with_its_own_registries(tmp_path):
    """A minimal root: the columns that are not needed are left out, and so are whole registries."""
    root = Root(tmp_path)
    (tmp_path / "registries").mkdir()

    def registry(name: str, text: str) -> None:
        (tmp_path / "registries" / f"{name}.csv").write_text(text)

    registry("pillars", "index_code,tier,pillar,aggregation,tolerance,is_ranked_by\nlocal,country,online,sum,0,true\n")
    registry(
        "components",
        "index_code,tier,pillar,component,weight,max_score\nlocal,country,online,site,1,10\nlocal,country,online,mail,1,\n",
    )
    registry("units", "unit_code,unit_name,tier,province_code\nDK,Denmark,country,\nEE,Estonia,country,\n")
    labels = ["Country,unit,", "Site,component,site", "Mail,component,mail", "Total,total,online"]
    registry("labels", "index_code,label,role,target\n" + "".join(f"local,{label}\n" for label in labels))
    path = tmp_path / "scores.csv"
    path.write_text("Country,Site,Mail,Total\nDenmark,1,2,3\nEstonia,2,2.5,5\n")
    (report,) = check(path, root=root)
    (table,) = report["tables"]
    assert [(row["unit_code"], row["computed"]["online"]) for row in table["rows"]] == [("DK", "3"), ("EE", "4.5")]
    assert [(one["code"], one["unit_name"], one["expected"]) for one in report["findings"]] == [
        ("total_differs", "Estonia", "4.5")
    ]
