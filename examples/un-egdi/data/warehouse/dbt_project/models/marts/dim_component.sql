select
    index_code,
    tier,
    pillar,
    component,
    weight,
    max_score,
    name_vi,
    name_en,
    valid_from_year,
    valid_to_year,
    source
from {{ ref('components') }}
