with source as (
    select * from {{ source('landing', 'unusable_rows') }}
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
        reason,
        cells
    from source
)

select * from renamed
