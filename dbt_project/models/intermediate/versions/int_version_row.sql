with placed as (
    select
        unit_row.row_id,
        unit_row.submission_id,
        unit_row.annex,
        unit_row.unit_key,
        unit_row.tier,
        delivery.assessment_key,
        delivery.delivery_order,
        coalesce(repeated.is_contradicted, false) as is_contradicted
    from {{ ref('int_row') }} as unit_row
    inner join {{ ref('int_delivery') }} as delivery on unit_row.submission_id = delivery.submission_id
    left join {{ ref('int_row_repeat') }} as repeated on unit_row.row_id = repeated.row_id
),

shown as (
    select
        part.version_id,
        placed.*,
        max(placed.delivery_order) over (partition by part.version_id, placed.unit_key) as last_delivery_order
    from placed
    inner join {{ ref('int_version_part') }} as part
        on placed.submission_id = part.submission_id and placed.annex is not distinct from part.annex
    inner join {{ ref('int_version') }} as version on part.version_id = version.version_id
    where placed.delivery_order <= version.version_order
)

select
    shown.version_id,
    shown.row_id,
    shown.submission_id,
    shown.annex,
    shown.unit_key,
    shown.tier,
    shown.is_contradicted,
    coalesce(taken.row_id = shown.row_id, false) as is_taken,
    coalesce(case when taken.row_id = shown.row_id then taken.occurrences end, 1) as occurrences
from shown
left join {{ ref('int_version_unit') }} as taken
    on shown.version_id = taken.version_id and shown.unit_key = taken.unit_key
where
    shown.unit_key is null
    or (shown.is_contradicted and shown.delivery_order = shown.last_delivery_order)
    or (not shown.is_contradicted and shown.delivery_order = taken.delivery_order)
