with written as (
    select
        *,
        {{ mention_id('unit', 'written_unit') }} as unit_mention_id,
        {{ mention_id('parent', 'written_unit') }} as own_mention_id,
        {{ mention_id('parent', 'written_parent') }} as parent_mention_id
    from {{ ref('int_row_written') }}
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
    group by 1, 2
    having count(distinct parent.unit_code) = 1 and not max(written.has_parent_column)
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
    left join sole_parent
        on written.submission_id = sole_parent.submission_id and written.table_order = sole_parent.table_order
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
        rule.index_code,
        rule.year,
        unit.type_key,
        min(unit.tier) as tier
    from {{ ref('int_rule_pillar') }} as rule
    inner join {{ ref('int_unit_year') }} as unit on rule.year = unit.year and rule.tier = unit.tier
    group by 1, 2, 3
    having count(distinct unit.tier) = 1
),

-- An index with one tier has no need of a word for it.
sole_tier as (
    select index_code, year, min(rule.tier) as tier from {{ ref('int_rule_pillar') }} as rule
    group by 1, 2
    having count(distinct rule.tier) = 1
)

select
    placed.row_id,
    placed.submission_id,
    placed.assessment_key,
    placed.index_code,
    placed.year,
    placed.kind,
    placed.province_code,
    placed.row_order,
    placed.table_order,
    placed.position,
    placed.annex,
    placed.page_or_sheet,
    placed.table_number,
    placed.row_number,
    placed.written_unit,
    placed.written_parent,
    placed.unit_mention_id,
    placed.parent_mention_id,
    placed.stated_parent_code,
    placed.stated_parent_name,
    placed.parent_match_kind,
    placed.scope_code,
    coalesce(unit.tier, type_tier.tier, placed.title_tier, sole_tier.tier) as tier,
    unit.unit_key,
    unit.unit_code,
    unit.unit_name,
    unit.parent_code,
    answered.match_kind,
    coalesce(mention.is_abbreviated, false) as is_abbreviated
from placed
left join answered
    on
        placed.unit_mention_id = answered.mention_id
        and placed.scope_code is not distinct from answered.parent_code
        and placed.written_parent is not distinct from answered.written_parent
        and placed.title_tier is not distinct from answered.tier
left join {{ ref('int_unit_year') }} as unit on answered.unit_key = unit.unit_key and placed.year = unit.year
left join {{ ref('int_mention') }} as mention on placed.unit_mention_id = mention.mention_id
left join type_tier
    on
        mention.index_code = type_tier.index_code
        and mention.year = type_tier.year
        and mention.type_key = type_tier.type_key
left join sole_tier on placed.index_code = sole_tier.index_code and placed.year = sole_tier.year
