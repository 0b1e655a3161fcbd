"""What a run ends with, on the published decision of 2020."""

from __future__ import annotations

import re

import duckdb
import pytest

from dagster_project.defs.summary import show_summary
from dagster_project.publishing.warehouse import publish
from dagster_project.root import Root


@pytest.fixture
def root(tmp_path, warehouse_of_2020) -> Root:
    root = Root(tmp_path)
    publish(warehouse_of_2020, root.published_database)
    return root


def test_a_year_is_a_line_of_figures(root, capsys):
    show_summary(root, [{"table": "dim_unit", "rows_added": "new", "rows_removed": "new"}], 12.3)
    out = capsys.readouterr().out
    assert ["2020", "43", "301", "86", "1", "6", "3", "7"] in [line.split() for line in out.splitlines()]
    assert "first published" in out and "✗" not in out


def test_files_that_gave_nothing_are_counted(root, capsys):
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute("UPDATE fct_submission SET kind = NULL")
    show_summary(
        root,
        [
            {"table": "dim_unit", "rows_added": "1", "rows_removed": "0"},
            {"table": "t", "rows_added": "new", "rows_removed": "new"},
            {"table": "fct_finding", "rows_added": "0", "rows_removed": "0", "columns": "short_id"},
            {"table": "dim_term", "rows_added": "0", "rows_removed": "0", "columns": ""},
        ],
        1,
    )
    out = capsys.readouterr().out
    assert "1 tệp chưa rõ loại nên chưa nạp" in out
    assert "Thay đổi / Changed: dim_unit +1 −0, t (mới / new)" in out.splitlines()
    assert "Chỉ đổi cột / Only columns changed: fct_finding (short_id)" in out.splitlines()


def test_a_draft_is_a_line_of_its_own_and_says_so(root, capsys):
    with duckdb.connect(str(root.published_database)) as connection:
        connection.execute(
            "INSERT INTO draft_unit_result SELECT * REPLACE ('appraised' AS kind, 2021 AS year) FROM fct_unit_result"
        )
        connection.execute("UPDATE fct_finding SET kind = 'self_assessed' WHERE code = 'total_differs'")
    show_summary(root, [], 1)
    lines = [re.split(r" {3,}", line.strip()) for line in capsys.readouterr().out.splitlines()]
    figures = {line[0]: line[1:] for line in lines}
    assert figures["2020"] == ["43", "301", "86", "0", "5", "3", "7"]
    assert figures["2020 kết quả tự đánh giá / self-assessed"] == ["0", "0", "0", "1", "1", "0", "0"]
    assert figures["2021 kết quả thẩm định / appraised *"] == ["43", "0", "0", "0", "0", "0", "0"]
    assert "* Dự thảo, không phải kết quả công bố. / A draft, and no published result." in figures
