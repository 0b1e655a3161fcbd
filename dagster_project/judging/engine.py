"""Runs the suites of `expectations/` on the checks' tables of a DuckDB file and builds Data Docs of what they found.

Here: everything that makes Great Expectations work on DuckDB. Not here: which expectations there are
(`expectations/suites.py`), what is made of the verdicts (`agreement.py`, `defs/`). Great Expectations takes seconds to
load, so it is imported where it is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import duckdb

from dagster_project.errors import UserError
from dagster_project.judging.data_docs import SITE, site, take_offline
from expectations import DELIVERIES, Check, DeliveryExpectation, by_suite

SCHEMA = "expectations"

# What leads a reader of Data Docs to a failing row; the pages list rows with equal values in one line.
ROW = (
    "'[' || concat_ws(' · ', coalesce(unit_name, written_name), field, nullif(subject, ''), "
    "{stated} || ' → ' || {expected}, 'phụ lục ' || annex, 'dòng ' || position, cell, version_id) || ']'"
)
DELIVERY = (
    "'[' || concat_ws(' · ', files, formats, sender, rows_landed || ' dòng / rows', "
    "rows_quarantined || ' để riêng / set aside', units || ' đơn vị / units', "
    "units_before || ' lần trước / before', 'thiếu / missing: ' || columns_missing, version_id) || ']'"
)
PLAIN = {"figures": "rtrim(rtrim({}::varchar, '0'), '.')", "words": "{}"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one expectation found: how many facts (or deliveries) were judged, how many of them do not pass, and what
    leads a reader to the first of these."""

    code: str
    suite: str
    judged: int
    unexpected: int
    rows: tuple[str, ...] = ()


class ExpectationCrashed(UserError):
    """An expectation could not be evaluated, which says nothing about the data: the run must stop."""


