-- The pillars of each unit row side by side, one row per unit row: readiness and attainment, empty for an index with others.
select
    row_id,
    {%- for pillar in ['readiness', 'attainment'] %}
    {%- for column in ['stated', 'corrected', 'computed'] %}
    any_value({{ column }}) filter (where pillar = '{{ pillar }}') as {{ pillar }}_{{ column }},
    {%- endfor %}
    any_value(to_next_level) filter (where pillar = '{{ pillar }}') as {{ pillar }}_to_next_level,
    {%- endfor %}
    any_value(next_level) as next_level
from {{ ref('int_row_pillar') }}
group by all
