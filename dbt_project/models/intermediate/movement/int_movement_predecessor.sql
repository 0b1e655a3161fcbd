with scored as (
    select * from {{ ref('int_movement_result') }}
    where result_status = 'scored'
)

select
    compared.index_code,
    compared.year,
    compared.kind,
    compared.tier,
    compared.unit_key,
    compared.previous_year,
    origin.origin_key,
    origin.origins,
    origin.successors,
    previous.row_id as previous_row_id,
    previous.corrections as previous_corrections,
    previous.province_key as previous_province_key,
    previous.rank as previous_rank,
    previous.level as previous_level,
    previous.level_order as previous_level_order
from {{ ref('int_movement_year') }} as compared
inner join {{ ref('int_movement_origin') }} as origin
    on
        compared.year = origin.year
        and compared.previous_year = origin.previous_year
        and compared.unit_key = origin.unit_key
left join scored as previous
    on
        compared.index_code = previous.index_code
        and compared.tier = previous.tier
        and compared.previous_year = previous.year
        and origin.origin_key = previous.unit_key
        and previous.kind = 'published'
where compared.scope = 'unit'
