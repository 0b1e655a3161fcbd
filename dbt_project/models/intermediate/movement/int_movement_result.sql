with result as (
    select * from {{ ref('int_unit_result') }}
    where is_current and (kind = 'published' or {{ is_draft('kind') }})
),

level as (
    select distinct index_code, year, tier, level, level_order from {{ ref('int_rule_level') }}
),

below as (
    select index_code, year, tier, 1 + max(level_order) as level_order from level
    group by 1, 2, 3
)

select
    result.assessment_key,
    result.index_code,
    result.year,
    result.kind,
    result.tier,
    result.unit_key,
    result.unit_code,
    result.parent_code,
    parent.unit_key as parent_key,
    nullif(result.province_code, result.unit_code) as province_code,
    province.unit_key as province_key,
    result.result_status,
    result.row_id,
    result.corrections,
    result.rank_in_province as rank,
    result.level_computed as level,
    case result.level_computed when 'unranked' then below.level_order else level.level_order end as level_order,
    case
        when below.level_order is null then null
        when result.result_status = 'counted_only' then 'unranked'
        else coalesce(result.level_computed, 'missing')
    end as level_state
from result
left join {{ ref('int_unit_year') }} as parent on result.year = parent.year and result.parent_code = parent.unit_code
left join {{ ref('int_unit_year') }} as province
    on result.year = province.year and nullif(result.province_code, result.unit_code) = province.unit_code
left join below on result.index_code = below.index_code and result.year = below.year and result.tier = below.tier
left join level
    on
        result.index_code = level.index_code
        and result.year = level.year
        and result.tier = level.tier
        and result.level_computed = level.level
