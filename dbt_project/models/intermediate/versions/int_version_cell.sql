with unit_row as (
    select
        *,
        {{ single_spaced('written_unit') }} as written_name,
        {{ single_spaced('written_parent') }} as written_parent_name
    from {{ ref('int_row') }}
)

select
    shown.version_id,
    shown.row_id,
    shown.submission_id,
    unit_row.tier,
    unit_row.unit_key,
    unit_row.unit_code,
    unit_row.unit_name,
    unit_row.written_name,
    unit_row.written_parent_name as written_parent,
    cell.field,
    unit_row.annex,
    unit_row.position,
    cell.page_or_sheet,
    cell.table_number,
    cell.row_number,
    cell.column_number,
    cell.column_name,
    cell.cell,
    cell.text,
    cell.figure,
    cell.flaw,
    cell.flaw_reason,
    cell.is_without_column,
    shown.occurrences,
    shown.is_taken or shown.unit_key is null as is_checked
from {{ ref('int_version_row') }} as shown
inner join unit_row on shown.row_id = unit_row.row_id
inner join {{ ref('int_row_cell') }} as cell on shown.row_id = cell.row_id
-- What a later document says of the year is judged against the published figures alone (restated_differs).
where unit_row.kind is distinct from 'restated'
