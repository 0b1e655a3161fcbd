with result as (
    select * from {{ ref('int_revision_result') }}
    where kind = 'published' and known_to is null
),

level_name as (
    select distinct index_code, tier, level from {{ ref('level_rules') }}
    union
    select distinct index_code, tier, 'unranked' from {{ ref('level_rules') }}
),

parent as (
    select
        edition_id,
        index_code,
        year,
        tier,
        parent_code,
        count(*) as units,
        count(*) filter (where level_computed is not null and level_computed <> 'unranked') as units_with_level,
        count(*) filter (where level_stated is not null and level_stated <> 'unranked') as units_stated_with_level
    from result
    group by all
),

counted as (
    select
        edition_id,
        tier,
        parent_code,
        level,
        count(*) filter (where level_computed = level) as computed,
        count(*) filter (where level_stated = level) as detail
    from result
    inner join level_name using (index_code, tier)
    group by all
)

-- Unranked are all the rest of the official list, scored or not.
select
    parent.index_code,
    parent.year,
    parent.tier,
    parent.parent_code,
    counted.level,
    cast(case when counted.level = 'unranked' then parent.units - parent.units_with_level else counted.computed end as integer)
        as computed,
    cast(case when counted.level = 'unranked' then parent.units - parent.units_stated_with_level else counted.detail end as integer)
        as detail,
    summary.stated
from parent
inner join counted
    on
        parent.edition_id = counted.edition_id
        and parent.tier = counted.tier
        and parent.parent_code is not distinct from counted.parent_code
left join {{ ref('int_summary_level') }} as summary
    on
        parent.edition_id = summary.edition_id
        and parent.parent_code = summary.unit_code
        and counted.level = summary.level
