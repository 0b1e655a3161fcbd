-- What is now believed of each unit and year, scored or not, with what movement asks of it: one row per index, year and
-- unit. province_key: the province among whose units it is ranked; level_order: 1 is best, `unranked` one below the last;
-- level_state: its level, or `missing`; null where the index has no levels in the year.
with result as (
    select * from {{ ref('int_revision_result') }}
    where kind = 'published' and known_to is null
),

rung as (
    select distinct
        result.index_code,
        result.year,
        result.tier,
        rule.level,
        rule.level_order
    from result
    inner join {{ ref('level_rules') }} as rule
        on result.index_code = rule.index_code and result.tier = rule.tier and {{ in_force('rule', 'result.year') }}
),

below as (
    select
        index_code,
        year,
        tier,
        1 + max(level_order) as level_order
    from rung
    group by all
)

select
    result.index_code,
    result.year,
    result.tier,
    result.unit_key,
    result.unit_code,
    result.parent_code,
    parent.unit_key as parent_key,
    nullif(result.province_code, result.unit_code) as province_code,
    province.unit_key as province_key,
    result.result_status,
    result.row_id,
    result.rank_in_province as rank,
    result.level_computed as level,
    case result.level_computed when 'unranked' then below.level_order else rung.level_order end as level_order,
    case
        when below.level_order is null then null
        when result.result_status = 'counted_only' then 'unranked'
        else coalesce(result.level_computed, 'missing')
    end as level_state
from result
left join {{ ref('units') }} as parent on result.parent_code = parent.unit_code and {{ valid_in('parent', 'result.year') }}
left join {{ ref('units') }} as province
    on
        nullif(result.province_code, result.unit_code) = province.unit_code
        and {{ valid_in('province', 'result.year') }}
left join below
    on result.index_code = below.index_code and result.year = below.year and result.tier = below.tier
left join rung
    on
        result.index_code = rung.index_code
        and result.year = rung.year
        and result.tier = rung.tier
        and result.level_computed = rung.level
