-- The unit rows as they are written, one row per row of a submission's score tables, with the tier that the title names.
with submission as (
    select submission_id, index_code, year, province_code from {{ ref('int_submission') }}
),

cell as (
    select * from {{ ref('stg_landing__score_cells') }}
),

tier_word as (
    select {{ name_key('label') }} as word, target as tier from {{ ref('labels') }}
    where role = 'tier'
),

-- A title that names two tiers names none.
title as (
    select
        title.submission_id,
        title.table_order,
        min(tier_word.tier) as tier
    from {{ ref('stg_landing__titles') }} as title
    inner join tier_word on contains(' ' || {{ name_key('title.title') }} || ' ', ' ' || tier_word.word || ' ')
    group by all
    having count(distinct tier_word.tier) = 1
),

pivoted as (
    select
        submission_id,
        row_id,
        row_order,
        table_order,
        position,
        any_value(raw_text) filter (where role = 'unit') as written_unit,
        any_value(nullif(raw_text, '')) filter (where role = 'parent') as written_parent,
        any_value(number) filter (where role = 'number') as printed_number,
        bool_or(role = 'parent') as has_parent_column,
        any_value(annex) as annex,
        any_value(page_or_sheet) filter (where role = 'unit') as page_or_sheet,
        any_value(table_number) filter (where role = 'unit') as table_number,
        any_value(row_number) filter (where role = 'unit') as row_number
    from cell
    group by all
)

select
    pivoted.*,
    submission.index_code,
    submission.year,
    submission.province_code,
    title.tier as title_tier
from pivoted
inner join submission using (submission_id)
left join title using (submission_id, table_order)
