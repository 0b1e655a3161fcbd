with word as (
    select
        row_id,
        role as field,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        header as column_name,
        cell,
        raw_text,
        {{ exact('number') }} as figure,
        flaw,
        flaw_reason,
        false as is_without_column
    from {{ first_of(
        ref('stg_landing__score_cells'), 'row_id, role', 'column_number',
        where="role in ('unit', 'parent', 'number', 'level', 'rank')"
    ) }} as cell
),

cell as (
    select
        row_id,
        field,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        column_name,
        cell,
        raw_text,
        figure,
        flaw,
        flaw_reason,
        is_without_column
    from {{ ref('int_row_figure') }}
    union all
    select * from word
)

select
    unit_row.row_id,
    cell.field,
    coalesce(cell.page_or_sheet, unit_row.page_or_sheet) as page_or_sheet,
    coalesce(cell.table_number, unit_row.table_number) as table_number,
    coalesce(cell.row_number, unit_row.row_number) as row_number,
    cell.column_number,
    cell.column_name,
    cell.cell,
    {{ single_spaced('cell.raw_text') }} as text,
    cell.figure,
    cell.flaw,
    cell.flaw_reason,
    cell.is_without_column
from cell
inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
