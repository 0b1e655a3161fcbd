"""Laws about what the maker knows of a file, and the warehouse has to find out: whose it is, which unit a row is about,
which row is current, what is wrong in it.

Here: only what is beyond doubt. A file whose title is not plain, two senders who differ on one day, a unit with a
correction are left to the other laws. Each law gives sentences as in `within.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .building import Builder, Built
from .making import A_YEAR_WITHOUT_RULES, LEVEL_NAMES, level_of
from .within import Law
from .world import COMPONENTS, INDEX, File, Row, Table, World

Key = tuple[int, str, str]  # year, kind, province


@dataclass(frozen=True)
class Current:
    """The row of a unit that is current beyond doubt."""

    year: int
    kind: str
    table: Table
    row: Row

    @property
    def place(self) -> str:
        return f"{self.row.name} ({self.row.unit}) in {self.year}, {self.kind}"


def a_plain_title_says_whose_it_is(builder: Builder, world: World) -> Iterator[str]:
    """A title that names its province in full decides, whatever names stand below it."""
    built = builder(world)
    listed = {row["submission_id"]: row for row in built.rows("SELECT * FROM fct_submission")}
    for submission, files in built.files.items():
        for file in files:
            if file.province and file.year != A_YEAR_WITHOUT_RULES and any(file.rows()):
                found = listed[submission]["province_code"]
                if found != file.province:
                    yield f"a file is given to another province: {file.path} of {file.province} to {found}"


def the_row_received_last_is_current(builder: Builder, world: World) -> Iterator[str]:
    """What counts is the latest received, then the ledger's order; and it counts as it was written, to the last digit.
    A stated column never holds what nobody stated."""
    built = builder(world)
    scores = defaultdict(dict)
    for row in built.rows("SELECT * FROM fct_component_score WHERE index_code = $i", i=INDEX):
        scores[row["year"], row["unit_code"]][row["component"]] = row
    results = {
        (row["year"], row["unit_code"]): row
        for row in built.rows("SELECT * FROM fct_unit_result WHERE index_code = $i", i=INDEX)
    }
    for one in _current(built):
        if one.kind != "published":
            continue
        found, result = scores.get((one.year, one.row.unit), {}), results.get((one.year, one.row.unit))
        if not found or result is None:
            yield f"a row that was received has no result: {one.place}"
            continue
        for component, written in zip(COMPONENTS, one.row.scores, strict=True):
            if found[component]["raw_text"] != written:
                yield f"another row than the last is current: {one.place}, {found[component]['raw_text']} for {written}"
                break
            if found[component]["score"] != _decimal(written):
                yield f"a score is not what was written: {one.place}, {found[component]['score']} for {written}"
        for pillar, written in zip(("readiness", "attainment"), one.row.totals, strict=True):
            if result[f"{pillar}_stated"] != _decimal(written):
                yield f"a stated total is not what was written: {one.place}, {result[f'{pillar}_stated']} for {written}"
        rank = int(one.row.rank) if one.table.has_rank and one.row.rank.isdigit() else None
        if result["rank_stated"] != rank:
            yield f"a stated rank is not what was written: {one.place}, {result['rank_stated']} for '{one.row.rank}'"


def wrong_totals_and_levels_are_found_and_right_ones_are_not(builder: Builder, world: World) -> Iterator[str]:
    """A stated total is judged against the exact sum of what is written, a level against what the totals give: each
    wrong one is a finding, and no right one is."""
    built = builder(world)
    found = _open_findings(built)
    for one in _current(built):
        computed, stated = one.row.computed(), tuple(map(_decimal, one.row.totals))
        for at, pillar in enumerate(("readiness", "attainment")):
            is_wrong = computed[at] != stated[at]
            if is_wrong != (("total_differs", one.year, one.kind, one.row.unit, f"{pillar}_total") in found):
                what = "a wrong total is not found" if is_wrong else "a right total is called wrong"
                yield f"{what}: {one.place}, {' + '.join(one.row.scores)} = {one.row.totals}"
        right = {LEVEL_NAMES[level_of(one.table.tier, *totals)] for totals in (computed, stated)}
        is_wrong = one.row.level not in right
        if is_wrong != (("level_differs", one.year, one.kind, one.row.unit, "level") in found):
            what = "a wrong level is not found" if is_wrong else "a right level is called wrong"
            yield f"{what}: {one.place}, {one.row.level} for {one.row.totals}"


def a_wrong_rank_is_found_and_right_ones_are_not(builder: Builder, world: World) -> Iterator[str]:
    """Where a list of three or more is all that an assessment has of its tier, the ranks that follow from the totals
    are right; one that no list could give is a finding, wherever in the list it stands."""
    built = builder(world)
    found = _open_findings(built)
    for (year, kind, _), files in _plain(built).items():
        for table in _sole_tables(files):
            totals = [row.computed()[1] for row in table.rows]
            right = [str(1 + sum(other > own for other in totals)) for own in totals]
            wrong = [row for row, rank in zip(table.rows, right, strict=True) if row.rank != rank]
            if not all(row.rank == "999" for row in wrong):
                continue
            for row in table.rows:
                if (("rank_differs", year, kind, row.unit, "rank") in found) != (row in wrong):
                    what = "a wrong rank is not found" if row in wrong else "a right rank is called wrong"
                    yield f"{what}: {row.name} in {files[0].path}, {row.rank} among {len(table.rows)}"


def what_cannot_be_judged_is_told(builder: Builder, world: World) -> Iterator[str]:
    """A year without rules, and a title that names another year than the ledger, are findings of their files. What a
    sender sends twice under one name is one finding, of the file that came last."""
    built = builder(world)
    rows = built.rows("SELECT submission_id, code FROM fct_finding")
    told = {(_sent(file), row["code"]) for row in rows for file in built.files.get(row["submission_id"], ())}
    for files in built.files.values():
        if len(files) > 1 or not any(files[0].rows()):
            continue
        (file,) = files
        if file.year == A_YEAR_WITHOUT_RULES and (_sent(file), "rule_missing") not in told:
            yield f"a year without rules is not told: {file.path}"
        if (
            any(f"năm {file.year - 1}" in table.title for table in file.tables)
            and (_sent(file), "year_differs") not in told
        ):
            yield f"a title of another year is not told: {file.path}"


def _sent(file: File) -> tuple[int, str, str, str]:
    return file.year, file.kind, file.sender, file.name


def _plain(built: Built) -> dict[Key, list[File]]:
    """The files of each assessment of which all is certain, in the order of receipt."""
    found: dict[Key, list[File]] = defaultdict(list)
    doubtful = set()
    for files in built.files.values():
        for file in files:
            if len(files) > 1 or (not file.province and any(file.rows())):
                doubtful |= {(file.year, file.kind), (file.year - 1, file.kind)}
            elif file.province and file.year != A_YEAR_WITHOUT_RULES:
                found[file.year, file.kind, file.province].append(file)
    order = {file: at for at, file in enumerate(built.world.files)}
    return {
        key: sorted(files, key=lambda file: (file.day, order[file]))
        for key, files in found.items()
        if key[:2] not in doubtful
    }


def _current(built: Built) -> Iterator[Current]:
    """The units whose current row is certain."""
    doubtful = {line["unit_code"] for registry in ("corrections", "aliases") for line in built.world.lines(registry)}
    for (year, kind, _), files in _plain(built).items():
        unclear = {row.name for file in files for _, row in file.rows() if row.unit is None}
        given: dict[str, list[tuple[File, Table, Row]]] = defaultdict(list)
        for file in files:
            for table, row in file.rows():
                if row.unit and row.unit not in doubtful and row.name not in unclear:
                    given[row.unit].append((file, table, row))
        for rows in given.values():
            last = [one for one in rows if one[0].received_on == rows[-1][0].received_on]
            senders = {file.sender for file, _, _ in last}
            is_corrected = (len(senders) == 1 and senders != {""}) or len({file for file, _, _ in last}) == 1
            final = {row for file, _, row in last if not is_corrected or file is last[-1][0]}
            if len(final) == 1:
                yield Current(year, kind, *last[-1][1:])


def _sole_tables(files: list[File]) -> Iterator[Table]:
    """The ranked lists of three or more certain units that are all that these files have of their tier."""
    tables = [table for file in files for table in file.tables if isinstance(table, Table)]
    for table in tables:
        units = {row.unit for row in table.rows}
        is_certain = None not in units and 3 <= len(units) == len(table.rows)
        if table.has_rank and is_certain and [one.tier for one in tables].count(table.tier) == 1:
            yield table


def _open_findings(built: Built) -> set[tuple]:
    return {
        tuple(row.values())
        for row in built.rows("SELECT code, year, kind, unit_code, field FROM fct_finding WHERE status = 'open'")
    }


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


LAWS: tuple[Law, ...] = (
    a_plain_title_says_whose_it_is,
    the_row_received_last_is_current,
    wrong_totals_and_levels_are_found_and_right_ones_are_not,
    a_wrong_rank_is_found_and_right_ones_are_not,
    what_cannot_be_judged_is_told,
)
