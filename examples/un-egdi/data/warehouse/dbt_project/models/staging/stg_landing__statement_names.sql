with source as (
    select * from {{ source('landing', 'statement_names') }}
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
        name_order,
        written_name
    from source
)

select * from renamed
