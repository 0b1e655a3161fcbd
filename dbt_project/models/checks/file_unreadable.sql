with checked as (
    select
        {{ file_address('file') }},
        file.unreadable_reason
    from {{ ref('int_file_version') }} as file
    where file.is_about
)

{{ check_result(
    'checked', subject='written_name', stated='written_name',
    expected='case when unreadable_reason is null then written_name end', reason='unreadable_reason',
    is_passed='unreadable_reason is null'
) }}
