-- Each parent of units that the detail ranks, beside the summary's rows: where a summary speaks of parents, it has a row for
-- each. A row of the summary that could not be used may well be the one, and then nothing is said.
with spoken_of as (
    select
        edition_id,
        unit_key,
        min_by(statement_id, (annex, position, statement_order)) as statement_id
    from {{ ref('int_edition_statement') }}
    where unit_key is not null
    group by all
),

summary as (
    select
        spoken_of.edition_id,
        unit.tier,
        min(spoken_of.statement_id) as first_statement_id,
        count(*) as units
    from spoken_of
    inner join {{ ref('int_unit') }} as unit using (unit_key)
    group by all
),

unusable as (
    select edition_id from {{ ref('int_edition_statement') }}
    where unit_key is null
    union
    select annex.edition_id
    from {{ ref('stg_landing__unusable_rows') }} as unusable_row
    inner join {{ ref('int_edition_annex') }} as annex
        on unusable_row.submission_id = annex.submission_id and unusable_row.annex is not distinct from annex.annex
    inner join {{ ref('int_edition_statement') }} as statement
        on
            annex.edition_id = statement.edition_id
            and annex.submission_id = statement.submission_id
            and annex.annex is not distinct from statement.annex
),

parent as (
    select
        unit.edition_id,
        parent.unit_key,
        parent.unit_code,
        parent.unit_name,
        parent.tier,
        count(*) as units
    from {{ ref('int_edition_unit') }} as unit
    inner join {{ ref('int_row_stated') }} as stated using (row_id)
    inner join {{ ref('int_unit_year') }} as parent on unit.year = parent.year and unit.parent_code = parent.unit_code
    where stated.level <> 'unranked'
    group by all
),

compared as (
    select
        parent.* exclude (tier),
        coalesce(spoken_of.statement_id, summary.first_statement_id) as statement_id,
        spoken_of.statement_id is not null as is_there
    from parent
    inner join summary on parent.edition_id = summary.edition_id and parent.tier = summary.tier
    anti join unusable on parent.edition_id = unusable.edition_id
    left join spoken_of on parent.edition_id = spoken_of.edition_id and parent.unit_key = spoken_of.unit_key
    where summary.units > 1
),

placed as (
    select
        compared.edition_id,
        compared.unit_key,
        compared.unit_code,
        compared.unit_name,
        compared.units,
        compared.is_there,
        {{ summary_address() }}
    from compared
    inner join {{ ref('int_statement') }} as statement using (statement_id)
    inner join {{ ref('int_unit') }} as unit on compared.unit_key = unit.unit_key
),

-- A row that is not there has no place but its annex.
judged as (
    select
        * replace (
            cast(null as varchar) as written_name,
            case when is_there then position end as position,
            case when is_there then row_number end as row_number,
            case when is_there then column_number end as column_number,
            case when is_there then cell end as cell
        ),
        case when is_there then cast(units as varchar) end as stated,
        cast(units as varchar) as expected
    from placed
)

select
    {{ address('judged') }},
    {{ judgement() }}
from judged
