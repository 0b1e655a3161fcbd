with result as (
    select * from {{ ref('int_unit_result') }}
    where kind = 'published' and is_current
),

level_name as (
    select distinct index_code, tier, level from {{ ref('level_rules') }}
    union
    select distinct index_code, tier, 'unranked' from {{ ref('level_rules') }}
),

parent as (
    select
        version_id,
        assessment_key,
        index_code,
        year,
        tier,
        parent_code,
        count(*) as units,
        count(case when level_computed <> 'unranked' then 1 end) as units_with_level,
        count(case when level_stated <> 'unranked' then 1 end) as units_stated_with_level
    from result
    group by 1, 2, 3, 4, 5, 6
),

counted as (
    select
        result.version_id,
        result.tier,
        result.parent_code,
        level_name.level,
        count(case when result.level_computed = level_name.level then 1 end) as computed,
        count(case when result.level_stated = level_name.level then 1 end) as detail
    from result
    inner join level_name on result.index_code = level_name.index_code and result.tier = level_name.tier
    group by 1, 2, 3, 4
)

-- Unranked are all the rest of the official list, scored or not.
select
    parent.assessment_key,
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
        parent.version_id = counted.version_id
        and parent.tier = counted.tier
        and parent.parent_code is not distinct from counted.parent_code
left join {{ ref('int_summary_level') }} as summary
    on
        parent.version_id = summary.version_id
        and parent.parent_code = summary.unit_code
        and counted.level = summary.level
