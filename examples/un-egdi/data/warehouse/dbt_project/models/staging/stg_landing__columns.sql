with source as (
    select * from {{ source('landing', 'columns') }}
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
        header,
        role,
        target,
        stated_max
    from source
)

select * from renamed
