with asked as (
    select distinct year from {{ ref('int_file') }}
    where year is not null
)

select
    rule.index_code,
    asked.year,
    rule.tier,
    rule.level,
    rule.level_order,
    rule.pillar,
    rule.min_total
from asked
inner join {{ ref('level_rules') }} as rule on {{ in_force('rule', 'asked.year') }}
qualify row_number() over (
    partition by rule.index_code, asked.year, rule.tier, rule.level, rule.pillar order by rule.valid_from_year desc nulls last
) = 1
