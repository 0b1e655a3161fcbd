-- The rows of an edition that no unit's result can be taken from, one per unit that they are about, with the parent that they
-- stand under: the unit is not known, or its rows contradict each other and nobody can tell which is right.
select
    edition_row.edition_id,
    edition_row.row_id,
    unit_row.stated_parent_code as parent_code
from {{ ref('int_edition_row') }} as edition_row
inner join {{ ref('int_row') }} as unit_row using (row_id)
where edition_row.unit_key is null
union all
select
    repeated.edition_id,
    min_by(repeated.row_id, repeated.row_order),
    any_value(unit_row.parent_code)
from {{ ref('int_edition_repeat') }} as repeated
inner join {{ ref('int_row') }} as unit_row using (row_id)
left join {{ ref('int_edition_unit') }} as taken
    on repeated.edition_id = taken.edition_id and repeated.unit_key = taken.unit_key
where repeated.is_contradicted and taken.row_id is null
group by repeated.edition_id, repeated.unit_key
