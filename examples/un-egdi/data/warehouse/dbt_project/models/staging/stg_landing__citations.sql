with source as (
    select * from {{ source('landing', 'citations') }}
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
        is_own,
        number,
        cited_date,
        raw_text
    from source
)

select * from renamed
