with checked as (
    select
        {{ file_address('file') }},
        file.between_what,
        file.refusal is distinct from 'rule_missing' as is_given
    from {{ ref('int_file_version') }} as file
    where file.is_about and file.unreadable_reason is null
)

{{ check_result(
    'checked', subject='written_name', stated='written_name', expected='case when is_given then written_name end',
    detail='between_what', is_passed='is_given'
) }}
