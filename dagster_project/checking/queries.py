"""What the reports show, asked of the database of a check: one query per kind of row, `submission_id` first;
what a file holds of other years comes behind what it holds of its own.

Here: choosing and ordering. Not here: any rule; all that is computed stands in the models.
"""

from __future__ import annotations

ALL = {
    "submissions": """
        SELECT
            file.submission_id, file.format, nullif(file.year, 0) AS year,
            coalesce(province.unit_name, file.written_provinces[1]) AS province, identity.province_code,
            file.index_code AS "index", file.kind, file.decision_number, file.decision_date,
            bool_or(document.written_kind IS NOT NULL) OVER () AS kind_is_written
        FROM intermediate.int_file AS file
        INNER JOIN landing.documents AS document ON file.submission_id = document.submission_id
        LEFT JOIN intermediate.int_identity AS identity ON file.submission_id = identity.submission_id
        LEFT JOIN intermediate.int_unit_year AS province
            ON identity.year = province.year AND identity.province_code = province.unit_code AND province.depth = 0
        ORDER BY file.submission_id
    """,
    # A row whose tier is not known stands with the others of its table; one of a file that is given to no assessment
    # shows what is written.
    "rows": """
        WITH written AS (
            SELECT
                submission_id, row_id, row_order, table_order, position,
                max(annex) AS annex,
                max(page_or_sheet) FILTER (role = 'unit') AS page_or_sheet,
                max(raw_text) FILTER (role = 'unit') AS written_unit,
                max(nullif(raw_text, '')) FILTER (role = 'parent') AS written_parent,
                max(meaning) FILTER (role = 'level') AS level_stated,
                max(CASE WHEN number = floor(number) THEN number::INTEGER END) FILTER (role = 'rank') AS rank_stated
            FROM staging.stg_landing__score_cells
            GROUP BY ALL
        ),
        table_tier AS (
            SELECT submission_id, table_order, min(tier) AS tier FROM intermediate.int_row
            GROUP BY ALL
            HAVING count(DISTINCT tier) = 1
        )
        SELECT
            written.submission_id, file.year, file.kind, written.row_id, written.table_order, written.annex,
            coalesce(row.tier, table_tier.tier) AS tier, written.page_or_sheet, written.position,
            written.written_unit, row.unit_name, row.unit_code, written.written_parent,
            CASE WHEN written.written_parent IS NULL THEN parent.unit_name ELSE row.stated_parent_name END
                AS parent_name,
            CASE WHEN written.written_parent IS NULL THEN row.parent_code ELSE row.stated_parent_code END
                AS parent_code,
            written.level_stated,
            written.rank_stated,
            level.level AS level_computed,
            rank.rank AS rank_computed
        FROM written
        LEFT JOIN intermediate.int_file AS file ON written.submission_id = file.submission_id
        LEFT JOIN intermediate.int_row AS row USING (row_id)
        LEFT JOIN table_tier
            ON written.submission_id = table_tier.submission_id AND written.table_order = table_tier.table_order
        LEFT JOIN intermediate.int_unit_year AS parent
            ON row.year = parent.year AND row.parent_code = parent.unit_code
        LEFT JOIN intermediate.int_row_level AS level
            ON row.row_id = level.row_id AND level.basis = 'computed' AND level.corrections = ''
        LEFT JOIN intermediate.int_version_row AS shown ON row.row_id = shown.row_id
        LEFT JOIN intermediate.int_rank AS rank
            ON shown.version_id = rank.version_id AND row.unit_key = rank.unit_key AND rank.basis = 'computed'
        ORDER BY written.submission_id, written.row_order
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
            ON asked.row_id = total.row_id AND asked.field = total.field AND total.corrections = ''
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
        FROM landing.thresholds AS threshold
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
    "left_out": """
        SELECT submission_id, reason, annex, page_or_sheet, table_number, row_number AS row, rows, figures
        FROM landing.left_out
        WHERE figures > 0
        ORDER BY submission_id, page_or_sheet NULLS FIRST, table_number NULLS FIRST, row_number NULLS FIRST, reason
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
        INNER JOIN intermediate.int_finding_message AS message USING (version_id, finding_id)
        INNER JOIN registry.checks AS declared USING (code)
        WHERE finding.scope = 'file'
        ORDER BY
            finding.submission_id, finding.annex NULLS FIRST, finding.table_number NULLS FIRST,
            finding.row_number NULLS FIRST, finding.column_number NULLS FIRST, finding.code, finding.finding_id
    """,
}
