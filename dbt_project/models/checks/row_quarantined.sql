with unusable as (
    select
        part.version_id,
        unusable.*,
        coalesce({{ first_text('unusable.cells') }}, '') as first_text
    from {{ source('landing', 'unusable_rows') }} as unusable
    inner join {{ ref('int_version_part') }} as part
        on unusable.submission_id = part.submission_id and unusable.annex is not distinct from part.annex
    where unusable.reason not in ('struck_out', 'hidden_repeated')
),

checked as (
    select
        version_id,
        submission_id,
        annex,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        cell,
        'row' as field,
        {{ no_unit() }},
        1 as occurrences,
        first_text,
        {{ strung('cells', ' | ') }} as row_text,
        reason as why
    from unusable
)

{{ check_result(
    'checked', subject="concat_ws('/', annex, first_text)", stated='row_text', expected='cast(null as string)', reason='why',
    is_passed='false', place_order='row_number'
) }}
