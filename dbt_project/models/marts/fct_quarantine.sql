with unusable as (
    select
        submission_id,
        annex,
        page_or_sheet,
        row_number,
        reason,
        {{ strung('cells', ' | ') }} as cells,
        figures
    from {{ source('landing', 'unusable_rows') }}
),

written_row as (
    select
        submission_id,
        row_id,
        max(annex) as annex,
        max(page_or_sheet) as page_or_sheet,
        max(case when role = 'unit' then row_number end) as row_number,
        {{ joined('raw_text', ' | ', 'column_number') }} as cells,
        sum(figures) as figures
    from {{ ref('stg_landing__score_cells') }}
    group by 1, 2
),

set_aside as (
    select
        written_row.submission_id,
        written_row.annex,
        written_row.page_or_sheet,
        written_row.row_number,
        case
            when submission.submission_id is null then coalesce(identity.refusal, 'kind_unknown')
            when repeated.is_contradicted then 'different_figures'
            else 'unit_unknown'
        end as reason,
        written_row.cells,
        written_row.figures
    from written_row
    left join {{ ref('int_submission') }} as submission on written_row.submission_id = submission.submission_id
    left join {{ ref('int_identity') }} as identity on written_row.submission_id = identity.submission_id
    left join {{ ref('int_row') }} as unit_row on written_row.row_id = unit_row.row_id
    left join {{ ref('int_row_repeat') }} as repeated on written_row.row_id = repeated.row_id
    where submission.submission_id is null or unit_row.unit_key is null or repeated.is_contradicted
),

unanswering as (
    select
        submission_id,
        cast(null as string) as annex,
        page_or_sheet,
        row_number,
        reason,
        cells,
        figures
    from {{ ref('int_reply') }}
    where reason is not null
),

quarantined as (
    select * from unusable
    union all
    select * from set_aside
    union all
    select * from unanswering
)

select
    submission.assessment_key,
    quarantined.submission_id,
    file.year,
    quarantined.annex,
    quarantined.page_or_sheet,
    quarantined.row_number,
    quarantined.reason,
    quarantined.cells,
    cast(quarantined.figures as integer) as figures
from quarantined
inner join {{ ref('int_file') }} as file on quarantined.submission_id = file.submission_id
left join {{ ref('int_submission') }} as submission on quarantined.submission_id = submission.submission_id
