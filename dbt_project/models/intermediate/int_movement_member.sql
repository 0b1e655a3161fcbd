-- Every unit under each parent that it counts for: the one next above (is_direct), and the province that it lies in. One row
-- per index, year, unit and parent; of units outside any, without a parent. next_parent_key: the one next above.
with result as (
    select
        *,
        parent_key as next_parent_key
    from {{ ref('int_movement_result') }}
)

select *, true as is_direct from result
union all
select * replace (province_code as parent_code, province_key as parent_key), false as is_direct from result
where province_code is not null and province_code is distinct from parent_code