def judge(
    database: Path,
    checks: tuple[Check, ...],
    deliveries: tuple[DeliveryExpectation, ...],
    data_docs: Path,
    title: str,
) -> list[Verdict]:
    """The verdict of every check and of all that is expected of deliveries, in the order of the suites; Data Docs of
    them in the folder `data_docs`.

    database: a DuckDB file with a table checks.<code> per check and intermediate.int_delivery_profile; no other
    connection to it may be open in this process. Its schema `expectations` is made anew. title: names this judging in
    Data Docs. Raises ExpectationCrashed.
    """
    from great_expectations import Checkpoint, ValidationDefinition
    from great_expectations.core.run_identifier import RunIdentifier

    from expectations.suites import suite, suite_of_deliveries

    suites = by_suite(checks)
    _set_side_by_side(database, suites)
    made = [*(suite(name, members) for name, members in suites.items()), suite_of_deliveries(deliveries)]
    with _opened(database) as (context, source):
        definitions = []
        for one in made:
            table = source.add_table_asset(one.name, table_name=one.name, schema_name=SCHEMA)
            batch = table.add_batch_definition_whole_table("all")
            definition = ValidationDefinition(name=one.name, data=batch, suite=context.suites.add(one))
            definitions.append(context.validation_definitions.add(definition))
        checkpoint = context.checkpoints.add(
            Checkpoint(
                name="judged",
                validation_definitions=definitions,
                result_format={"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]},
            )
        )
        results = checkpoint.run(run_id=RunIdentifier(title, datetime.now(UTC))).run_results.values()
        verdicts = [_verdict(of_check, of_suite) for of_suite in results for of_check in of_suite.results]
        context.add_data_docs_site(SITE, site(data_docs))
        context.build_data_docs(site_names=[SITE])
    take_offline(data_docs)
    return verdicts


def _set_side_by_side(database: Path, suites: dict[str, tuple[Check, ...]]) -> None:
    """Makes a table of each suite, asked a hundred times by Great Expectations; the deliveries' too."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create schema if not exists {SCHEMA}")
        for name, members in suites.items():
            connection.execute(f'create or replace table {SCHEMA}."{name}" as {_side_by_side(members)}')
        connection.execute(
            f"create or replace table {SCHEMA}.{DELIVERIES} as "
            f'select {_harmless(DELIVERY)} as "row", * from intermediate.int_delivery_profile'
        )


def _side_by_side(checks: tuple[Check, ...]) -> str:
    """One relation of the tables of a suite's checks. Figures stay decimals and words stay text, each in its own pair
    of columns, so that the database compares them exactly."""
    sides = {
        "figures": "stated::decimal(38, 18) as stated_figure, expected::decimal(38, 18) as expected_figure, "
        "null::varchar as stated, null::varchar as expected",
        "words": "null::decimal(38, 18) as stated_figure, null::decimal(38, 18) as expected_figure, "
        f"{_shown('stated')} as stated, {_shown('expected')} as expected",
    }
    return "\nunion all\n".join(
        f"select '{check.code}' as code, {_row(check)} as \"row\", {sides[check.compares]}, is_passed "
        f"from checks.{check.code}"
        for check in checks
    )


def _row(check: Check) -> str:
    plain = PLAIN[check.compares]
    row = _harmless(ROW.format(stated=plain.format("stated"), expected=plain.format("expected")))
    return f"case when is_passed then '' else {row} end"


def _shown(side: str) -> str:
    """A side of a fact as it can be shown. What passes is only compared: nearly all of a country's facts."""
    return f"case when is_passed then {side} else {_harmless(side)} end"


def _harmless(expression: str) -> str:
    """Text from a file as Data Docs may show it: the pages are written without escaping, and '$' begins a name in their
    templates. Equal texts stay equal and different ones different."""
    for character in "&<>\"'$":
        expression = f"replace({expression}, {_quoted(character)}, '&#{ord(character)};')"
    return expression


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _verdict(of_check: Any, of_suite: Any) -> Verdict:
    """A result without a count crashed, and only looks like one that failed. Without rows there is nothing to count."""
    code = of_check.expectation_config.meta["code"]
    judged = of_check.result.get("element_count")
    unexpected = 0 if judged == 0 else of_check.result.get("unexpected_count")
    if judged is None or unexpected is None:
        reason = _reason(of_check.exception_info)
        raise ExpectationCrashed(
            f"The expectation of {code} could not be evaluated: {reason}",
            f"Không đánh giá được kỳ vọng của {code}: {reason}",
        )
    shown = of_check.result.get("unexpected_index_list") or []
    rows = tuple(unescape(one["row"]) for one in shown)
    return Verdict(code, of_suite.suite_name, judged, unexpected, rows)


def _reason(exception_info: dict[str, Any]) -> str:
    """The first message of an exception_info, which is flat or keyed by metric."""
    for info in (exception_info, *exception_info.values()):
        if isinstance(info, dict) and info.get("exception_message"):
            return str(info["exception_message"]).strip()
    return "Great Expectations gave no reason"


@contextmanager
def _opened(database: Path) -> Iterator[tuple[Any, Any]]:
    """An ephemeral context and its data source on the file, opened to read. All of it is closed again, or the next
    connection to the file would fail."""
    import great_expectations

    _keep_the_connection()
    context = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    # The path goes past the URL: there a '?' or a '$' would mean something else, and Data Docs would show it.
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string="duckdb:///egov.duckdb",
        kwargs={"connect_args": {"database": str(database), "read_only": True}},
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield context, source
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()


class _Dialect(str):
    """A member of the enumeration that Great Expectations compares dialects with."""

    @property
    def value(self) -> str:
        return str(self)


def _keep_the_connection() -> None:
    """Great Expectations closes a connection before it fetches from it, and DuckDB drops the result with it; except for
    the dialects of this list. A private name, hence the pin in pyproject.toml and a test of its own."""
    from great_expectations.execution_engine import sqlalchemy_execution_engine as engine

    if "duckdb" not in engine._PERSISTED_CONNECTION_DIALECTS:
        engine._PERSISTED_CONNECTION_DIALECTS += (_Dialect("duckdb"),)
