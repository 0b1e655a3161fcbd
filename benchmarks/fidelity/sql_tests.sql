-- The baseline 'dbt-style SQL tests': each SELECT of the union at the end is one test and returns the rows that fail.
-- Given, for each copy: unit_row (a row of an annex: text), figure (its figures, one a line: text), summary, roster, rule.
WITH number AS (SELECT *, try_cast(text AS DECIMAL(18, 3)) AS value FROM figure),

typed AS (
    SELECT
        copy, annex, n, unit, district,
        try_cast(tt AS INT) AS tt,
        nullif(regexp_extract(level, '(I{1,3}|IV)$', 1), '') AS level,
        any_value(value) FILTER (field = 'r_total') AS r_total,
        any_value(value) FILTER (field = 'a_total') AS a_total,
        sum(value) FILTER (field IN ('r_infra', 'r_hr', 'r_env')) AS r_sum,
        sum(value) FILTER (field IN ('a_presence', 'a_interact', 'a_transact', 'a_transform')) AS a_sum
    FROM unit_row
    LEFT JOIN number USING (copy, annex, n)
    GROUP BY ALL
),

reached AS (
    SELECT copy, typed.annex, n, min_by(rule.level, level_order) AS level
    FROM typed
    JOIN rule ON typed.annex = rule.annex AND r_total >= readiness AND a_total >= attainment
    GROUP BY ALL
),

statement AS (
    SELECT
        summary.copy, summary.n, summary.text, district.code, said.level,
        regexp_extract(summary.text, '(\d+)(/\d+)? [^(;]*?' || words || '\b', 1) AS units,
        regexp_extract(summary.text, '/(\d+) [^(;]*?' || words || '\b', 1) AS out_of
    FROM summary
    JOIN roster AS district
        ON district.annex = '01' AND lower(summary.unit) = 'ủy ban nhân dân ' || lower(district.unit)
    CROSS JOIN (VALUES ('III', 'mức độ III'), ('IV', 'mức độ IV'), (NULL, 'không đủ điều kiện')) AS said (level, words)
),

member AS (
    SELECT copy, district.code, typed.unit, typed.level, coalesce(roster.official, typed.unit) AS official
    FROM typed
    JOIN (SELECT DISTINCT district, code FROM roster WHERE annex = '03') AS district USING (district)
    LEFT JOIN roster USING (annex, unit, district)
),

size AS (SELECT code, count(DISTINCT official) AS units FROM roster WHERE annex = '03' GROUP BY ALL)

SELECT 'not_null' AS test, copy, annex, n, field FROM number WHERE value IS NULL
UNION ALL
SELECT 'range', copy, annex, n, field FROM number JOIN scale USING (annex, field) WHERE value NOT BETWEEN 0 AND maximum
UNION ALL
SELECT 'sum', copy, annex, n, 'r_total' FROM typed WHERE r_total <> r_sum
UNION ALL
SELECT 'sum', copy, annex, n, 'a_total' FROM typed WHERE a_total <> a_sum
UNION ALL
SELECT 'level', copy, annex, n, 'level' FROM typed LEFT JOIN reached USING (copy, annex, n)
WHERE typed.level IS DISTINCT FROM reached.level
UNION ALL
SELECT 'unique', copy, annex, n, 'unit' FROM typed QUALIFY count(*) OVER (PARTITION BY copy, annex, unit, district) > 1
UNION ALL
SELECT 'relationship', copy, annex, n, 'unit' FROM typed
ANTI JOIN roster
    ON typed.annex = roster.annex AND typed.unit = roster.unit AND typed.district IS NOT DISTINCT FROM roster.district
UNION ALL
SELECT 'all_districts', copy, annex, NULL, NULL FROM roster
CROSS JOIN (SELECT DISTINCT copy FROM unit_row)
ANTI JOIN typed USING (copy, annex, unit)
WHERE annex = '01'
UNION ALL
SELECT 'numbering', copy, annex, n, 'tt' FROM typed WHERE tt IS DISTINCT FROM n + 1
UNION ALL
SELECT 'summary_count', copy, '02', n, 'text' FROM statement
WHERE level IS NOT NULL AND coalesce(try_cast(units AS INT), 0)
    <> (SELECT count(*) FROM member AS m WHERE m.copy = statement.copy AND m.code = statement.code AND m.level = statement.level)
UNION ALL
SELECT 'summary_rest', copy, '02', n, 'text' FROM statement JOIN size USING (code)
WHERE level IS NULL AND try_cast(statement.units AS INT)
    <> size.units - (SELECT count(m.level) FROM member AS m WHERE m.copy = statement.copy AND m.code = statement.code)
UNION ALL
SELECT 'summary_out_of', copy, '02', n, 'text' FROM statement JOIN size USING (code)
WHERE out_of <> '' AND try_cast(out_of AS INT) <> size.units
UNION ALL
SELECT 'summary_name', copy, '02', n, 'text' FROM statement JOIN member USING (copy, code, level)
WHERE NOT contains(lower(text), lower(unit)) AND NOT contains(lower(text), lower(official))
