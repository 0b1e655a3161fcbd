with source as (
    select * from {{ source('landing', 'statements') }}
),

renamed as (
    select
        submission_id,
        annex,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        cell,
        position,
        statement_order,
        written_unit,
        level,
        units,
        out_of,
        raw_text,
        printed_number,
        number_column,
        number_cell
    from source
)

select * from renamed
