"""dbt's unit tests, run as one of ours: each rule given and expected (`_unit_tests.yml` beside the models)."""

from __future__ import annotations

from dagster_project.warehouse import build


def test_every_rule_holds(root_of_2020, warehouse_of_2020):
    results = build.run(root_of_2020, "test", "--select", "test_type:unit")
    build.refuse_failures(results)
    assert len(results) > 50
