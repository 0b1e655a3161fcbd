select
    unit_key,
    unit_code,
    unit_name,
    unit_name_ascii,
    unit_type,
    tier,
    parent_code,
    province_code,
    valid_from,
    valid_to,
    source,
    source_date,
    false as is_body
from {{ ref('units') }}
union all
select
    body_key,
    body_code,
    body_name,
    null,
    null,
    tier,
    province_code,
    province_code,
    valid_from,
    valid_to,
    source,
    null,
    true
from {{ ref('bodies') }}
