with source as (
    select * from {{ ref('corrections') }}
)

select
    coalesce(correction_id, concat_ws('/', index_code, year, unit_code, field)) as correction_id,
    index_code,
    year,
    coalesce(kind, 'published') as kind,
    unit_code,
    field,
    replace(expect, ',', '.') as expect,
    replace(corrected, ',', '.') as corrected,
    try_cast(replace(expect, ',', '.') as decimal(38, 18)) as expect_figure,
    try_cast(replace(corrected, ',', '.') as decimal(38, 18)) as corrected_figure,
    decided_by,
    decided_on,
    authority,
    why,
    withdrawn_on
from source
