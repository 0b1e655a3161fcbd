-- How each scored unit can be compared with its last scored year: one row per index, year and scored unit. is_measured:
-- all that it comes from was scored, so that its changes can be told; is_ranked_alike: it is one and the same unit in one
-- and the same province, so that rank and level can be compared too.
with predecessor as (
    select
        index_code,
        year,
        tier,
        unit_key,
        max(origins) as origins,
        max(heirs) as heirs,
        count(previous_row_id) as origins_scored,
        string_agg(origin_key, ', ' order by origin_key) as previous_unit_keys,
        any_value(previous_province_key) filter (where origins = 1) as previous_province_key,
        any_value(previous_rank) filter (where origins = 1) as previous_rank,
        any_value(previous_level) filter (where origins = 1) as previous_level,
        any_value(previous_level_order) filter (where origins = 1) as previous_level_order
    from {{ ref('int_movement_predecessor') }}
    group by all
),

followed as (
    select
        result.*,
        compared.previous_year,
        predecessor.* exclude (index_code, year, tier, unit_key),
        rule.is_rule_changed
    from {{ ref('int_movement_result') }} as result
    inner join {{ ref('int_movement_year') }} as compared
        on
            result.index_code = compared.index_code
            and result.year = compared.year
            and result.tier = compared.tier
            and result.unit_key = compared.unit_key
            and compared.scope = 'unit'
    left join predecessor
        on
            result.index_code = predecessor.index_code
            and result.year = predecessor.year
            and result.tier = predecessor.tier
            and result.unit_key = predecessor.unit_key
    left join {{ ref('int_movement_rule') }} as rule
        on
            result.index_code = rule.index_code
            and result.tier = rule.tier
            and result.year = rule.year
            and compared.previous_year = rule.previous_year
    where result.result_status = 'scored'
)

select
    followed.*,
    case
        when followed.previous_year is null then 'first_year'
        when followed.origins > 1 then 'merged'
        when followed.heirs > 1 then 'split'
        when followed.is_rule_changed then 'rule_changed'
        else 'same_unit'
    end as comparison,
    coalesce(followed.origins = followed.origins_scored, false) as is_measured,
    coalesce(province.is_same, followed.province_key is null and followed.previous_province_key is null) as is_same_province,
    comparison in ('rule_changed', 'same_unit') and is_same_province as is_ranked_alike
from followed
left join {{ ref('int_movement_origin') }} as province
    on
        followed.year = province.year
        and followed.previous_year = province.previous_year
        and followed.province_key = province.unit_key
        and followed.previous_province_key = province.origin_key
