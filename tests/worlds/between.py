"""Laws about two builds: a world and a part of it, in another order, on an earlier day, with one file more.

Here: what must be the same in both. Each law takes a second build or more, and gives sentences as in `within.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dagster_project.values import plain

from . import places
from .building import Builder, Built, Rows
from .making import DAYS
from .within import Law
from .world import File, Row, World, line
from .writing import content

# What each table says that no other assessment has to do with; the days are told apart by the law about them.
OF_FILES = ("fct_submission", "fct_component_score", "fct_quarantine", "fct_result_revision")
OF_PROVINCES = ("fct_unit_result",)
AS_OF = ("fct_component_score", "fct_pillar_result", "fct_unit_result")
DAYS_OF_BELIEF = {"known_from", "known_to", "valid_from", "valid_to", "is_current"}
OF_THE_LEDGER = {"run_manifest"}
TOLD_ALIKE = (
    *("code", "severity", "unit_code", "unit_name", "annex", "position", "field", "page_or_sheet", "table_number"),
    *("column_name", "cell", "occurrences", "stated", "expected", "difference", "reason", "message_vi", "message_en"),
)


def a_check_says_what_the_run_says(builder: Builder, world: World) -> Iterator[str]:
    """What `egov check` tells of a file before it is sent is what the pipeline tells of it once it is there alone:
    the same findings of scope `file`, the same cells, the same sentences (materiality apart, which has a list of its
    own in a partial file)."""
    files = [file for file in world.files if file.kind != "reply"]
    for file in Random(world.seed).sample(files, min(1, len(files))):
        one = replace(file, kind="published", received_on=DAYS[0])
        built = builder(replace(world, files=(one,)))
        report = built.check(one)
        checked = Counter(_told({**found, **found["location"]}) for found in report["findings"])
        run = Counter(
            _told({name: plain(value) for name, value in row.items()})
            for row in built.rows("SELECT * FROM fct_finding WHERE scope = 'file' AND status = 'open'")
        )
        yield from _differences("a check and a run differ", run, checked, file.path)


def company_makes_no_difference(builder: Builder, world: World) -> Iterator[str]:
    """The answer about a file depends on the files of its own province and on no others: figures and findings are the
    same where half of the provinces are not there."""
    whole = builder(world)
    groups = _groups(whole)
    if len(groups) < 2:
        return
    chosen = Random(world.seed).sample(sorted(groups), len(groups) // 2)
    files = [file for group in chosen for file in groups[group]]
    part = builder(world.of(files))
    submissions = sorted(part.files)
    of = part.rows("SELECT DISTINCT province_code FROM fct_submission WHERE province_code IS NOT NULL")
    codes = [row["province_code"] for row in of]
    for table in OF_FILES:
        where = f"SELECT * FROM {table} WHERE list_contains($of, submission_id)"
        yield from _same(
            f"{table} differs in company", part.rows(where, of=submissions), whole.rows(where, of=submissions)
        )
    for table in OF_PROVINCES:
        where = f"SELECT * FROM {table} WHERE tier <> 'province' AND list_contains($of, province_code)"
        yield from _same(f"{table} differs in company", part.rows(where, of=codes), whole.rows(where, of=codes))
    # Who sent a file that tells nothing of its province is guessed from the company.
    where = """SELECT * REPLACE (
        CASE WHEN assessment_key IS NOT NULL THEN submitter_code END AS submitter_code,
        CASE WHEN assessment_key IS NOT NULL THEN submitter_key END AS submitter_key
    ) FROM fct_finding WHERE scope = 'file' AND list_contains($of, submission_id)"""
    yield from _same(
        "fct_finding differs in company", part.rows(where, of=submissions), whole.rows(where, of=submissions)
    )


def the_order_of_other_ledger_lines_makes_no_difference(builder: Builder, world: World) -> Iterator[str]:
    """The ledger's order decides between files of one assessment; lines of different ones may stand in any order."""
    before = builder(world)
    groups = _groups(before)
    places = {file: group for group, files in groups.items() for file in files}
    order = [places[file] for file in world.files]
    Random(world.seed).shuffle(order)
    queues = {group: iter(files) for group, files in groups.items()}
    after = builder(replace(world, files=tuple(next(queues[group]) for group in order)))
    for table in before.tables:
        if table not in OF_THE_LEDGER:
            yield from _same(
                f"{table} differs by the ledger's order",
                *(one.rows(f"SELECT * FROM {table}") for one in (before, after)),
            )


def a_day_is_told_as_it_was(builder: Builder, world: World) -> Iterator[str]:
    """What `--as-of` answers for a day is what a build of that day would have said: from the files received, and the
    corrections and acceptances decided, by then. A finding that is accepted later changes nothing of it."""
    accepted = builder(world).rows(
        "SELECT finding_id, stated FROM fct_finding WHERE stated IS NOT NULL ORDER BY 1 LIMIT 3"
    )
    later = (DAYS[1] + timedelta(days=7)).isoformat()
    lines = [line("acceptances", **one, accepted_by="SYNTHETIC", accepted_on=later, why="") for one in accepted]
    world = replace(world, registries=(*world.registries, *lines))
    now = builder(world)
    day = Random(world.seed).choice(DAYS[:2])
    then = builder(_on(world, day))
    for table in AS_OF:
        told, was = now.believed_on(day, table), then.rows(f"SELECT * FROM {table}")
        yield from _same(f"{table} as of a day is not what it was", was, told, DAYS_OF_BELIEF, f"on {day}")


