select
    index_code,
    tier,
    level,
    level_order,
    pillar,
    min_total,
    valid_from_year,
    valid_to_year,
    source
from {{ ref('level_rules') }}
