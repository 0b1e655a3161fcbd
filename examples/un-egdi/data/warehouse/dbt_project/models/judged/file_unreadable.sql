-- Each file that arrived: read, or not and why.
with judged as (
    select
        edition_id,
        submission_id,
        cast(null as varchar) as tier,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        file_name as written_name,
        'file' as field,
        cast(null as varchar) as annex,
        cast(null as integer) as position,
        cast(null as varchar) as page_or_sheet,
        cast(null as integer) as table_number,
        cast(null as integer) as row_number,
        cast(null as integer) as column_number,
        cast(null as varchar) as column_name,
        cast(null as varchar) as cell,
        1 as occurrences,
        unreadable_reason,
        is_unread
    from {{ ref('int_file_edition') }}
    qualify row_number() over (partition by edition_id, file_name order by is_unread desc, delivered_on desc) = 1
)

select
    {{ address('judged') }},
    {{ judgement(
        subject='written_name', stated='written_name', expected='case when not is_unread then written_name end',
        reason='case when is_unread then unreadable_reason end', holds='not is_unread'
    ) }}
from judged
