-- Each header of a score table: a wording that the registry of labels knows, or not.
with header as (
    select
        annex.edition_id,
        header.*,
        header.role <> 'unknown' as is_known,
        count(*) over (partition by annex.edition_id, {{ name_key('header.header') }}) as occurrences
    from {{ ref('stg_landing__columns') }} as header
    inner join {{ ref('int_edition_annex') }} as annex
        on header.submission_id = annex.submission_id and header.annex is not distinct from annex.annex
    qualify row_number() over (
        partition by annex.edition_id, {{ name_key('header.header') }} order by is_known, header.submission_id, header.table_order
    ) = 1
),

judged as (
    select
        *,
        'column' as field,
        header as column_name,
        cast(null as varchar) as tier,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as written_name,
        cast(null as integer) as position
    from header
)

select
    {{ address('judged') }},
    {{ judgement(subject='header', stated='header', expected='case when is_known then header end', holds='is_known') }}
from judged
