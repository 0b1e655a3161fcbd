with source as (
    select * from {{ source('landing', 'titles') }}
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
        table_order,
        title
    from source
)

select * from renamed
