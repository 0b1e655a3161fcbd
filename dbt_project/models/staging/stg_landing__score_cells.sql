with source as (
    select * from {{ source('landing', 'score_cells') }}
),

renamed as (
    select
        submission_id || ':' || row_order as row_id,
        submission_id,
        annex,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        cell,
        table_order,
        row_order,
        position,
        role,
        target,
        header,
        raw_text,
        number,
        meaning,
        flaw,
        flaw_reason,
        doubt
    from source
)

select * from renamed
