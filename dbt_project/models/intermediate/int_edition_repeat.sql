-- The rows of an edition that are about a known unit, with whether the repeats of a unit agree: within a file, where rows
-- that do not agree go to quarantine, and between the files of a day, where the later in the ledger is taken.
with unit_row as (
    select * from {{ ref('int_edition_row') }}
    where unit_key is not null
),

signature as (
    select
        row_id,
        string_agg(field || '=' || coalesce(cast(figure as varchar), flaw, ''), '|' order by field) as figures
    from {{ ref('int_row_figure') }}
    group by all
),

signed as (
    select
        unit_row.*,
        concat_ws('|', signature.figures, coalesce(stated.level_text, '')) as signature
    from unit_row
    left join signature using (row_id)
    left join {{ ref('int_row_stated') }} as stated using (row_id)
)

select
    *,
    count(distinct signature) over (partition by edition_id, unit_key, submission_id) > 1 as is_contradicted,
    count(distinct signature) over (partition by edition_id, unit_key) > 1 as is_disputed,
    count(*) over (partition by edition_id, unit_key, submission_id, annex) as rows_in_annex,
    row_number() over (partition by edition_id, unit_key, submission_id, annex order by row_order) as repeat_in_annex
from signed
