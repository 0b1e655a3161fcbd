with usable as (
    select
        delivery.assessment_key,
        delivery.delivery_order,
        delivery.ledger_order,
        repeated.row_id,
        repeated.submission_id,
        repeated.row_order,
        repeated.unit_key,
        repeated.signature
    from {{ ref('int_row_repeat') }} as repeated
    inner join {{ ref('int_delivery') }} as delivery on repeated.submission_id = delivery.submission_id
    where not repeated.is_contradicted
),

counted as (
    select
        *,
        count(*) over (partition by assessment_key, delivery_order, unit_key, signature) as occurrences
    from usable
),

followed as (
    select
        *,
        lead(delivery_order) over (partition by assessment_key, unit_key order by delivery_order) as next_delivery_order
    from {{ first_of('counted', 'assessment_key, delivery_order, unit_key', 'ledger_order desc, row_order') }} as taken
)

select
    version.version_id,
    version.assessment_key,
    followed.unit_key,
    followed.row_id,
    followed.submission_id,
    followed.delivery_order,
    followed.occurrences,
    unit_row.unit_code,
    unit_row.unit_name,
    unit_row.parent_code,
    unit_row.tier,
    unit_row.annex,
    unit_row.index_code,
    unit_row.year
from followed
inner join {{ ref('int_version') }} as version
    on
        followed.assessment_key = version.assessment_key
        and version.version_order >= followed.delivery_order
        and version.version_order < coalesce(followed.next_delivery_order, version.version_order + 1)
inner join {{ ref('int_row') }} as unit_row on followed.row_id = unit_row.row_id
