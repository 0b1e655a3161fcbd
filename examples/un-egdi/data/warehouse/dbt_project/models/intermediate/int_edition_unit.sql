-- The one row that an edition takes of each unit, and how often the edition gives the same figures.
with usable as (
    select * from {{ ref('int_edition_repeat') }}
    where not is_contradicted
),

counted as (
    select
        *,
        count(*) over (partition by edition_id, unit_key, signature) as occurrences
    from usable
)

select
    counted.edition_id,
    counted.unit_key,
    counted.row_id,
    counted.submission_id,
    counted.occurrences,
    unit_row.unit_code,
    unit_row.unit_name,
    unit_row.parent_code,
    unit_row.tier,
    unit_row.index_code,
    unit_row.year
from counted
inner join {{ ref('int_row') }} as unit_row using (row_id)
qualify row_number() over (
    partition by counted.edition_id, counted.unit_key order by counted.ledger_order desc, counted.row_order
) = 1
