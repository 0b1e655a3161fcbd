select
    shown.version_id,
    shown.row_id,
    shown.tier,
    unit_row.stated_parent_code as parent_code
from {{ ref('int_version_row') }} as shown
inner join {{ ref('int_row') }} as unit_row on shown.row_id = unit_row.row_id
where shown.unit_key is null
union all
-- Rows that contradict each other are about one unit.
select
    shown.version_id,
    min(shown.row_id),
    max(shown.tier),
    max(unit_row.parent_code)
from {{ ref('int_version_row') }} as shown
inner join {{ ref('int_row') }} as unit_row on shown.row_id = unit_row.row_id
left join {{ ref('int_version_unit') }} as taken
    on shown.version_id = taken.version_id and shown.unit_key = taken.unit_key
where shown.is_contradicted and taken.row_id is null
group by shown.version_id, shown.unit_key
