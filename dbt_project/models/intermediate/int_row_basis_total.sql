-- The totals that levels and ranks are taken on, one row per unit row, basis and pillar. Bases: `stated`; `computed`;
-- `settled`, computed but for what the publisher's tolerance lets stand as stated; and, where a stated total is not the
-- computed one, the name of its pillar: that total as computed, all others as stated.
with total as (
    select
        total.*,
        case when abs(total.stated - total.computed) <= pillar.tolerance then total.stated else total.computed end as settled
    from {{ ref('int_row_total') }} as total
    inner join {{ ref('pillars') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and {{ in_force('pillar', 'total.year') }}
),

basis as (
    select row_id, 'stated' as basis from total
    union
    select row_id, 'computed' from total
    union
    select row_id, 'settled' from total
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
    case
        when basis.basis = 'settled' then total.settled
        when basis.basis in ('computed', total.pillar) then total.computed
        else total.stated
    end as total
from total
inner join basis using (row_id)
