"""Figures before the decision: the same results by the same models, published beside it and called drafts.

The decision of 2020 is real; the files of 2021 are the SYNTHETIC decision of that year, told to be appraised with three
slips in it, then published as it is, and one district's part of it as its own assessment.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from lxml import etree

from dagster_project.publishing.quality.writing import write_quality
from dagster_project.publishing.views import FOLDER
from dagster_project.publishing.warehouse import publish
from dagster_project.root import REPOSITORY, Root

DECISION = REPOSITORY / "data" / "submissions" / "2020" / "thai-binh-2020.txt"
SYNTHETIC = REPOSITORY / "tests" / "data" / "synthetic" / "thai-binh-2021-synthetic.txt"
SLIPS = (
    ("8\tHuyện Vũ Thư\t26.59\t", "8\tHuyện Vũ Thư\t36.59\t"),  # a digit of a component; its total stays 41.29
    ("3.51\t45.05\tMức IV", "3.51\t45.05\tMức II"),  # a level of Xã Tân Hòa
    ("13.58\t7.32\t86.73\tMức II", "13.58\t7.32\t84.13\tMức II"),  # a total of Huyện Tiền Hải: below level II's 84.25
)
TABLES = {
    "unit_result": "unit_key",
    "pillar_result": "unit_key, pillar",
    "component_score": "unit_key, component",
    "level_distance": "unit_key, pillar",
    "unit_movement": "unit_key",
    "pillar_movement": "unit_key, pillar",
    "component_movement": "unit_key, pillar, component",
}


def received(folder: Path, **files: tuple[str, str, str]) -> Root:
    """A root whose files came: of each its text, its kind and its day."""
    root = Root(folder)
    lines = ["file,sha256,year,kind,received_on,sender,note"]
    for name, (text, kind, day) in files.items():
        year = name.split("_")[0].removeprefix("y")
        path = root.submissions / year / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        lines.append(f"{year}/{path.name},,{year},{kind},{day},,SYNTHETIC")
    root.ledger.write_text("\n".join(lines) + "\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory, build_in_memory) -> Root:
    decision, synthetic = DECISION.read_text("utf-8"), SYNTHETIC.read_text("utf-8")
    appraised = synthetic
    for right, slip in SLIPS:
        assert appraised.count(right) == 1
        appraised = appraised.replace(right, slip)
    root = received(
        tmp_path_factory.mktemp("drafts"),
        y2020_decision=(decision, "published", "2021-04-05"),
        y2021_appraised=(appraised, "appraised", "2022-02-01"),
        y2022_appraised=(synthetic.replace("2021", "2022"), "appraised", "2023-02-01"),
        y2022_published=(synthetic.replace("2021", "2022") + "\n", "published", "2023-04-01"),
        y2022_self=(synthetic.replace("2021", "2022") + "\n\n", "self_assessed", "2023-01-05"),
    )
    built = build_in_memory(root)
    root.warehouse.mkdir(parents=True, exist_ok=True)
    built.execute(f"ATTACH '{root.build_database}' AS built; COPY FROM DATABASE egov TO built; DETACH built")
    publish(root.build_database, root.published_database, FOLDER)
    return root


@pytest.fixture(scope="module")
def published(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", ["appraised", "self_assessed"])
def test_the_same_figures_give_the_same_results_before_the_decision_and_in_it(published, table, kind):
    """Also against the same year: 2022 moves against what was published for 2020, never against a draft of 2021."""
    apart = ", ".join(
        column
        for (column,) in published.execute(
            "select column_name from duckdb_columns() where table_name = ? and database_name = current_database()",
            [f"fct_{table}"],
        ).fetchall()
        if column in ("assessment_key", "kind", "submission_id", "valid_from", "row_number", "findings", "position")
    )
    left, right = (
        f"select * exclude ({apart}) from {name} where year = 2022" for name in (f"draft_{table}", f"fct_{table}")
    )
    rows, apart_rows = published.execute(
        f"select count(*), (select count(*) from (({left} and kind = '{kind}' except all {right}) "
        f"union all ({right} except all {left} and kind = '{kind}'))) from ({right})"
    ).fetchone()
    assert rows >= 104 and apart_rows == 0


def test_a_draft_is_in_no_table_of_results(published):
    assert published.execute("select distinct year, kind from fct_unit_result order by all").fetchall() == [
        (2020, "published"),
        (2022, "published"),
    ]
    assert published.execute("select distinct year from agg_levels order by 1").fetchall() == [(2020,), (2022,)]
    assert published.execute("select distinct previous_year from draft_unit_movement order by 1").fetchall() == [
        (2020,),
        (None,),
    ]


def test_each_side_of_a_broken_sum_has_its_level_and_a_hint_is_none_but_a_hint(published):
    found = published.execute(
        "select unit_name, field, materiality, level_with_stated, level_with_expected, component, score, "
        "compared_kind, compared_year, compared_score from fct_finding left join fct_finding_hint using (finding_id) "
        "where fct_finding.year = 2021 and code = 'total_differs' order by field"
    ).fetchall()
    assert [row[:5] for row in found] == [
        ("Huyện Tiền Hải", "attainment_total", "level", "III", "II"),
        ("Huyện Vũ Thư", "readiness_total", "total", None, None),
    ]
    *hint, was = found[1][5:]
    assert [str(value).rstrip("0") for value in hint] == ["infrastructure", "36.59", "published", "202"]
    assert abs(was - 26) < 2


def test_what_never_changes_a_figure_is_material_to_nothing(published):
    assert (
        published.execute(
            "select distinct code from fct_finding where materiality is distinct from 'none' and code in "
            "('citation_differs', 'summary_name_differs', 'summary_row_missing', 'summary_count_differs', "
            "'unit_name_variant', 'numbering_broken', 'hidden_repeated', 'shown_rounded')"
        ).fetchall()
        == []
    )


@pytest.mark.parametrize("view", ["unit_result", "unit_movement"])
def test_named_views_of_drafts_are_those_of_results(published, view):
    draft, named = (
        {column for column, *_ in published.execute(f"describe {name}_{view}").fetchall()}
        for name in ("draft_named", "named")
    )
    assert draft - named == {"kind", "kind_vi"}
    assert named - draft <= {"smallest_margin", "ranks_gained", "ranks_lost"}
    assert published.execute(
        f"select distinct kind_vi, district_name, province_name from draft_named_{view} "
        "where year = 2021 and unit_name = 'Xã Tân Hòa' and district_code = '344'"
    ).fetchall() == [("Kết quả thẩm định", "Huyện Vũ Thư", "Tỉnh Thái Bình")]


@pytest.fixture(scope="module")
def pages(root) -> dict[str, str]:
    """What the pages of 2021 say, without marks, by their names."""
    write_quality(root.published_database, root.published / "quality")
    return {
        path.name: " ".join(" ".join(etree.fromstring(path.read_bytes()).itertext()).split())
        for path in (root.published / "quality" / "2021").glob("*.html")
    }


def test_pages_of_a_draft_say_so_first_and_hold_its_figures(pages):
    assert len(pages) == 11  # eight districts, with findings or without, the overview, what came back, and what if
    for name, page in pages.items():
        if name == "replies.html":
            continue
        assert "(kết quả thẩm định, dự thảo)" in page[page.index("năm 2021") :][:60], name
        assert "đã công bố" not in page, name
    overview = pages["index.html"]
    assert "Kết quả thẩm định, dự thảo: đơn vị cấp huyện" in overview
    assert "1/8 ▲ 7 Huyện Đông Hưng 42,35 −0,85 88,62 +11,325 II II III" in overview
    assert (
        "Không có phát hiện nào về kết quả thẩm định (dự thảo) năm 2021 của Huyện Hưng Hà"
        in pages["339-huyen-hung-ha.html"]
    )
    assert "Huyện Hưng Hà đã ghi" in pages["339-huyen-hung-ha.html"]


def test_pages_claim_of_a_broken_sum_no_more_than_is_known(pages):
    tien_hai, vu_thu = pages["342-huyen-tien-hai.html"], pages["344-huyen-vu-thu.html"]
    assert (
        "Nếu lấy tổng của các tiêu chí thành phần, đơn vị đạt mức độ II; nếu tổng đã ghi là đúng thì một tiêu chí "
        "thành phần chưa đúng, và đơn vị đạt mức độ III. Hồ sơ ghi mức độ II."
    ) in tien_hai
    assert "Mức độ và thứ hạng giữ nguyên, dù lấy tổng của các tiêu chí thành phần hay tổng đã ghi." in vu_thu
    assert "Hạ tầng ở đây là 36,59, còn trong kết quả công bố năm 2020 là" in vu_thu
    assert "đây không phải kết luận" in vu_thu
    assert not [name for name, page in pages.items() if "Nếu ghi đúng" in page]
