with checked as (
    select
        cell.*,
        case
            when stated.is_absent_row then true
            when cell.field = 'level' then cell.text <> ''
            else cell.figure is not null or cell.flaw is not null
        end as is_present
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row_stated') }} as stated on cell.row_id = stated.row_id
    where
        cell.is_checked
        and not cell.is_without_column
        and (
            cell.field in (select field from {{ ref('int_rule_part') }} where component is not null and not is_bonus)
            or (cell.field in (select pillar || '_total' from {{ ref('pillars') }}) and cell.text is not null)
            or (cell.field = 'level' and cell.row_id in (select row_id from {{ ref('int_row_level') }}))
        )
)

{{ check_result('checked', stated='text', expected='case when is_present then text end', is_passed='is_present') }}
