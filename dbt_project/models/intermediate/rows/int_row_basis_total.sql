with total as (
    select * from {{ ref('int_row_total') }}
),

basis as (
    select row_id, corrections, 'stated' as basis from total
    union
    select row_id, corrections, 'computed' from total
    union
    select row_id, corrections, 'settled' from total
    union
    select row_id, corrections, pillar from total
    where stated_fixed <> computed
)

select
    total.row_id,
    total.corrections,
    basis.basis,
    total.index_code,
    total.year,
    total.tier,
    total.pillar,
    total.is_ranked_by,
    case
        when basis.basis = 'settled' then total.settled
        when basis.basis in ('computed', total.pillar) then total.computed
        else total.stated_fixed
    end as total
from total
inner join basis on total.row_id = basis.row_id and total.corrections = basis.corrections
