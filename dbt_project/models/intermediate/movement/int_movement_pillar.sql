{%- set figures = {
    'previous_total': 'previous_contribution',
    'current_total': 'current_contribution',
    'total_change': 'contribution_change',
    'change_by_rule': 'change_by_rule',
    'change_by_scores': 'change_by_scores',
} -%}
-- A total of which a component is missing is not known.
select
    assessment_key,
    index_code,
    year,
    kind,
    tier,
    unit_code,
    unit_key,
    pillar,
    previous_year,
    comparison,
    {%- for total, part in figures.items() %}
    case when count(*) = count({{ part }}) then {{ figure('sum(' ~ part ~ ')') }} end as {{ total }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('int_movement_component') }}
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
