-- Of every name that is written as a parent, the unit that is meant: one row per such mention.
with asked as (
    select
        mention_id,
        cast(null as varchar) as parent_code,
        cast(null as varchar) as written_parent,
        cast(null as varchar) as tier
    from {{ ref('int_mention') }}
    where used_as = 'parent'
),

answered as (
    {{ certain_unit('asked') }}
)

select
    mention.*,
    answered.unit_key,
    answered.match_kind,
    unit.unit_code,
    unit.unit_name
from {{ ref('int_mention_parsed') }} as mention
left join answered using (mention_id)
left join {{ ref('int_unit') }} as unit on answered.unit_key = unit.unit_key
where mention.used_as = 'parent'
