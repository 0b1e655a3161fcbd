"""Laws about the published tables of one build: what must be true of them whatever was submitted.

Here: tables against each other. Not here: what the maker knows of the files (`truth.py`), two builds (`between.py`).
Each law gives a sentence per violation that begins with what is wrong, then ': ' and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .building import Builder, Built
from .world import World

Law = Callable[[Builder, World], Iterator[str]]

# The grain of each published table, by the contract and not by the project's own tests.
GRAINS = {
    "dim_assessment": "assessment_key",
    "fct_submission": "submission_id",
    "fct_component_score": "assessment_key, unit_key, component",
    "fct_pillar_result": "assessment_key, tier, unit_code, pillar",
    "fct_unit_result": "assessment_key, unit_key",
    "fct_unit_movement": "assessment_key, tier, unit_code",
    "fct_pillar_movement": "assessment_key, tier, unit_code, pillar",
    "fct_component_movement": "assessment_key, tier, unit_code, pillar, component",
    "agg_average_movement": "assessment_key, tier, parent_code, pillar",
    "agg_levels": "assessment_key, tier, parent_code, level",
    "agg_district_levels": "assessment_key, district_code",
    "agg_level_transitions": "assessment_key, tier, parent_code, from_level, to_level",
    "fct_finding": "finding_id",
    "fct_finding_history": "finding_id, submission_id",
    "fct_result_revision": "assessment_key, unit_key, known_from",
}
RESULTS = [table for table in GRAINS if table.startswith(("fct_", "agg_"))]
OF_FILES = ("fct_submission", "fct_finding", "fct_finding_history")  # which may be of no assessment


def the_run_completes(builder: Builder, world: World) -> Iterator[str]:
    """Nothing that is submitted stops the run: no model fails, none loses count of its rows, and whatever guards our
    code holds, which are dbt's tests and the contracts of the tables."""
    built = builder(world)
    for name, sql in builder.compiled.tests.items():
        if found := _count(built, f"({sql})"):
            yield f"the test {name} fails: {found} rows"
    for relation, constraints in builder.compiled.contracts.items():
        for kind, *columns in constraints:
            if kind == "not_null" and (found := _count(built, f"{relation} WHERE {columns[0]} IS NULL")):
                yield f"the contract of {relation} is broken: {found} rows without {columns[0]}"
            if kind == "unique" and (found := _repeated(built, relation, ", ".join(columns))):
                yield f"the contract of {relation} is broken: {found}"


def every_table_keeps_its_grain(builder: Builder, world: World) -> Iterator[str]:
    """What one row means is the first line of the contract: two rows of one fact are counted twice by everybody."""
    built = builder(world)
    for table, grain in GRAINS.items():
        if missing := set(grain.split(", ")) - set(built.columns(table)):
            yield f"{table} has no {', '.join(sorted(missing))}: its grain is {grain}"
        elif found := _repeated(built, table, grain):
            yield f"{table} holds a fact twice: {found}"


def every_row_is_of_one_assessment(builder: Builder, world: World) -> Iterator[str]:
    """A file belongs to at most one assessment, and every result to exactly one that dim_assessment knows: what ranks
    together and what is current is said of assessments and of nothing else."""
    built = builder(world)
    if not built.columns("dim_assessment"):
        yield "there is no dim_assessment: assessments have no table"
        return
    for table in RESULTS:
        if "assessment_key" not in built.columns(table):
            yield f"{table} has no assessment_key"
        elif table in OF_FILES:
            continue
        elif found := _count(built, f"{table} ANTI JOIN dim_assessment USING (assessment_key)"):
            yield f"{table} has rows of no assessment: {found}"
    for table in ("fct_component_score", "fct_finding", "fct_result_revision"):
        if {"assessment_key", "submission_id"} <= set(built.columns(table)):
            for row in built.rows(
                f"""SELECT one.submission_id, list(DISTINCT one.assessment_key) AS keys FROM {table} AS one
                INNER JOIN fct_submission AS file USING (submission_id)
                WHERE one.assessment_key IS DISTINCT FROM file.assessment_key GROUP BY ALL"""
            ):
                yield f"{table} gives a file to another assessment: {_of(built, row['submission_id'])} to {row['keys']}"


