-- What a person sees and the reading cannot take for certain, or sees otherwise than the file stores it: one row per edition,
-- code and place. A doubt about a cell of a unit's row stands at that cell; numbers that a whole column shows rounded are one.
with doubt as (
    select * from {{ ref('stg_landing__doubts') }}
),

of_cell as (
    select
        {{ address('cell') }},
        doubt.code,
        doubt.reason,
        doubt.stored,
        doubt.shown,
        '' as subject
    from {{ ref('int_edition_cell') }} as cell
    inner join doubt using (row_id, field)
    where cell.is_judged
),

elsewhere as (
    select
        annex.edition_id,
        doubt.submission_id,
        cast(null as varchar) as tier,
        cast(null as varchar) as unit_key,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name,
        cast(null as varchar) as written_name,
        doubt.field,
        doubt.annex,
        cast(null as integer) as position,
        doubt.page_or_sheet,
        doubt.table_number,
        doubt.row_number,
        doubt.column_number,
        doubt.header as column_name,
        doubt.cell,
        1 as occurrences,
        doubt.code,
        doubt.reason,
        doubt.stored,
        doubt.shown,
        concat_ws('/', doubt.annex, coalesce(doubt.header, doubt.page_or_sheet)) as subject
    from doubt
    inner join {{ ref('int_edition_annex') }} as annex
        on doubt.submission_id = annex.submission_id and doubt.annex is not distinct from annex.annex
    where doubt.row_id is null
),

every as (
    select *, if(code = 'shown_rounded', concat_ws('/', annex, column_name), coalesce(unit_key, '') || coalesce(written_name, '')) as fact
    from of_cell
    union all
    select *, '' as fact from elsewhere
)

select
    * exclude (occurrences, fact),
    cast(count(*) over same_fact as integer) as occurrences
from every
window same_fact as (partition by edition_id, code, field, subject, fact)
qualify
    row_number() over (
        partition by edition_id, code, field, subject, fact order by submission_id, table_number, row_number
    ) = 1
