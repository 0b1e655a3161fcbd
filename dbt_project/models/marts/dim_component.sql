select
    index_code,
    tier,
    pillar,
    component,
    weight,
    coalesce(is_bonus, false) as is_bonus,
    min_score,
    max_score,
    name_vi,
    name_en,
    cast({{ place_in_registry('components') }} as integer) as place,
    valid_from_year,
    valid_to_year,
    source
from {{ ref('components') }} as components
union all
-- A total that is taken as it is stated is the only component of itself.
select
    index_code,
    tier,
    pillar,
    pillar,
    null,
    false,
    null,
    max_total,
    name_vi,
    name_en,
    cast({{ place_in_registry('pillars') }} as integer),
    valid_from_year,
    valid_to_year,
    source
from {{ ref('pillars') }} as pillars
where aggregation = 'stated'
