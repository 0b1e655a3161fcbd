select
    row_id,
    corrections,
    {%- for pillar in ['readiness', 'attainment'] %}
    {%- for column in ['stated', 'corrected', 'computed', 'to_next_level'] %}
    max(case when pillar = '{{ pillar }}' then {{ column }} end) as {{ pillar }}_{{ column }},
    {%- endfor %}
    {%- endfor %}
    max(next_level) as next_level
from {{ ref('int_row_pillar') }}
group by 1, 2