def rows_in_are_rows_out(builder: Builder, world: World) -> Iterator[str]:
    """Nothing is lost: each row that was read is a result's, is set aside with a reason, or gave way to another row of
    its unit; and none is two of these."""
    built = builder(world)
    landed = built.rows(
        """SELECT submission_id, row_order, any_value(table_order) AS table_order,
            any_value(row_number) FILTER (role = 'unit') AS row_number,
            any_value(trim(raw_text)) FILTER (role = 'unit') AS name
        FROM landing.score_cells GROUP BY submission_id, row_order"""
    )
    scored = _places(built, "fct_component_score") | _places(built, "draft_component_score")
    aside = _places(built, "fct_quarantine")
    for submission, number in sorted(scored & aside):
        yield f"a row is set aside and counts all the same: {_of(built, submission)}, row {number}"
    names = [(row["submission_id"], row["name"]) for row in landed]
    for row in landed:
        place, submission = (row["submission_id"], row["row_number"]), row["submission_id"]
        if place in scored | aside or not any(file.kind == "published" for file in built.files[submission]):
            continue
        if [name for _, name in names].count(row["name"]) == 1:
            yield f"a row is neither a result nor set aside: {_of(built, submission)}, {row['name']}"
    for row in built.rows(
        """SELECT submission_id, rows_read, rows_quarantined, quarantined.rows AS aside
        FROM fct_submission LEFT JOIN (SELECT submission_id, count(*) AS rows FROM fct_quarantine GROUP BY ALL)
            AS quarantined USING (submission_id)
        WHERE rows_quarantined > rows_read OR rows_quarantined <> coalesce(aside, 0)"""
    ):
        yield f"the counts of a file do not fit: {_of(built, row.pop('submission_id'))} {row}"


def every_file_is_told(builder: Builder, world: World) -> Iterator[str]:
    """A file is never silently without effect: it stands in fct_submission once, and where none of its rows is a result
    and no other file took their place, a finding about it or a reason in the quarantine says why."""
    built = builder(world)
    listed = {row["submission_id"]: row for row in built.rows("SELECT * FROM fct_submission")}
    about = "SELECT submission_id FROM fct_finding WHERE code <> 'unit_expected_missing'"
    told = {row["submission_id"] for row in built.rows(about)}
    told |= {submission for submission, _ in _places(built, "fct_quarantine")}
    effective = {row["submission_id"] for row in built.rows("SELECT submission_id FROM fct_result_revision")}
    for submission, files in built.files.items():
        if submission not in listed:
            yield f"a file is not in fct_submission: {files[0].path}"
        elif any(file.kind != "reply" for file in files) and any(file.rows() for file in files):
            has_rows = any(True for file in files for _ in file.rows())
            if has_rows and submission not in told | effective and not _company(built, submission):
                yield f"a file has no effect and nobody is told: {_of(built, submission)}"


def no_unit_is_of_another_province(builder: Builder, world: World) -> Iterator[str]:
    """A file of a province says nothing about another's units: a name that both have is its own."""
    built = builder(world)
    for table in ("fct_component_score", "fct_result_revision", "fct_finding"):
        if "unit_key" not in built.columns(table):
            continue
        for row in built.rows(
            f"""SELECT one.submission_id, file.province_code, unit.unit_name, unit.province_code AS other
            FROM {table} AS one
            INNER JOIN fct_submission AS file USING (submission_id)
            INNER JOIN dim_unit AS unit USING (unit_key)
            WHERE file.province_code <> unit.province_code
            GROUP BY ALL"""
        ):
            what = f"{row['unit_name']} of {row['other']}, the file is of {row['province_code']}"
            yield f"{table} holds a unit of another province: {_of(built, row['submission_id'])}, {what}"


