with unusable as (
    select
        unusable.submission_id,
        unusable.annex,
        unusable.page_or_sheet,
        unusable.row_number,
        unusable.reason,
        array_to_string(unusable.cells, ' | ') as cells
    from {{ ref('stg_landing__unusable_rows') }} as unusable
),

written_row as (
    select
        submission_id,
        row_id,
        any_value(annex) as annex,
        any_value(page_or_sheet) as page_or_sheet,
        any_value(row_number) filter (where role = 'unit') as row_number,
        string_agg(raw_text, ' | ' order by column_number) as cells
    from {{ ref('stg_landing__score_cells') }}
    group by all
),

contradicted as (
    select distinct row_id from {{ ref('int_edition_repeat') }}
    where is_contradicted
),

set_aside as (
    select
        written_row.* exclude (row_id),
        case
            when submission.submission_id is null then 'kind_unknown'
            when contradicted.row_id is not null then 'different_figures'
            else 'unit_unknown'
        end as reason
    from written_row
    left join {{ ref('int_submission') }} as submission using (submission_id)
    left join {{ ref('int_row') }} as unit_row using (row_id)
    left join contradicted using (row_id)
    where submission.submission_id is null or unit_row.unit_key is null or contradicted.row_id is not null
),

unanswering as (
    select
        submission_id,
        cast(null as varchar) as annex,
        page_or_sheet,
        row_number,
        reason,
        cells
    from {{ ref('int_reply') }}
    where reason is not null
),

quarantined as (
    select * from unusable
    union all by name
    select * from set_aside
    union all by name
    select * from unanswering
)

select
    quarantined.submission_id,
    submission.year,
    quarantined.annex,
    quarantined.page_or_sheet,
    quarantined.row_number,
    quarantined.reason,
    quarantined.cells
from quarantined
inner join {{ ref('stg_landing__submissions') }} as submission using (submission_id)
