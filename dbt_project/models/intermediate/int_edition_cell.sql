-- Every cell of an edition's unit rows that a check may point at, with its address: one row per edition, unit row and field.
-- is_judged: the row is the one that the edition takes of its unit, or its unit is not known.
with figure as (
    select
        row_id,
        field,
        column_number,
        column_name,
        cell,
        raw_text,
        figure,
        flaw,
        flaw_reason,
        page_or_sheet,
        table_number,
        row_number
    from {{ ref('int_row_figure') }}
),

word as (
    select
        row_id,
        role as field,
        column_number,
        header as column_name,
        cell,
        raw_text,
        {{ figure('number') }} as figure,
        flaw,
        flaw_reason,
        page_or_sheet,
        table_number,
        row_number
    from {{ ref('stg_landing__score_cells') }}
    where role in ('unit', 'parent', 'number', 'level', 'rank')
    qualify row_number() over (partition by row_id, role order by column_number) = 1
),

cell as (
    select * from figure
    union all
    select * from word
)

select
    edition_row.edition_id,
    edition_row.row_id,
    edition_row.submission_id,
    unit_row.tier,
    unit_row.unit_key,
    unit_row.unit_code,
    unit_row.unit_name,
    {{ single_spaced('unit_row.written_unit') }} as written_name,
    cell.field,
    unit_row.annex,
    unit_row.position,
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
    coalesce(taken.occurrences, 1) as occurrences,
    taken.row_id is not null or unit_row.unit_key is null as is_judged
from {{ ref('int_edition_row') }} as edition_row
inner join {{ ref('int_row') }} as unit_row using (row_id)
inner join cell using (row_id)
left join {{ ref('int_edition_unit') }} as taken
    on edition_row.edition_id = taken.edition_id and edition_row.row_id = taken.row_id
