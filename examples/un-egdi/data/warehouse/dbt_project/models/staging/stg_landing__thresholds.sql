with source as (
    select * from {{ source('landing', 'thresholds') }}
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
        level,
        pillar,
        min_total,
        raw_text
    from source
)

select * from renamed
