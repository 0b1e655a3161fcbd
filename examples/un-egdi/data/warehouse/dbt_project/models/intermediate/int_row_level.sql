-- The level that each unit row reaches on each basis, by the rule of its year.
with total as (
    select * from {{ ref('int_row_basis_total') }}
),

rule as (
    select
        year.year,
        rule.index_code,
        rule.tier,
        rule.level,
        rule.level_order,
        rule.pillar,
        rule.min_total
    from (select distinct year from total) as year
    inner join {{ ref('level_rules') }} as rule on {{ in_force('rule', 'year.year') }}
)

{{ reached_level('total', 'rule', keys=['row_id', 'basis'], on=['index_code', 'tier', 'year']) }}
