with asked as (
    select distinct year from {{ ref('int_file') }}
    where year is not null
)

select
    pillar.index_code,
    asked.year,
    pillar.tier,
    pillar.pillar,
    pillar.parent_pillar,
    pillar.weight,
    pillar.aggregation,
    coalesce(pillar.tolerance, 0) as tolerance,
    pillar.max_total,
    coalesce(pillar.is_ranked_by, false) as is_ranked_by,
    pillar.step,
    pillar.pile_share,
    pillar.absent_row
from asked
inner join {{ ref('pillars') }} as pillar on {{ in_force('pillar', 'asked.year') }}
qualify row_number() over (
    partition by pillar.index_code, asked.year, pillar.tier, pillar.pillar order by pillar.valid_from_year desc nulls last
) = 1
