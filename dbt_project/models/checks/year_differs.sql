with checked as (
    select
        {{ file_address('file') }},
        {{ exact('file.title_year') }} as stated,
        {{ exact('file.year') }} as expected
    from {{ ref('int_file_version') }} as file
    where file.is_about and file.title_year is not null
)

{{ check_result('checked', subject='written_name', difference='stated - expected') }}
