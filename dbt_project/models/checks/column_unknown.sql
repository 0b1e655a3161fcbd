with header as (
    select
        part.version_id,
        header.*,
        header.role <> 'unknown' as is_known,
        count(*) over (partition by part.version_id, {{ name_key('header.header') }}) as times,
        {{ name_key('header.header') }} as header_key
    from {{ source('landing', 'columns') }} as header
    inner join {{ ref('int_version_part') }} as part
        on header.submission_id = part.submission_id and header.annex is not distinct from part.annex
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
        table_order,
        header,
        is_known,
        cast(null as string) as tier,
        cast(null as string) as unit_key,
        cast(null as string) as unit_code,
        cast(null as string) as unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        cast(null as integer) as position,
        header as column_name,
        'column' as field,
        times as occurrences
    from {{ first_of('header', 'version_id, header_key', 'is_known, submission_id, table_order') }} as header
)

{{ check_result(
    'checked', subject='header', stated='header', expected='case when is_known then header end', is_passed='is_known'
) }}
