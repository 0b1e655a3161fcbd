-- What each unit row states besides its figures, and whether it is a row that its publisher left wholly out. level_text is
-- the level as worded where no label knows the wording. has_level: the table has a column for the level.
with cell as (
    select
        row_id,
        bool_or(role = 'level') as has_level,
        any_value(meaning) filter (where role = 'level') as level,
        any_value(coalesce(meaning, nullif({{ single_spaced('raw_text') }}, ''))) filter (where role = 'level') as level_text,
        any_value({{ figure('number') }}) filter (where role = 'rank') as rank
    from {{ ref('stg_landing__score_cells') }}
    group by all
),

absent as (
    select distinct row_id from {{ ref('int_row_figure') }}
    where is_absent_row
)

select
    cell.*,
    absent.row_id is not null as is_absent_row
from cell
left join absent using (row_id)
