"""dbt's unit tests, which the first run of a root holds: each rule given and expected (`_unit_tests.yml` beside the
models)."""

from __future__ import annotations

from dagster_project.warehouse import build


def test_every_rule_holds(run_of_2020):
    """A run that they stop is no whole one; of one that held them the state of the project stands beside its build."""
    proved = run_of_2020.dbt_target / "unit_tests.fingerprint"
    assert proved.read_text() == build.fingerprint(run_of_2020)
    assert len(build.read_manifest(run_of_2020)["unit_tests"]) > 50
