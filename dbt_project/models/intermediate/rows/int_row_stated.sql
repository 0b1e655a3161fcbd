with cell as (
    select
        row_id,
        max(role = 'level') as has_level,
        max(case when role = 'level' then meaning end) as level,
        max(case when role = 'level' then coalesce(meaning, nullif({{ single_spaced('raw_text') }}, '')) end) as level_text,
        max(case when role = 'rank' and number = floor(number) then cast(number as integer) end) as rank
    from {{ ref('stg_landing__score_cells') }}
    group by 1
),

absent as (
    select distinct row_id from {{ ref('int_row_figure') }}
    where is_absent_row
)

select
    cell.*,
    absent.row_id is not null as is_absent_row
from cell
left join absent on cell.row_id = absent.row_id
