"""What the reports show, asked of the database of a check: one query per kind of row, `submission_id` first.

Here: choosing and ordering. Not here: any rule; all that is computed stands in the models.
"""

from __future__ import annotations

ALL = {
    "submissions": """
        SELECT
            file.submission_id, file.format, nullif(file.year, 0) AS year,
            coalesce(province.unit_name, file.written_province) AS province, usable.province_code,
            file.index_code AS "index", file.kind, file.decision_number, file.decision_date
        FROM staging.stg_landing__submissions AS file
        LEFT JOIN intermediate.int_submission AS usable USING (submission_id)
        LEFT JOIN intermediate.int_unit_year AS province
            ON usable.year = province.year AND usable.province_code = province.unit_code AND province.depth = 0
    """,
    # A row whose tier is not known stands with the others of its table.
    "rows": """
        WITH word AS (
            SELECT
                submission_id || ':' || row_order AS row_id,
                any_value(meaning) FILTER (role = 'level') AS level_stated,
                any_value(number) FILTER (role = 'rank') AS rank_stated
            FROM staging.stg_landing__score_cells
            GROUP BY ALL
        ),
        table_tier AS (
            SELECT submission_id, table_order, min(tier) AS tier FROM intermediate.int_row
            GROUP BY ALL
            HAVING count(DISTINCT tier) = 1
        )
        SELECT
            row.submission_id, row.row_id, row.table_order, row.annex, coalesce(row.tier, table_tier.tier) AS tier,
            row.page_or_sheet, row.position, row.written_unit, row.unit_name, row.unit_code, row.written_parent,
            CASE WHEN row.written_parent IS NULL THEN parent.unit_name ELSE row.stated_parent_name END AS parent_name,
            CASE WHEN row.written_parent IS NULL THEN row.parent_code ELSE row.stated_parent_code END AS parent_code,
            word.level_stated,
            CASE WHEN word.rank_stated = floor(word.rank_stated) THEN try_cast(word.rank_stated AS INTEGER) END
                AS rank_stated,
            level.level AS level_computed,
            rank.rank AS rank_computed
        FROM intermediate.int_row AS row
        LEFT JOIN table_tier USING (submission_id, table_order)
        LEFT JOIN word USING (row_id)
        LEFT JOIN intermediate.int_unit_year AS parent
            ON row.year = parent.year AND row.parent_code = parent.unit_code
        LEFT JOIN intermediate.int_row_level AS level ON row.row_id = level.row_id AND level.basis = 'computed'
        LEFT JOIN intermediate.int_edition_row AS edition ON row.row_id = edition.row_id
        LEFT JOIN intermediate.int_revision_rank AS rank
            ON edition.edition_id = rank.revision_id AND row.unit_key = rank.unit_key AND rank.basis = 'computed'
        ORDER BY row.submission_id, row.row_order
    """,
    # What the index asks for, whether a cell gives it or not, and what a cell gives though nothing asks for it.
    "figures": """
        WITH cell AS (
            SELECT submission_id || ':' || row_order AS row_id, *
            FROM staging.stg_landing__score_cells
            WHERE role IN ('component', 'total') AND target IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY submission_id, row_order, role, target ORDER BY column_number) = 1
        ),
        asked AS (
            SELECT
                *,
                CASE WHEN component IS NULL THEN 'total' ELSE 'component' END AS role,
                coalesce(component, pillar) AS target
            FROM intermediate.int_row_figure
        )
        SELECT
            coalesce(cell.submission_id, asked.submission_id) AS submission_id, row_id, role, target,
            CASE WHEN cell.flaw IS NULL AND asked.flaw IS NULL THEN cell.number END AS stated,
            total.computed
        FROM cell
        FULL JOIN asked USING (row_id, role, target)
        LEFT JOIN intermediate.int_row_total AS total
            ON asked.row_id = total.row_id AND asked.field = total.field
        ORDER BY submission_id, row_id, cell.column_number NULLS LAST, target
    """,
    "statements": """
        SELECT
            submission_id, statement_id, annex, position, written_unit, unit_code, level, units, out_of
        FROM intermediate.int_statement
        ORDER BY submission_id, annex, position, statement_order
    """,
    "statement_names": """
        SELECT submission_id, statement_id, written_name
        FROM intermediate.int_statement_name
        ORDER BY submission_id, statement_id, name_order
    """,
    "thresholds": """
        WITH table_tier AS (
            SELECT submission_id, table_order, min(tier) AS tier FROM intermediate.int_row
            GROUP BY ALL
            HAVING count(DISTINCT tier) = 1
        )
        SELECT threshold.submission_id, table_tier.tier, threshold.level, threshold.pillar, threshold.min_total
        FROM staging.stg_landing__thresholds AS threshold
        LEFT JOIN table_tier USING (submission_id, table_order)
        GROUP BY ALL
        ORDER BY
            threshold.submission_id, min(threshold.table_order), min(threshold.row_number), threshold.level,
            threshold.pillar
    """,
    "replies": """
        SELECT
            submission_id, page_or_sheet, row_number AS row, finding_id, reply, written_kind, text, proposed,
            replied_by, replied_on
        FROM landing.replies
        ORDER BY submission_id, reply_order
    """,
    "findings": """
        SELECT
            finding.submission_id, finding.code, finding.severity, finding.scope, finding.materiality,
            coalesce(finding.unit_name, finding.written_name) AS unit_name, finding.unit_code, finding.annex,
            finding.position, finding.field, finding.page_or_sheet, finding.table_number,
            finding.row_number AS row, finding.column_number AS column, finding.column_name, finding.cell,
            finding.occurrences, finding.stated, finding.expected, finding.difference, finding.reason,
            message.message_vi, message.message_en, declared.name_vi, declared.name_en, declared.advice_vi,
            declared.advice_en
        FROM intermediate.int_finding AS finding
        INNER JOIN intermediate.int_finding_message AS message USING (edition_id, finding_id)
        INNER JOIN registry.checks AS declared USING (code)
        WHERE finding.scope = 'file'
        ORDER BY
            finding.submission_id, finding.annex NULLS FIRST, finding.table_number NULLS FIRST,
            finding.row_number NULLS FIRST, finding.column_number NULLS FIRST, finding.code, finding.finding_id
    """,
}
