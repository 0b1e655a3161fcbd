select
    version_id,
    assessment_key as chain_key,
    assessment_key,
    index_code,
    year,
    kind,
    province_code,
    version_order,
    last_submission_id,
    valid_from,
    is_current
from {{ ref('int_version') }}
union all
select
    version_id,
    chain_key,
    assessment_key,
    index_code,
    year,
    kind,
    province_code,
    version_order,
    submission_id,
    valid_from,
    is_current
from {{ ref('int_file_version') }}
