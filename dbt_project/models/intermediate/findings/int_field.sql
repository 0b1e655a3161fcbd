select
    index_code,
    component as field,
    min(name_vi) as name_vi,
    min(name_en) as name_en
from {{ ref('components') }}
group by 1, 2
union all
select
    index_code,
    pillar || '_total',
    -- 'Tổng điểm' says already that it is one.
    case
        when {{ begins_with('min(name_vi)', "'Tổng '") }} then lower(left(min(name_vi), 1)) || substr(min(name_vi), 2)
        else 'tổng số điểm ' || min(name_vi)
    end,
    'the total of ' || min(name_en)
from {{ ref('pillars') }}
group by 1, 2
union all
select
    cast(null as string),
    field,
    name_vi,
    name_en
from {{ ref('fields') }}
