with roster as (
    select * from {{ ref('int_movement_roster') }}
    where (is_direct or was_direct) and previous_year is not null
),

-- Where one of the two years has no levels, there is nothing to count.
with_levels as (
    select distinct index_code, year, tier from {{ ref('int_movement_member') }}
    where level_state is not null
)

select
    roster.assessment_key,
    roster.index_code,
    roster.year,
    roster.tier,
    roster.parent_code,
    case when roster.was_direct then roster.previous_level_state else roster.arrival end as from_level,
    case when roster.is_direct then roster.level_state else roster.fate end as to_level,
    roster.previous_year,
    rule.is_rule_changed,
    cast(count(*) as integer) as units
from roster
inner join with_levels
    on
        roster.index_code = with_levels.index_code
        and roster.year = with_levels.year
        and roster.tier = with_levels.tier
inner join with_levels as with_previous_levels
    on
        roster.index_code = with_previous_levels.index_code
        and roster.previous_year = with_previous_levels.year
        and roster.tier = with_previous_levels.tier
left join {{ ref('int_movement_rule') }} as rule
    on
        roster.index_code = rule.index_code
        and roster.tier = rule.tier
        and roster.year = rule.year
        and roster.previous_year = rule.previous_year
group by 1, 2, 3, 4, 5, 6, 7, 8, 9
