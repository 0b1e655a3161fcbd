-- What was known of each unit's own result from when to when: one row per index, year, kind, unit and span of days on which
-- the same row, or the same reason for none, was believed. What others did to its rank is no revision of it.
with told as (
    select
        edition_key,
        index_code,
        year,
        kind,
        tier,
        unit_code,
        unit_key,
        result_status,
        row_id,
        submission_id,
        correction_id,
        level_stated,
        level_corrected,
        level_computed,
        known_from,
        lag(coalesce(row_id, result_status)) over unit_revisions
        is distinct from coalesce(row_id, result_status) as is_revised
    from {{ ref('int_revision_result') }}
    window unit_revisions as (partition by edition_key, unit_key order by known_from)
)

select
    * exclude (edition_key, is_revised),
    lead(known_from) over (partition by edition_key, unit_key order by known_from) as known_to
from told
where is_revised
