with asked as (
    select distinct year from {{ ref('int_file') }}
    where year is not null
),

in_force as (
    select
        pillar.*,
        asked.year
    from asked
    inner join {{ ref('pillars') }} as pillar on {{ in_force('pillar', 'asked.year') }}
)

select
    index_code,
    year,
    tier,
    pillar,
    parent_pillar,
    weight,
    aggregation,
    coalesce(tolerance, 0) as tolerance,
    max_total,
    coalesce(is_ranked_by, false) as is_ranked_by,
    step,
    pile_share,
    absent_row
from {{ first_of('in_force', 'index_code, year, tier, pillar', 'valid_from_year desc') }} as in_force
