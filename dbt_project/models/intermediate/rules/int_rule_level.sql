with asked as (
    select distinct year from {{ ref('int_file') }}
    where year is not null
),

in_force as (
    select
        rule.*,
        asked.year
    from asked
    inner join {{ ref('level_rules') }} as rule on {{ in_force('rule', 'asked.year') }}
)

select
    index_code,
    year,
    tier,
    level,
    level_order,
    pillar,
    min_total
from {{ first_of('in_force', 'index_code, year, tier, level, pillar', 'valid_from_year desc') }} as in_force
