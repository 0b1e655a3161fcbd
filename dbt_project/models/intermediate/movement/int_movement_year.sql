with scored as (
    select distinct
        'unit' as scope,
        index_code,
        year,
        kind,
        tier,
        unit_key
    from {{ ref('int_movement_result') }}
    where result_status = 'scored'
    union all
    select distinct
        'province',
        index_code,
        year,
        kind,
        tier,
        province_key
    from {{ ref('int_movement_result') }}
    where kind = 'published' and result_status = 'scored'
),

followed as (
    select unit_key, ancestor_key from {{ ref('int_movement_lineage') }}
    union all
    select null, null
),

compared as (
    select
        scored.scope,
        scored.index_code,
        scored.year,
        scored.kind,
        scored.tier,
        scored.unit_key,
        max(earlier.year) as previous_year
    from scored
    inner join followed on scored.unit_key is not distinct from followed.unit_key
    inner join scored as earlier
        on
            followed.ancestor_key is not distinct from earlier.unit_key
            and scored.scope = earlier.scope
            and scored.index_code = earlier.index_code
            and scored.tier = earlier.tier
            and scored.year > earlier.year
            and earlier.kind = 'published'
    group by 1, 2, 3, 4, 5, 6
)

select
    scored.*,
    compared.previous_year
from scored
left join compared
    on
        scored.scope = compared.scope
        and scored.index_code = compared.index_code
        and scored.year = compared.year
        and scored.kind = compared.kind
        and scored.tier = compared.tier
        and scored.unit_key is not distinct from compared.unit_key
