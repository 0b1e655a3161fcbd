"""What changed from one publication to the next: units by name first, on the screen and on the page; and only what a
person chose of it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from dagster_project.cli import invoke
from dagster_project.publishing.changes import write_changes
from dagster_project.publishing.kept import keep
from dagster_project.publishing.warehouse import publish

# SYNTHETIC changes of the published decision of 2020.
MENDED = """
    UPDATE fct_pillar_result SET stated = 45.13 WHERE unit_code = '342' AND pillar = 'readiness';
    UPDATE fct_unit_result SET level_stated = 'I', level_computed = 'I' WHERE unit_code = '342';
    UPDATE fct_unit_result SET rank_in_province = 36 WHERE unit_code = '13111';
    UPDATE fct_finding SET status = 'resolved' WHERE code = 'total_differs';
    ALTER TABLE dim_term ADD COLUMN note VARCHAR;
    UPDATE fct_submission SET received_on = '2021-04-06';
"""
TIEN_HAI = (
    "~ Huyện Tiền Hải, 2020, kết quả công bố: tổng số điểm Điều kiện sẵn sàng (đã ghi) 44,93 → 45,13; mức độ II → I"
)
VU_LE = "~ Xã Vũ Lễ (Huyện Kiến Xương), 2020, kết quả công bố: thứ hạng 35 → 36"


@pytest.fixture(scope="module")
def before(warehouse_of_2020, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("before") / "egov.duckdb"
    publish(warehouse_of_2020, path)
    return path


@pytest.fixture(scope="module")
def after(before, tmp_path_factory) -> Path:
    return changed(before, tmp_path_factory.mktemp("after") / "egov.duckdb", MENDED)


def changed(before: Path, path: Path, statements: str) -> Path:
    shutil.copyfile(before, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statements)
    return path


def diff(capsys, *arguments: object) -> tuple[int, list[str], str]:
    code = invoke(["diff", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, [line.strip() for line in out.splitlines()], err


def test_units_come_first_by_name_then_figures_and_what_is_technical_in_a_line(before, after, capsys):
    code, lines, _ = diff(capsys, before, after)
    assert code == 1
    assert lines[1:4] == [
        "Đơn vị đổi tổng số điểm, mức độ hoặc thứ hạng / Units whose total, level or rank changed: 2",
        TIEN_HAI,
        VU_LE,
    ]
    tables = [line.split()[0] for line in lines if re.match(r"\w+ +\d+ +\d+ +\d+ +\d+ +\d+$", line)]
    assert tables == ["fct_pillar_result", "fct_unit_result", "fct_finding"]
    assert "Cột mới hoặc không còn / Columns that came or went: dim_term (+note)" in lines
    assert "Chỉ đổi nguồn, vị trí hoặc ngày / Only source, place or day is another: fct_submission (1)" in lines


def test_a_year_that_is_new_is_a_line_and_a_draft_says_that_it_is_one(before, tmp_path, capsys):
    more = changed(
        before,
        tmp_path / "egov.duckdb",
        "INSERT INTO fct_unit_result SELECT * REPLACE (2021 AS year) FROM fct_unit_result;"
        "INSERT INTO draft_unit_result SELECT * REPLACE ('appraised' AS kind) FROM fct_unit_result WHERE year = 2020;"
        "DELETE FROM fct_unit_result WHERE unit_code = '342' AND year = 2020",
    )
    _, lines, _ = diff(capsys, before, more)
    assert lines[1:4] == [
        "+ 2021, kết quả công bố: 43 đơn vị mới có kết quả / units have a result now",
        "− 2020, kết quả công bố: 1 đơn vị không còn kết quả / units have none any more",
        "+ 2020, kết quả thẩm định (dự thảo): 43 đơn vị mới có kết quả / units have a result now",
    ]


def test_a_year_a_table_or_a_unit_alone(before, after, capsys):
    _, lines, _ = diff(capsys, before, after, "--unit", "tien hai")
    assert TIEN_HAI in lines and VU_LE not in lines
    assert not any("Vũ Lễ" in line for line in lines)
    _, lines, _ = diff(capsys, before, after, "--unit", "13111", "--year", "2020")
    assert VU_LE in lines and "~ egov_2392 · 2020 · 13111@start · Xã Vũ Lễ: rank_in_province 35 → 36" in lines
    assert not any("Tiền Hải" in line for line in lines)
    _, lines, _ = diff(capsys, before, after, "--table", "fct_finding")
    assert [line.split()[0] for line in lines if line.startswith("fct_")] == ["fct_finding", "fct_finding"]
    assert TIEN_HAI not in lines
    code, lines, _ = diff(capsys, before, after, "--year", "2019")
    assert code == 0 and lines[-1].startswith("Không có khác biệt / No difference")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--table", "fct_scores"], "There is no table fct_scores. The tables: agg_average_movement, "),
        (["--unit", "Huyện Không Có"], "No unit is called 'Huyện Không Có' or has that code."),
    ],
)
def test_a_choice_that_there_is_not_ends_with_2(before, after, capsys, arguments, sentence):
    code, lines, err = diff(capsys, before, after, *arguments)
    assert (code, lines) == (2, [])
    assert sentence in err


def test_json_has_the_units_in_both_languages(before, after, capsys):
    invoke(["diff", str(before), str(after), "--format", "json"])
    first, second = json.loads(capsys.readouterr().out)["units"]
    assert (first["unit_name"], second["unit_name"], second["district_name"]) == (
        "Huyện Tiền Hải",
        "Xã Vũ Lễ",
        "Huyện Kiến Xương",
    )
    assert first["changes"][0] == {
        "name": {"vi": "tổng số điểm Điều kiện sẵn sàng", "en": "total of Readiness"},
        "said": {"vi": "đã ghi", "en": "stated"},
        "before": {"vi": "44,93", "en": "44.93"},
        "after": {"vi": "45,13", "en": "45.13"},
    }


def page(published: Path, kept: Path, folder: Path) -> etree._Element:
    folder.mkdir(exist_ok=True)
    write_changes(published, kept, folder)
    return etree.fromstring((folder / "changes.html").read_bytes())


def test_the_page_says_the_same_and_leads_to_the_findings(before, after, tmp_path):
    first = keep(before, tmp_path / "kept")
    shown = page(after, tmp_path / "kept", tmp_path / "made")
    text = " ".join(" ".join(shown.itertext()).split())
    assert (
        f"So với bản {first.name}: 2 đơn vị đổi tổng số điểm, mức độ hoặc thứ hạng; 0 phát hiện mới mở, 1 phát hiện đã "
        "đóng." in text
    )
    assert "tổng số điểm Điều kiện sẵn sàng (đã ghi) total of Readiness (stated) 44,93 45,13" in text
    (link,) = [one for one in shown.xpath("//@href") if one.startswith("quality/")]
    assert re.fullmatch(r"quality/2020/342-huyen-tien-hai\.html#f-[0-9a-f]{32}", link)
    assert not shown.xpath("//@src") and "dim_term" in text


def test_the_page_of_the_first_publication_and_of_one_that_says_the_same(before, tmp_path):
    for _ in range(2):  # not kept yet, then kept
        text = " ".join(page(before, tmp_path / "kept", tmp_path / "made").itertext())
        assert "Đây là bản công bố đầu tiên" in text
        keep(before, tmp_path / "kept")
