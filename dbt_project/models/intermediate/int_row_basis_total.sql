-- The totals that levels and ranks are taken on, one row per unit row, basis and pillar. Bases: `stated`; `computed`; and,
-- where a stated total is not the computed one, the name of its pillar: that total as computed, all others as stated.
with total as (
    select * from {{ ref('int_row_total') }}
),

basis as (
    select row_id, 'stated' as basis from total
    union
    select row_id, 'computed' from total
    union
    select row_id, pillar from total
    where stated <> computed
)

select
    total.row_id,
    basis.basis,
    total.index_code,
    total.tier,
    total.year,
    total.pillar,
    case when basis.basis in ('computed', total.pillar) then total.computed else total.stated end as total
from total
inner join basis using (row_id)
