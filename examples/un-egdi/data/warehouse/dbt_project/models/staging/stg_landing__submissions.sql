with source as (
    select * from {{ source('landing', 'submissions') }}
),

document as (
    select * from {{ source('landing', 'documents') }}
),

renamed as (
    select
        source.submission_id,
        source.file_name,
        document.format,
        source.year,
        coalesce(source.kind, document.written_kind) as kind,
        source.received_on,
        source.ledger_order,
        source.is_ledgered,
        source.sender,
        source.note,
        document.index_code,
        document.title,
        document.title_year,
        document.written_province,
        document.decision_number,
        document.decision_date,
        document.rows_seen,
        document.unreadable_reason,
        document.unreadable_vi,
        document.unreadable_en
    from source
    inner join document using (submission_id)
)

select * from renamed
