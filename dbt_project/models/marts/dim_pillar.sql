select
    index_code,
    tier,
    pillar,
    parent_pillar,
    weight,
    aggregation,
    cast(coalesce(tolerance, 0) as decimal(18, 9)) as tolerance,
    max_total,
    coalesce(is_ranked_by, false) as is_ranked_by,
    step,
    pile_share,
    absent_row,
    name_vi,
    name_en,
    valid_from_year,
    valid_to_year,
    source
from {{ ref('pillars') }}
