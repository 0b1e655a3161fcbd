-- A bonus of which nothing is written was not given.
with score as (
    select
        corrected.row_id,
        corrected.corrections,
        share.pillar,
        corrected.component,
        share.is_own_pillar,
        share.part_order,
        share.share_numerator,
        share.share_denominator,
        coalesce(corrected.figure, case when corrected.is_bonus and corrected.flaw is null then 0 end) as score,
        corrected.stated,
        corrected.correction_id,
        corrected.max_figure as max_score,
        corrected.annex,
        corrected.page_or_sheet,
        corrected.row_number,
        corrected.column_number,
        corrected.raw_text
    from {{ ref('int_row_corrected') }} as corrected
    inner join {{ ref('int_rule_share') }} as share
        on
            corrected.index_code = share.index_code
            and corrected.year = share.year
            and corrected.tier = share.tier
            and corrected.component = share.component
),

contributed as (
    {{ contributions('score', 'score', ['row_id', 'corrections', 'pillar']) }}
)

select
    row_id,
    corrections,
    pillar,
    component,
    is_own_pillar,
    score,
    stated,
    correction_id,
    max_score,
    contribution,
    annex,
    page_or_sheet,
    row_number,
    column_number,
    raw_text
from contributed
