with source as (
    select * from {{ source('landing', 'replies') }}
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
        reply_order,
        finding_id,
        written_kind,
        reply,
        text,
        proposed,
        replied_by,
        written_day,
        replied_on
    from source
)

select * from renamed
