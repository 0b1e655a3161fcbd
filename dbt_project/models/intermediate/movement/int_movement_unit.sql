with predecessor as (
    select
        index_code,
        year,
        kind,
        tier,
        unit_key,
        max(origins) as origins,
        max(successors) as successors,
        count(previous_row_id) as origins_scored,
        {{ joined('origin_key', ', ', 'origin_key') }} as previous_unit_keys,
        max(case when origins = 1 then previous_province_key end) as previous_province_key,
        max(case when origins = 1 then previous_rank end) as previous_rank,
        max(case when origins = 1 then previous_level end) as previous_level,
        max(case when origins = 1 then previous_level_order end) as previous_level_order
    from {{ ref('int_movement_predecessor') }}
    group by 1, 2, 3, 4, 5
),

followed as (
    select
        result.*,
        compared.previous_year,
        predecessor.origins,
        predecessor.successors,
        predecessor.origins_scored,
        predecessor.previous_unit_keys,
        predecessor.previous_province_key,
        predecessor.previous_rank,
        predecessor.previous_level,
        predecessor.previous_level_order,
        rule.is_rule_changed,
        case
            when compared.previous_year is null then 'first_year'
            when predecessor.origins > 1 then 'merged'
            when predecessor.successors > 1 then 'split'
            when rule.is_rule_changed then 'rule_changed'
            else 'same_unit'
        end as comparison
    from {{ ref('int_movement_result') }} as result
    inner join {{ ref('int_movement_year') }} as compared
        on
            result.index_code = compared.index_code
            and result.year = compared.year
            and result.kind = compared.kind
            and result.tier = compared.tier
            and result.unit_key = compared.unit_key
            and compared.scope = 'unit'
    left join predecessor
        on
            result.index_code = predecessor.index_code
            and result.year = predecessor.year
            and result.kind = predecessor.kind
            and result.tier = predecessor.tier
            and result.unit_key = predecessor.unit_key
    left join {{ ref('int_movement_rule') }} as rule
        on
            result.index_code = rule.index_code
            and result.tier = rule.tier
            and result.year = rule.year
            and compared.previous_year = rule.previous_year
    where result.result_status = 'scored'
),

placed as (
    select
        followed.*,
        coalesce(province.is_same, followed.province_key is null and followed.previous_province_key is null)
            as is_same_province
    from followed
    left join {{ ref('int_movement_origin') }} as province
        on
            followed.year = province.year
            and followed.previous_year = province.previous_year
            and followed.province_key = province.unit_key
            and followed.previous_province_key = province.origin_key
)

select
    *,
    coalesce(origins = origins_scored, false) as is_measured,
    comparison in ('rule_changed', 'same_unit') and is_same_province as is_ranked_alike
from placed
