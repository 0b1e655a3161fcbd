"""The judgement of the submitted data: Great Expectations' suites as checks, and its count held against SQL's.

Here: what stops a run and what does not. Not here: judging (`judging`). What is wrong with submitted data is a finding:
it warns, and stops nothing; so does a delivery that is not as expected, which is no finding. An expectation that
crashed stops the run, and so do two engines that count differently.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg

from expectations import DELIVERIES, Check, DeliveryExpectation, by_suite, declared, of_deliveries

from .. import beside
from ..errors import UserError
from ..publishing.places import new_folder
from ..root import Root
from ..warehouse import wholeness, working
from .run_lock import RunLock

if TYPE_CHECKING:
    from ..judging.agreement import Found
    from ..judging.engine import Verdict

DATA_QUALITY = dg.AssetKey(["expectations", "data_quality"])
GX_PROCESS = "dagster_project.judging.gx_process"
AGREEMENT = "both_engines_agree"
ABOUT_DELIVERIES = "Questions to the officer about a delivery as a whole; they are no findings and stop nothing."


def data_quality(root: Root) -> dg.AssetsDefinition:
    """The asset of a root, with a check per suite."""
    checks = declared(root.expectations)
    suites = by_suite(checks)
    expected = of_deliveries(root.expectations)

    @dg.asset(
        key=DATA_QUALITY,
        group_name="expectations",
        kinds={"greatexpectations", "duckdb"},
        deps=[["checks", check.code] for check in checks]
        + [["intermediate", "int_finding"], ["intermediate", "int_delivery_profile"]],
        check_specs=[
            *(
                dg.AssetCheckSpec(suite, asset=DATA_QUALITY, description=_names(members))
                for suite, members in suites.items()
            ),
            dg.AssetCheckSpec(DELIVERIES, asset=DATA_QUALITY, description=f"{ABOUT_DELIVERIES} {_names(expected)}"),
            dg.AssetCheckSpec(
                AGREEMENT,
                asset=DATA_QUALITY,
                blocking=True,
                description="Great Expectations and SQL count the same for each check; or nothing is published.",
            ),
        ],
        description="The checks' tables held to what `expectations/checks.csv` declares, and Data Docs of the outcome.",
    )
    def judge_data(
        context: dg.AssetExecutionContext, run_lock: RunLock
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        from ..judging.agreement import disagreements, found

        sql = found(root.build_database)
        with new_folder(root.warehouse / "data_docs") as folder, working.used(root):
            verdicts = beside.made(GX_PROCESS, root.build_database, checks, expected, folder, sql.title)
        of_checks = [one for one in verdicts if one.suite != DELIVERIES]
        yield dg.MaterializeResult(
            asset_key=DATA_QUALITY,
            metadata={"facts judged": sum(one.judged for one in of_checks), "findings": sum(sql.counts.values())},
        )
        for suite, members in suites.items():
            yield _of_suite(suite, members, verdicts, sql)
        yield _of_deliveries([one for one in verdicts if one.suite == DELIVERIES])
        differing = disagreements(of_checks, sql.counts)
        yield dg.AssetCheckResult(
            check_name=AGREEMENT, passed=not differing, metadata={"differing": dg.MetadataValue.json(differing)}
        )
        if differing:
            said = "; ".join(differing)
            raise UserError(
                f"The findings cannot be trusted, and nothing was published. {said}. Send data/warehouse/egov.log to "
                "whoever maintains this.",
                f"Kết quả kiểm tra không đáng tin nên chưa công bố gì. {said}. Hãy gửi data/warehouse/egov.log cho "
                "người bảo trì.",
            )
        wholeness.note_judgement(root)

    return judge_data


def _of_suite(suite: str, members: tuple[Check, ...], verdicts: "list[Verdict]", sql: "Found") -> dg.AssetCheckResult:
    """A suite's outcome: findings by code, and their first rows."""
    counts = {one.code: one.unexpected for one in verdicts if one.suite == suite}
    rows = [
        dg.TableRecord({name: "" if value is None else str(value) for name, value in row.items()})
        for check in members
        for row in sql.rows.get(check.code, [])
    ]
    return dg.AssetCheckResult(
        check_name=suite,
        passed=not any(counts.values()),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={**counts, **({"findings": dg.MetadataValue.table(rows)} if rows else {})},
    )


def _of_deliveries(verdicts: "list[Verdict]") -> dg.AssetCheckResult:
    """What is not as expected of which deliveries: each question's code with those that it is asked of."""
    return dg.AssetCheckResult(
        check_name=DELIVERIES,
        passed=not any(one.unexpected for one in verdicts),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={one.code: dg.MetadataValue.json(list(one.rows)) for one in verdicts if one.unexpected},
    )


def _names(members: tuple[Check | DeliveryExpectation, ...]) -> str:
    return ", ".join(f"{check.name_vi} ({check.code})" for check in members)