def current_tables_agree(builder: Builder, world: World) -> Iterator[str]:
    """The current tables are one state of belief: the same units are scored in all of them, and each figure is the sum
    of those that it is made of."""
    built = builder(world)
    has_key = "assessment_key" in built.columns("fct_unit_result")
    key = "assessment_key, index_code, year" if has_key else "index_code, year"
    for what, sql in AGREEMENTS.items():
        for row in built.rows(f"SELECT * FROM ({sql.replace('LIST', key)}) LIMIT 3"):
            yield f"{what}: {row}"


# Each gives the rows that disagree. LIST: what tells one list from another, its assessment.
AGREEMENTS = {
    "a unit is scored without scores, or has scores and is not scored": """
        SELECT LIST, tier, unit_code, unit.result_status, score.unit_code IS NOT NULL AS has_scores
        FROM fct_unit_result AS unit
        FULL JOIN (SELECT DISTINCT LIST, tier, unit_code FROM fct_component_score) AS score
            USING (LIST, tier, unit_code)
        WHERE (coalesce(unit.result_status, '') = 'scored') <> (score.unit_code IS NOT NULL)""",
    "a unit that is not scored has totals": """
        SELECT LIST, tier, unit_code, unit.result_status
        FROM fct_unit_result AS unit
        RIGHT JOIN fct_pillar_result AS total USING (LIST, tier, unit_code)
        WHERE coalesce(unit.result_status, '') <> 'scored' AND (stated IS NOT NULL OR computed IS NOT NULL)""",
    "a total is not the sum of its contributions": """
        SELECT LIST, tier, unit_code, pillar, any_value(total.computed) AS total, sum(score.contribution) AS parts
        FROM fct_pillar_result AS total
        INNER JOIN fct_component_score AS score USING (LIST, tier, unit_code, pillar)
        GROUP BY ALL
        HAVING count(*) = count(score.contribution) AND total IS DISTINCT FROM parts""",
    "fct_unit_result and fct_pillar_result give different totals": """
        SELECT LIST, tier, unit_code, pillar, total.computed, total.stated
        FROM fct_unit_result AS unit
        INNER JOIN fct_pillar_result AS total USING (LIST, tier, unit_code)
        WHERE pillar = 'readiness' AND (unit.readiness_computed, unit.readiness_stated)
            IS DISTINCT FROM (total.computed, total.stated)
        OR pillar = 'attainment' AND (unit.attainment_computed, unit.attainment_stated)
            IS DISTINCT FROM (total.computed, total.stated)""",
    "a unit of the official list is missing beside others of its province, or is there twice": """
        WITH result AS (SELECT * FROM fct_unit_result WHERE tier <> 'province'),
        roster AS (
            SELECT DISTINCT LIST, unit.unit_key, unit.unit_code, unit.unit_name
            FROM result
            INNER JOIN dim_unit AS unit
                ON result.tier = unit.tier AND result.province_code = unit.province_code
                AND coalesce(unit.valid_from <= make_date(year, 12, 31), true)
                AND coalesce(unit.valid_to > make_date(year, 12, 31), true)
        )
        SELECT LIST, unit_key, unit_name, count(result.unit_code) AS found
        FROM roster LEFT JOIN result USING (LIST, unit_key, unit_name)
        GROUP BY ALL HAVING found <> 1""",
    "a rank is not that of the computed totals": """
        SELECT LIST, tier, unit_code, rank_in_province, expected FROM (
            SELECT *, rank() OVER (
                PARTITION BY LIST, tier, CASE WHEN tier <> 'province' THEN province_code END
                ORDER BY total.computed DESC
            ) AS expected
            FROM fct_unit_result
            INNER JOIN fct_pillar_result AS total USING (LIST, tier, unit_code)
            INNER JOIN dim_pillar AS rule USING (index_code, tier, pillar)
            WHERE result_status = 'scored' AND total.computed IS NOT NULL AND rule.is_ranked_by
                AND year BETWEEN coalesce(rule.valid_from_year, 0) AND coalesce(rule.valid_to_year, 9999)
        ) WHERE rank_in_province IS DISTINCT FROM expected""",
    "the levels of a parent do not count its units": """
        WITH result AS (
            SELECT LIST, tier, coalesce(district_code, province_code) AS parent_code, count(*) AS units
            FROM fct_unit_result WHERE tier <> 'province' GROUP BY ALL
        )
        SELECT LIST, tier, parent_code, units, sum(computed) AS counted
        FROM agg_levels INNER JOIN result USING (LIST, tier, parent_code)
        GROUP BY ALL HAVING units <> counted""",
    "the levels of a parent are not those of its units": """
        WITH result AS (
            SELECT LIST, tier, coalesce(district_code, province_code) AS parent_code, level_computed AS level,
                count(*) AS units
            FROM fct_unit_result WHERE result_status = 'scored' AND level_computed <> 'unranked' GROUP BY ALL
        )
        SELECT LIST, tier, parent_code, level, computed, units
        FROM agg_levels INNER JOIN result USING (LIST, tier, parent_code, level)
        WHERE computed <> units""",
    "the communes of a district are not those of the list": """
        WITH result AS (
            SELECT LIST, district_code, count(*) AS units FROM fct_unit_result WHERE tier = 'commune' GROUP BY ALL
        )
        SELECT LIST, district_code, communes, units
        FROM agg_district_levels INNER JOIN result USING (LIST, district_code)
        WHERE communes <> units OR level_i + level_ii + level_iii + level_iv + unranked <> communes""",
    "a unit's findings are not counted as they stand": """
        SELECT LIST, tier, unit_code, findings, count(finding_id) AS open
        FROM fct_unit_result
        LEFT JOIN (SELECT * FROM fct_finding WHERE kind = 'published' AND status = 'open') AS finding
            USING (LIST, tier, unit_code)
        GROUP BY ALL HAVING findings <> open""",
    "a finding and its history say different things": """
        WITH last AS (
            SELECT finding_id, max_by(status, delivery_order) AS last_status
            FROM fct_finding_history GROUP BY ALL
        )
        SELECT code, status, last_status FROM fct_finding LEFT JOIN last USING (finding_id)
        WHERE coalesce(last_status = 'resolved', true) <> (status = 'resolved')""",
    "the last revision of a unit is not its result": """
        SELECT LIST, tier, unit_code, result.readiness_stated, revision.readiness_stated AS known
        FROM fct_unit_result AS result
        INNER JOIN fct_result_revision AS revision USING (LIST, tier, unit_code)
        WHERE revision.kind = 'published' AND revision.known_to IS NULL AND (
            result.readiness_stated, result.readiness_computed, result.attainment_stated, result.attainment_computed,
            result.level_stated, result.level_computed
        ) IS DISTINCT FROM (
            revision.readiness_stated, revision.readiness_computed, revision.attainment_stated,
            revision.attainment_computed, revision.level_stated, revision.level_computed
        )""",
}


