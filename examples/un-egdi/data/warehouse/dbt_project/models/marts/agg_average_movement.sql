with roster as (
    select * from {{ ref('int_movement_roster') }}
),

total as (
    select row_id, pillar, computed from {{ ref('int_row_total') }}
    where computed is not null
),

side as (
    select roster.*, total.pillar, total.computed as total, cast(null as decimal(18, 9)) as previous_total from roster
    inner join total on roster.row_id = total.row_id
    union all
    select roster.*, total.pillar, null, total.computed from roster
    inner join total on roster.previous_row_id = total.row_id
),

scored as (
    select
        index_code,
        year,
        tier,
        parent_code,
        pillar,
        previous_year,
        unit_key,
        any_value(total) as total,
        any_value(previous_total) as previous_total
    from side
    group by all
),

averaged as (
    select
        * exclude (unit_key, total, previous_total),
        count(total) as units,
        count(previous_total) as previous_units,
        count(*) filter (where total is not null and previous_total is not null) as units_in_both,
        {{ exact_ratio('sum(total)', 'count(total)') }} as average,
        {{ exact_ratio('sum(previous_total)', 'count(previous_total)') }} as previous_average,
        {{ exact_ratio('sum(total) filter (where previous_total is not null)', 'units_in_both') }} as average_of_both,
        {{ exact_ratio('sum(previous_total) filter (where total is not null)', 'units_in_both') }} as previous_average_of_both
    from scored
    group by all
)

select
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
    averaged.average,
    averaged.previous_average,
    {{ figure('average_of_both - previous_average_of_both') }} as stayed,
    {{ figure('average - average_of_both') }} as entered,
    {{ figure('previous_average_of_both - previous_average') }} as left_out
from averaged
left join {{ ref('int_movement_rule') }} as rule using (index_code, tier, year, previous_year)
