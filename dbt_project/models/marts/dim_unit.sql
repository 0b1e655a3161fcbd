select
    unit_key,
    unit_code,
    unit_name,
    coalesce(unit_name_ascii, replace({{ folded('unit_name') }}, 'Đ', 'D')) as unit_name_ascii,
    unit_type,
    tier,
    parent_code,
    province_code,
    is_body,
    valid_from,
    valid_to,
    source,
    source_date
from {{ ref('stg_registry__units') }}