def what_is_not_sent_again_is_not_resolved(builder: Builder, world: World) -> Iterator[str]:
    """A partial delivery speaks of what it holds: one row, sent again later, resolves findings about its unit, and none
    about other rows, about the decision's head, its notes, its columns or its other annexes. An annex goes, with its
    notes, once each of its units has been given again."""
    before = builder(world)
    sendable = [(f, t, row) for f in world.files if f.province for t, row in f.rows() if row.unit]
    if not sendable:
        return
    file, table, row = Random(world.seed).choice(sendable)
    readiness, attainment = row.computed()
    mended = replace(row, totals=(f"{readiness:f}", f"{attainment:f}"))
    sent = replace(table, rows=(mended,), cites="", has_notes=False)
    part = File(
        f"{file.year}/99/part.csv", file.year, file.kind, date(2022, 12, 1), file.sender, file.province, (sent,)
    )
    after = builder(replace(world, files=(*world.files, part)))
    now = {one["finding_id"]: one["status"] for one in after.rows("SELECT finding_id, status FROM fct_finding")}
    for one in before.rows("SELECT * FROM fct_finding WHERE status = 'open' ORDER BY code, finding_id"):
        if now.get(one["finding_id"]) == "open" or _is_about(one, row) or _is_given_again(one, before, part):
            continue
        become = now.get(one["finding_id"], "gone")
        what = f"{one['code']} of {one['unit_name'] or one['annex']}, {one['field']} {one['subject'] or ''}"
        yield f"a partial delivery leaves {one['code']} {become}, which it does not hold: {what}; it holds {row.name}"


def _is_about(finding: dict, row: Row) -> bool:
    """Whether a finding may change where a unit's row is sent again: its own; what sets it beside others, which are the
    ranks of a list and the counts of a summary."""
    return finding["unit_code"] == row.unit or finding["code"].startswith(("rank_", "summary_"))


def _is_given_again(finding: dict, built: Built, part: File) -> bool:
    """Whether each unit of the annex that a finding is about has come again since, the last of them in the part."""
    files = built.files.get(finding["submission_id"], [])
    if len(files) != 1 or not finding["annex"]:
        return False
    (file,) = files
    since = [
        other
        for other in built.world.files
        if (other.year, other.kind) == (file.year, file.kind) and other.day > file.day
    ]
    units = {row.unit for table, row in file.rows() if table.annex == finding["annex"] and row.unit}
    return bool(units) and units <= {row.unit for other in (*since, part) for _, row in other.rows()}


def _on(world: World, day: date) -> World:
    """The world as it was at the end of a day. Of files with the same bytes the ledger's first is the one that counts,
    then as now."""
    counts = {content(file): file for file in reversed(world.files)}
    files = tuple(file for file in counts.values() if file.day <= day)
    files = tuple(sorted(files, key=world.files.index))
    registries = []
    for registry, values in world.registries:
        known = dict(values)
        if known.get("decided_on" if registry == "corrections" else "accepted_on", "") > day.isoformat():
            continue
        if known.get("withdrawn_on", "") > day.isoformat():
            known["withdrawn_on"] = ""
        registries.append(line(registry, **known))
    return replace(world, files=files, registries=tuple(registries))


def _groups(built: Built) -> dict[str, list[File]]:
    """The files that may have to do with each other: those of one province; a file of none with those of its name and
    sender, any of which may be the same file, mended."""
    listed = {
        row["submission_id"]: row["province_code"]
        for row in built.rows("SELECT submission_id, province_code FROM fct_submission")
    }
    group = {file: listed.get(submission) or submission for submission, files in built.files.items() for file in files}

    def named(file: File) -> tuple[int, str, str]:
        return file.year, file.sender, file.name

    for lost in [file for file in built.world.files if group[file] not in places.PROVINCES]:
        joined = {group[file] for file in built.world.files if named(file) == named(lost)}
        group = {file: group[lost] if of in joined else of for file, of in group.items()}
    found: dict[str, list[File]] = {}
    for file in built.world.files:
        found.setdefault(group[file], []).append(file)
    return found


def _same(what: str, expected: Rows, found: Rows, without: Iterable[str] = (), where: str = "") -> Iterator[str]:
    shown = [
        Counter(
            tuple((k, v if isinstance(v, str) else str(v)) for k, v in sorted(row.items()) if k not in without)
            for row in rows
        )
        for rows in (expected, found)
    ]
    yield from _differences(what, *shown, where)


def _differences(what: str, expected: Counter, found: Counter, where: str) -> Iterator[str]:
    """A sentence for the first row that only one side has, with what is different in the row most like it."""
    lost, more = expected - found, found - expected
    if lost or more:
        row = min(lost or more, key=repr)
        nearest = max(more if lost else (), key=lambda other: len(set(other) & set(row)), default=())
        shown = [f"{k}={v!r}" for k, v in row if not nearest or (k, v) not in nearest]
        instead = [f"{k}={v!r}" for k, v in nearest if (k, v) not in row]
        name = next((v for k, v in row if k in ("unit_name", "unit_code", "file_name") and v), "")
        yield (
            f"{what}: {len(lost)} rows lost, {len(more)} new {where}; {name}: "
            f"{', '.join(shown)[:300]} became {', '.join(instead)[:300] or 'nothing'}"
        )


def _told(finding: dict) -> tuple:
    place = {"row": finding.get("row_number", finding.get("row"))}
    return tuple((name, str(finding[name])) for name in TOLD_ALIKE) + tuple(place.items())


LAWS: tuple[Law, ...] = (
    a_check_says_what_the_run_says,
    company_makes_no_difference,
    the_order_of_other_ledger_lines_makes_no_difference,
    a_day_is_told_as_it_was,
    what_is_not_sent_again_is_not_resolved,
)
