-- Competition ranks (1, 2, 2, 4) of a revision's units on the pillar that ranks them, on stated, computed and settled totals.
-- Those of an edition as it came have the edition's own id.
with total as (
    select
        unit.revision_id,
        unit.unit_key,
        unit.tier,
        unit.parent_code,
        total.basis,
        total.total
    from {{ ref('int_revision_unit') }} as unit
    inner join {{ ref('int_row_basis_total') }} as total using (row_id)
    inner join {{ ref('pillars') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and {{ in_force('pillar', 'total.year') }}
    where pillar.is_ranked_by and total.total is not null and total.basis in ('stated', 'computed', 'settled')
)

select
    revision_id,
    unit_key,
    tier,
    basis,
    total,
    cast(rank() over (peers order by total desc) as integer) as rank,
    cast(rank() over (siblings order by total desc) as integer) as rank_among_siblings,
    cast(count(*) over peers as integer) as units_ranked
from total
window
    peers as (partition by revision_id, tier, basis),
    siblings as (partition by revision_id, tier, basis, parent_code)
