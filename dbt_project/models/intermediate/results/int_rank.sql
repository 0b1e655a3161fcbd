-- What is judged is what was sent: stated and settled totals are those without corrections.
with total as (
    select
        row_of_span.version_id,
        row_of_span.valid_from,
        row_of_span.unit_key,
        row_of_span.tier,
        row_of_span.parent_code,
        total.basis,
        total.total
    from {{ ref('int_span_row') }} as row_of_span
    inner join {{ ref('int_row_basis_total') }} as total on row_of_span.row_id = total.row_id
    where
        total.is_ranked_by
        and total.total is not null
        and (
            (total.basis in ('stated', 'settled') and total.corrections = '')
            or (total.basis = 'computed' and total.corrections = row_of_span.corrections)
        )
)

select
    version_id,
    valid_from,
    unit_key,
    tier,
    basis,
    total,
    cast(rank() over (partition by version_id, valid_from, tier, basis order by total desc) as integer) as rank,
    cast(rank() over (
        partition by version_id, valid_from, tier, basis, parent_code order by total desc
    ) as integer) as rank_among_siblings,
    cast(count(*) over (partition by version_id, valid_from, tier, basis) as integer) as units_ranked
from total
