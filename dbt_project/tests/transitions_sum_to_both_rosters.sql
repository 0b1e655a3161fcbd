-- Over the states that units come from, transitions are this year's official list of a parent. Over those that they go to,
-- they are the previous year's: the units whose parent became this one, or whose parent ended and their province became it.
with result as (
    select * from {{ ref('int_movement_result') }}
    where kind = 'published'
),

parent as (
    select distinct assessment_key, index_code, year, tier, parent_code, parent_key, previous_year
    from {{ ref('int_movement_parent') }}
    where previous_year is not null
),

transition as (
    select
        index_code,
        year,
        tier,
        parent_code,
        coalesce(sum(units) filter (where to_level not in ('left', 'merged')), 0) as units,
        coalesce(sum(units) filter (where from_level not in ('entered', 'merged')), 0) as previous_units
    from {{ ref('agg_level_transitions') }}
    group by 1, 2, 3, 4
),

listed as (
    select index_code, year, tier, parent_key, count(*) as units from result
    group by 1, 2, 3, 4
),

previously_listed as (
    select
        compared.index_code,
        compared.year,
        compared.tier,
        coalesce(heir.unit_key, heir_of_province.unit_key) as parent_key,
        compared.previous_year,
        count(*) as units
    from (select distinct index_code, year, tier, previous_year from parent) as compared
    inner join result
        on
            compared.index_code = result.index_code
            and compared.tier = result.tier
            and compared.previous_year = result.year
    left join {{ ref('int_movement_origin') }} as heir
        on
            compared.year = heir.year
            and compared.previous_year = heir.previous_year
            and result.parent_key = heir.origin_key
    left join {{ ref('int_movement_origin') }} as heir_of_province
        on
            compared.year = heir_of_province.year
            and compared.previous_year = heir_of_province.previous_year
            and result.province_key = heir_of_province.origin_key
    group by 1, 2, 3, 4, 5
)

select
    transition.*,
    listed.units as units_listed,
    previously_listed.units as previous_units_listed
from transition
inner join parent
    on
        transition.index_code = parent.index_code
        and transition.year = parent.year
        and transition.tier = parent.tier
        and transition.parent_code is not distinct from parent.parent_code
left join listed
    on
        parent.index_code = listed.index_code
        and parent.year = listed.year
        and parent.tier = listed.tier
        and parent.parent_key is not distinct from listed.parent_key
left join previously_listed
    on
        parent.index_code = previously_listed.index_code
        and parent.year = previously_listed.year
        and parent.tier = previously_listed.tier
        and parent.previous_year = previously_listed.previous_year
        and parent.parent_key is not distinct from previously_listed.parent_key
where
    transition.units <> coalesce(listed.units, 0)
    or transition.previous_units <> coalesce(previously_listed.units, 0)