def _count(built: Built, source: str) -> int:
    return built.rows(f"SELECT count(*) AS n FROM {source}")[0]["n"]


def _repeated(built: Built, relation: str, key: str) -> str:
    sql = f"SELECT {key}, count(*) AS rows FROM {relation} GROUP BY {key} HAVING count(*) > 1 ORDER BY ALL"
    found = built.rows(sql)
    return f"{len(found)} keys, such as {found[0]}" if found else ""


def _places(built: Built, table: str) -> set[tuple[str, int | None]]:
    if not built.columns(table):
        return set()
    return {tuple(row.values()) for row in built.rows(f"SELECT submission_id, row_number FROM {table}")}


def _company(built: Built, submission: str) -> bool:
    """Whether another file may have taken a file's place: one of the same year and kind."""
    own = {(file.year, file.kind) for file in built.files[submission]}
    return any(own & {(f.year, f.kind) for f in files} for other, files in built.files.items() if other != submission)


def _of(built: Built, submission: str) -> str:
    return " = ".join(file.path for file in built.files.get(submission, [])) or submission


LAWS: tuple[Law, ...] = (
    the_run_completes,
    every_table_keeps_its_grain,
    every_row_is_of_one_assessment,
    rows_in_are_rows_out,
    every_file_is_told,
    no_unit_is_of_another_province,
    current_tables_agree,
)
