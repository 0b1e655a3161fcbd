-- The unit rows with the unit that each is about (none where nobody is meant for certain) and the parent that it states.
with written as (
    select
        *,
        {{ mention_id('unit', 'written_unit') }} as unit_mention_id,
        {{ mention_id('parent', 'written_unit') }} as own_mention_id,
        {{ mention_id('parent', 'written_parent') }} as parent_mention_id
    from {{ ref('int_written_row') }}
),

parent as (
    select * from {{ ref('int_parent') }}
),

-- Where a table states no parents and holds just one unit that can be one, its other rows stand under that.
sole_parent as (
    select
        written.submission_id,
        written.table_order,
        min(parent.unit_code) as unit_code
    from written
    inner join parent on written.own_mention_id = parent.mention_id
    where parent.match_kind in ('exact', 'folded') and parent.type_key is not null
    group by all
    having count(distinct parent.unit_code) = 1 and not bool_or(written.has_parent_column)
),

placed as (
    select
        written.*,
        stated.unit_code as stated_parent_code,
        stated.unit_name as stated_parent_name,
        stated.match_kind as parent_match_kind,
        case
            when written.written_parent is not null then stated.unit_code
            when own.unit_code is null then sole_parent.unit_code
        end as scope_code
    from written
    left join parent as stated on written.parent_mention_id = stated.mention_id
    left join sole_parent using (submission_id, table_order)
    left join parent as own
        on written.own_mention_id = own.mention_id and sole_parent.unit_code = own.unit_code and own.type_key is not null
),

asked as (
    select distinct
        unit_mention_id as mention_id,
        scope_code as parent_code,
        written_parent,
        title_tier as tier
    from placed
),

answered as (
    {{ certain_unit('asked') }}
),

-- The tier that a written type has in the year ('Xã' is a commune), for rows whose unit is not found.
type_tier as (
    select
        pillar.index_code,
        unit.year,
        unit.type_key,
        min(unit.tier) as tier
    from (select distinct year, type_key, tier from {{ ref('int_unit_year') }}) as unit
    inner join {{ ref('pillars') }} as pillar using (tier)
    group by all
    having count(distinct unit.tier) = 1
),

typed as (
    select
        mention.mention_id,
        mention.is_abbreviated,
        type_tier.tier
    from {{ ref('int_mention_parsed') }} as mention
    left join type_tier using (index_code, year, type_key)
),

-- An index with one tier has no need of a word for it.
sole_tier as (
    select index_code, min(tier) as tier from {{ ref('pillars') }}
    group by all
    having count(distinct tier) = 1
)

select
    placed.* exclude (unit_mention_id, own_mention_id),
    coalesce(unit.tier, typed.tier, placed.title_tier, sole_tier.tier) as tier,
    unit.unit_key,
    unit.unit_code,
    unit.unit_name,
    unit.parent_code,
    answered.match_kind,
    coalesce(typed.is_abbreviated, false) as is_abbreviated
from placed
left join answered
    on
        placed.unit_mention_id = answered.mention_id
        and placed.scope_code is not distinct from answered.parent_code
        and placed.written_parent is not distinct from answered.written_parent
        and placed.title_tier is not distinct from answered.tier
left join sole_tier on placed.index_code = sole_tier.index_code
left join typed on placed.unit_mention_id = typed.mention_id
left join {{ ref('int_unit') }} as unit on answered.unit_key = unit.unit_key
