-- Numbers that a whole column shows rounded are one fact; else it is the unit's, or the place's.
with of_cell as (
    select
        {{ address('cell') }},
        doubt.code,
        doubt.reason,
        doubt.stored,
        doubt.shown,
        '' as subject,
        case
            when doubt.code = 'shown_rounded' then concat_ws('/', cell.annex, cell.column_name)
            else coalesce(cell.unit_key, cell.written_name, '')
        end as fact
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('stg_landing__doubts') }} as doubt
        on
            cell.row_id = doubt.row_id
            and cell.field = doubt.field
            and cell.column_number is not distinct from doubt.column_number
    where cell.is_checked
),

elsewhere as (
    select
        part.version_id,
        doubt.submission_id,
        cast(null as string) as tier,
        cast(null as string) as unit_key,
        cast(null as string) as unit_code,
        cast(null as string) as unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        doubt.field,
        doubt.annex,
        cast(null as integer) as position,
        doubt.page_or_sheet,
        doubt.table_number,
        doubt.row_number,
        doubt.column_number,
        doubt.header as column_name,
        doubt.cell,
        1 as occurrences,
        doubt.code,
        doubt.reason,
        doubt.stored,
        doubt.shown,
        concat_ws('/', doubt.annex, coalesce(doubt.header, doubt.page_or_sheet)) as subject,
        '' as fact
    from {{ ref('stg_landing__doubts') }} as doubt
    inner join {{ ref('int_version_part') }} as part
        on doubt.submission_id = part.submission_id and doubt.annex is not distinct from part.annex
    where doubt.row_id is null
),

told as (
    select * from of_cell
    union all
    select * from elsewhere
),

counted as (
    select
        *,
        cast(count(*) over (partition by version_id, code, field, subject, fact) as integer) as times
    from told
)

select
    version_id,
    submission_id,
    tier,
    unit_key,
    unit_code,
    unit_name,
    written_name,
    written_parent,
    field,
    annex,
    position,
    page_or_sheet,
    table_number,
    row_number,
    column_number,
    column_name,
    cell,
    times as occurrences,
    code,
    reason,
    stored,
    shown,
    subject,
    fact
from {{ first_of(
    'counted', 'version_id, code, field, subject, fact', 'submission_id, table_number, row_number, column_number'
) }} as counted
