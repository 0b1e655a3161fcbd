-- A bonus of which nothing is written was not given.
with corrected as (
    select
        *,
        coalesce(figure, case when is_bonus and flaw is null then 0 end) as counted
    from {{ ref('int_row_corrected') }}
    where component is not null
),

summed as (
    select
        corrected.*,
        share.pillar as total_of,
        share.is_own_pillar,
        share.part_order,
        share.share_denominator,
        sum(share.share_numerator * {{ smallest_units('corrected.counted') }}) over (
            partition by corrected.row_id, corrected.corrections, share.pillar order by share.part_order
        ) as weighted
    from corrected
    inner join {{ ref('int_rule_share') }} as share
        on
            corrected.index_code = share.index_code
            and corrected.year = share.year
            and corrected.tier = share.tier
            and corrected.component = share.component
),

fixed as (
    select *, coalesce({{ total_so_far('weighted', 'share_denominator') }}, 0) as total_so_far from summed
)

select
    row_id,
    corrections,
    total_of as pillar,
    component,
    is_own_pillar,
    counted as score,
    stated,
    correction_id,
    max_figure as max_score,
    case
        when counted is not null
            then {{ figure('total_so_far - lag(total_so_far, 1, 0) over (partition by row_id, corrections, total_of order by part_order)') }}
    end as contribution,
    annex,
    page_or_sheet,
    row_number,
    column_number,
    raw_text
from fixed
