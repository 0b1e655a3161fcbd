with delivery as (
    select
        assessment_key,
        delivery_order,
        delivered_on,
        {{ last_by('submission_id', 'ledger_order') }} as last_submission_id
    from {{ ref('int_delivery') }}
    group by 1, 2, 3
),

assessment as (
    select distinct assessment_key, index_code, year, kind, province_code from {{ ref('int_submission') }}
)

select
    concat_ws('/', delivery.assessment_key, delivery.delivery_order) as version_id,
    delivery.assessment_key,
    assessment.index_code,
    assessment.year,
    assessment.kind,
    assessment.province_code,
    delivery.delivery_order as version_order,
    delivery.last_submission_id,
    delivery.delivered_on as valid_from,
    lead(delivery.delivered_on) over (
        partition by delivery.assessment_key order by delivery.delivery_order
    ) as valid_to,
    delivery.delivery_order = max(delivery.delivery_order) over (partition by delivery.assessment_key) as is_current
from delivery
inner join assessment on delivery.assessment_key = assessment.assessment_key
