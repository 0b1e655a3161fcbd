"""Acceptances: `egov status` tells of those that let nothing stand, on the published decision of 2020."""

from __future__ import annotations

import duckdb
import pytest

from dagster_project.commands import status
from dagster_project.publishing.warehouse import publish
from dagster_project.root import Root


@pytest.fixture
def root(tmp_path, warehouse_of_2020) -> Root:
    root = Root(tmp_path)
    publish(warehouse_of_2020, root.published_database)
    return root


def test_an_acceptance_that_lets_nothing_stand_is_told(root):
    with duckdb.connect(str(root.published_database), read_only=True) as connection:
        query = "SELECT finding_id FROM fct_finding WHERE code = 'total_differs'"
        (finding,) = connection.execute(query).fetchone() or ("",)
    (root.path / "registries").mkdir()
    lines = ["finding_id,stated,accepted_by,accepted_on,why", f"{finding},44.93,,,", f"{finding},45,,,", "no-such,1,,,"]
    (root.path / "registries" / "acceptances.csv").write_text("\n".join(lines), "utf-8")
    told = [line.text for line in status.lines_of(root) if line.text.startswith("✗ acceptances.csv")]
    assert len(told) == 2
    assert finding in told[0] and "hồ sơ nay ghi “44.93”, không còn là “45”" in told[0]
    assert "no-such: không có hiệu lực, không có phát hiện nào mang mã này" in told[1]
