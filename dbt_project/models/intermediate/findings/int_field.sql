select
    index_code,
    component as field,
    min(name_vi) as name_vi,
    min(name_en) as name_en
from {{ ref('components') }}
group by all
union all
select
    index_code,
    pillar || '_total',
    'tổng số điểm ' || min(name_vi),
    'the total of ' || min(name_en)
from {{ ref('pillars') }}
group by all
union all
select
    cast(null as varchar),
    field,
    name_vi,
    name_en
from {{ ref('fields') }}
