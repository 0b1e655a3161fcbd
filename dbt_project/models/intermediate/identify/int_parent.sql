with asked as (
    select
        mention_id,
        cast(null as string) as parent_code,
        cast(null as string) as written_parent,
        cast(null as string) as tier
    from {{ ref('int_mention') }}
    where used_as = 'parent'
),

answered as (
    {{ certain_unit('asked') }}
)

select
    mention.mention_id,
    mention.type_key,
    mention.is_abbreviated,
    answered.match_kind,
    unit.unit_key,
    unit.unit_code,
    unit.unit_name,
    unit.tier
from {{ ref('int_mention') }} as mention
left join answered on mention.mention_id = answered.mention_id
left join {{ ref('int_unit_year') }} as unit on answered.unit_key = unit.unit_key and mention.year = unit.year
where mention.used_as = 'parent'
