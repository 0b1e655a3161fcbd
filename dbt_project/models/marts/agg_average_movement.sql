with roster as (
    select * from {{ ref('int_movement_roster') }}
),

total as (
    select row_id, corrections, pillar, computed from {{ ref('int_row_total') }}
    where computed is not null
),

side as (
    select
        roster.assessment_key,
        roster.index_code,
        roster.year,
        roster.tier,
        roster.parent_code,
        roster.previous_year,
        roster.unit_key,
        total.pillar,
        total.computed as total,
        cast(null as decimal(18, 9)) as previous_total
    from roster
    inner join total on roster.row_id = total.row_id and roster.corrections = total.corrections
    union all
    select
        roster.assessment_key,
        roster.index_code,
        roster.year,
        roster.tier,
        roster.parent_code,
        roster.previous_year,
        roster.unit_key,
        total.pillar,
        null,
        total.computed
    from roster
    inner join total on roster.previous_row_id = total.row_id and roster.previous_corrections = total.corrections
),

scored as (
    select
        assessment_key,
        index_code,
        year,
        tier,
        parent_code,
        pillar,
        previous_year,
        unit_key,
        max(total) as total,
        max(previous_total) as previous_total
    from side
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

counted as (
    select
        assessment_key,
        index_code,
        year,
        tier,
        parent_code,
        pillar,
        previous_year,
        count(total) as units,
        count(previous_total) as previous_units,
        count(case when total is not null and previous_total is not null then 1 end) as units_in_both,
        sum(total) as totals,
        sum(previous_total) as previous_totals,
        sum(case when previous_total is not null then total end) as totals_of_both,
        sum(case when total is not null then previous_total end) as previous_totals_of_both
    from scored
    group by 1, 2, 3, 4, 5, 6, 7
),

averaged as (
    select
        *,
        case when units > 0 then {{ exact_ratio('totals', 'units') }} end as average,
        case when previous_units > 0 then {{ exact_ratio('previous_totals', 'previous_units') }} end as previous_average,
        case when units_in_both > 0 then {{ exact_ratio('totals_of_both', 'units_in_both') }} end as average_of_both,
        case when units_in_both > 0 then {{ exact_ratio('previous_totals_of_both', 'units_in_both') }} end
            as previous_average_of_both
    from counted
)

select
    averaged.assessment_key,
    averaged.index_code,
    averaged.year,
    averaged.tier,
    averaged.parent_code,
    averaged.pillar,
    averaged.previous_year,
    rule.is_rule_changed,
    cast(averaged.units as integer) as units,
    cast(averaged.previous_units as integer) as previous_units,
    cast(averaged.units_in_both as integer) as units_in_both,
    case when averaged.units > 0 then {{ exact_ratio('averaged.units_in_both', 'averaged.units') }} end as share_in_both,
    averaged.average,
    averaged.previous_average,
    {{ figure('averaged.average_of_both - averaged.previous_average_of_both') }} as stayed,
    {{ figure('averaged.average - averaged.average_of_both') }} as entered,
    {{ figure('averaged.previous_average_of_both - averaged.previous_average') }} as left_out
from averaged
left join {{ ref('int_movement_rule') }} as rule
    on
        averaged.index_code = rule.index_code
        and averaged.tier = rule.tier
        and averaged.year = rule.year
        and averaged.previous_year = rule.previous_year
