select
    index_code,
    field,
    name_vi,
    name_en
from {{ ref('int_field') }}
