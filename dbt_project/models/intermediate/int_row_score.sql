-- One row per unit row (as read, or with corrections) and component: the score, and what it contributes to its pillar's
-- total, fixed at nine decimals.
with figure as (
    select * from {{ ref('int_believed_figure') }}
    where component is not null
)

select
    row_id,
    pillar,
    component,
    figure as score,
    stated,
    correction_id,
    max_figure as max_score,
    {{ contribution('aggregation', 'figure', 'weight', 'sum(weight) over (partition by row_id, pillar)') }} as contribution,
    annex,
    page_or_sheet,
    row_number,
    column_number,
    raw_text
from figure
