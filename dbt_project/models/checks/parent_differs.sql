with checked as (
    select
        cell.*,
        unit_row.stated_parent_name,
        parent.unit_name as parent_name
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
    inner join {{ ref('int_unit_year') }} as parent
        on unit_row.parent_code = parent.unit_code and unit_row.year = parent.year
    where cell.is_checked and cell.field = 'parent' and unit_row.stated_parent_code is not null and cell.unit_key is not null
)

{{ check_result('checked', stated='stated_parent_name', expected='parent_name', materiality="'none'") }}
