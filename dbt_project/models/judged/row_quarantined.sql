-- Each row that stands among unit rows and cannot be one.
with judged as (
    select
        annex.edition_id,
        unusable.* exclude (reason),
        unusable.reason as why,
        coalesce(list_filter(unusable.cells, lambda text: text <> '')[1], '') as first_text,
        'row' as field,
        cast(null as varchar) as column_name,
        cast(null as varchar) as tier,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as written_name,
        cast(null as integer) as position,
        cast(count(*) over same_row as integer) as occurrences
    from {{ ref('stg_landing__unusable_rows') }} as unusable
    inner join {{ ref('int_edition_annex') }} as annex
        on unusable.submission_id = annex.submission_id and unusable.annex is not distinct from annex.annex
    where unusable.reason not in ('struck_out', 'hidden_repeated')  -- these are told by checks of their own
    window same_row as (partition by annex.edition_id, unusable.annex, first_text)
    qualify row_number() over (
        partition by annex.edition_id, unusable.annex, first_text order by unusable.submission_id, unusable.row_number
    ) = 1
)

select
    {{ address('judged') }},
    {{ judgement(
        subject="concat_ws('/', annex, first_text)", stated="array_to_string(cells, ' | ')", expected='cast(null as varchar)',
        reason='why', holds='false'
    ) }}
from judged
