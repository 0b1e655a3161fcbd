with current_result as (
    select * from {{ ref('int_revision_result') }}
    where result_status = 'scored' and known_to is null
),

figure as (
    select
        current_result.index_code,
        current_result.year,
        current_result.kind,
        current_result.tier,
        current_result.unit_code,
        current_result.unit_key,
        current_result.unit_name,
        figure.pillar,
        figure.field,
        figure.figure
    from current_result
    inner join {{ ref('int_row_figure') }} as figure on current_result.read_row_id = figure.row_id
)

select
    index_code,
    year,
    tier,
    unit_code,
    unit_key,
    unit_name,
    pillar,
    field,
    max(figure) filter (where kind = 'self_assessed') as self_assessed,
    max(figure) filter (where kind = 'appraised') as appraised,
    max(figure) filter (where kind = 'published') as published
from figure
group by all
