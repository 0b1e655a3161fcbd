with mention as (
    select * from {{ ref('int_mention') }}
),

scored_tier as (
    select distinct index_code, tier from {{ ref('pillars') }}
),

-- What a mention may mean at all: a unit below its own province or, in a list across provinces, what is under nothing else,
-- in one of the index's tiers; where a parent is meant, what units are under.
eligible as (
    select
        mention.mention_id,
        unit.*
    from (select distinct mention_id, index_code, year, province_code, used_as, bare_fold from mention) as mention
    inner join {{ ref('int_unit_year') }} as unit
        on
            mention.year = unit.year
            and (mention.province_code = unit.province_code or (mention.province_code is null and unit.depth = 0))
            and mention.bare_fold = unit.bare_fold
    left join scored_tier on mention.index_code = scored_tier.index_code and unit.tier = scored_tier.tier
    where
        (
            mention.used_as = 'unit'
            and scored_tier.tier is not null
            and (mention.province_code is null or unit.depth > 0)
        )
        or (mention.used_as = 'parent' and unit.is_next_above)
),

alike as (
    select
        mention.mention_id,
        mention.bare_key as written_key,
        mention.type_key is not null as is_typed,
        mention.bare_key = unit.bare_key as is_same_key,
        case -- to look at each letter takes long, and nearly all keys are the same
            when mention.bare_key = unit.bare_key then true
            else {{ has_only_lost_marks('mention.bare_key', 'unit.bare_key') }}
        end as is_unmarked,
        unit.year,
        unit.unit_key,
        unit.parent_code,
        unit.type_key,
        unit.bare_fold
    from mention
    inner join eligible as unit on mention.mention_id = unit.mention_id
    where mention.type_key is null or mention.type_key = unit.type_key
),

matched as (
    select
        mention_id,
        unit_key,
        is_typed,
        'exact' as match_kind,
        1 as order_of_trust,
        cast(null as string) as alias_parent
    from alike
    where is_same_key
    union all
    select
        mention.mention_id,
        unit.unit_key,
        true,
        'alias',
        2,
        alias.written_parent
    from mention
    inner join {{ ref('aliases') }} as alias
        on
            coalesce(alias.index_code, mention.index_code) = mention.index_code
            and {{ name_key('alias.written_name') }} = mention.written_key
            and mention.year between coalesce(alias.valid_from_year, 0) and coalesce(alias.valid_to_year, 9999)
    inner join {{ ref('int_unit_year') }} as unit
        on
            alias.unit_code = unit.unit_code
            and mention.year = unit.year
            and (mention.province_code = unit.province_code or (mention.province_code is null and unit.depth = 0))
    union all
    select
        mention.mention_id,
        unit.unit_key,
        true,
        'type_only',
        3,
        null
    from mention
    inner join {{ ref('int_unit_year') }} as unit
        on
            mention.year = unit.year
            and mention.province_code = unit.province_code
            and mention.type_key = unit.type_key
            and unit.is_next_above
    where mention.bare_key = '' and mention.used_as = 'parent'
    union all
    select
        mention_id,
        unit_key,
        is_typed,
        'folded',
        4,
        null
    from alike
    where
        not is_same_key
        and not exists (
            select 1 from {{ ref('int_unit_year') }} as sibling
            where
                sibling.year = alike.year
                and sibling.parent_code is not distinct from alike.parent_code
                and sibling.type_key = alike.type_key
                and sibling.unit_key <> alike.unit_key
                and (
                    sibling.bare_fold = alike.bare_fold
                    or {{ is_a_slip_of('alike.written_key', 'sibling.bare_key') }}
                    or (not alike.is_unmarked and {{ are_a_slip_apart('sibling.bare_fold', 'alike.bare_fold') }})
                )
        )
)

select distinct
    matched.mention_id,
    matched.unit_key,
    matched.is_typed,
    matched.match_kind,
    matched.order_of_trust,
    matched.alias_parent,
    unit.year,
    unit.bare_fold,
    unit.parent_code as unit_parent_code,
    unit.tier as unit_tier
from matched
inner join mention on matched.mention_id = mention.mention_id
inner join {{ ref('int_unit_year') }} as unit on matched.unit_key = unit.unit_key and mention.year = unit.year
