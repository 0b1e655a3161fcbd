with corrected as (
    select * from {{ ref('int_row_corrected') }}
    where component is not null
),

summed as (
    select
        *,
        sum(figure) over (
            partition by row_id, corrections, pillar order by component_order
        ) as scores,
        sum(case when aggregation = 'weighted_mean' then {{ billionths('weight') }} * {{ smallest_units('figure') }} end) over (
            partition by row_id, corrections, pillar order by component_order
        ) as weighted
    from corrected
),

fixed as (
    select
        *,
        coalesce({{ total_so_far('aggregation', 'scores', 'weighted', 'weights') }}, 0) as total_so_far
    from summed
)

select
    row_id,
    corrections,
    pillar,
    component,
    component_order,
    figure as score,
    stated,
    correction_id,
    max_figure as max_score,
    case
        when figure is not null
            then {{ figure('total_so_far - lag(total_so_far, 1, 0) over (partition by row_id, corrections, pillar order by component_order)') }}
    end as contribution,
    annex,
    page_or_sheet,
    row_number,
    column_number,
    raw_text
from fixed
