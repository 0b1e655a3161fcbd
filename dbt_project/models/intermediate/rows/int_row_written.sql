with tier_word as (
    select {{ name_key('label') }} as word, target as tier from {{ ref('labels') }}
    where role = 'tier'
),

-- A title that names two tiers names none.
title as (
    select
        title.submission_id,
        title.table_order,
        min(tier_word.tier) as tier
    from {{ source('landing', 'titles') }} as title
    inner join tier_word on contains(' ' || {{ name_key('title.title') }} || ' ', ' ' || tier_word.word || ' ')
    group by 1, 2
    having count(distinct tier_word.tier) = 1
),

pivoted as (
    select
        submission_id,
        row_id,
        row_order,
        table_order,
        position,
        max(case when role = 'unit' then raw_text end) as written_unit,
        max(case when role = 'parent' then nullif(raw_text, '') end) as written_parent,
        max(role = 'parent') as has_parent_column,
        max(annex) as annex,
        max(case when role = 'unit' then page_or_sheet end) as page_or_sheet,
        max(case when role = 'unit' then table_number end) as table_number,
        max(case when role = 'unit' then row_number end) as row_number
    from {{ ref('stg_landing__score_cells') }}
    group by 1, 2, 3, 4, 5
)

select
    pivoted.*,
    submission.assessment_key,
    submission.index_code,
    submission.year,
    submission.kind,
    submission.province_code,
    title.tier as title_tier
from pivoted
inner join {{ ref('int_submission') }} as submission on pivoted.submission_id = submission.submission_id
left join title on pivoted.submission_id = title.submission_id and pivoted.table_order = title.table_order
