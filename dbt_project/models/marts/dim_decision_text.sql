select
    index_code,
    province_code,
    part,
    line,
    text,
    valid_from_year,
    valid_to_year,
    source
from {{ ref('decision_texts') }}
