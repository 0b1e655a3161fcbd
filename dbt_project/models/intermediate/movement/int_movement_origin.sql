with pair as (
    select distinct year, previous_year from {{ ref('int_movement_year') }}
    where previous_year is not null
),

unit as (
    select * from {{ ref('stg_registry__units') }}
),

followed as (
    select
        pair.year,
        pair.previous_year,
        unit.unit_key,
        origin.unit_key as origin_key,
        count(*) over (partition by pair.year, pair.previous_year, unit.unit_key) as origins,
        count(*) over (partition by pair.year, pair.previous_year, origin.unit_key) as successors
    from pair
    inner join unit on {{ valid_in('unit', 'pair.year') }}
    inner join {{ ref('int_movement_lineage') }} as lineage on unit.unit_key = lineage.unit_key
    inner join unit as origin on lineage.ancestor_key = origin.unit_key and {{ valid_in('origin', 'pair.previous_year') }}
)

select
    *,
    origins = 1 and successors = 1 as is_same
from followed
