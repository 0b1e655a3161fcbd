with summarised as (
    select
        version_id,
        unit_key,
        tier,
        {{ first_by('statement_id', '(annex, position, statement_order)') }} as statement_id
    from {{ ref('int_version_statement') }}
    where unit_key is not null
    group by 1, 2, 3
),

summary as (
    select
        version_id,
        tier,
        min(statement_id) as first_statement_id,
        count(*) as units
    from summarised
    group by 1, 2
),

-- A row of the summary that could not be used may well be the one, and then nothing is said.
unusable as (
    select version_id from {{ ref('int_version_statement') }}
    where unit_key is null
    union
    select part.version_id
    from {{ source('landing', 'unusable_rows') }} as unusable_row
    inner join {{ ref('int_version_part') }} as part
        on unusable_row.submission_id = part.submission_id and unusable_row.annex is not distinct from part.annex
    inner join {{ ref('int_version_statement') }} as statement
        on
            part.version_id = statement.version_id
            and part.submission_id = statement.submission_id
            and part.annex is not distinct from statement.annex
),

parent as (
    select
        unit.version_id,
        parent.unit_key,
        parent.unit_code,
        parent.unit_name,
        parent.tier,
        count(*) as units
    from {{ ref('int_version_unit') }} as unit
    inner join {{ ref('int_row_stated') }} as stated on unit.row_id = stated.row_id
    inner join {{ ref('int_unit_year') }} as parent on unit.year = parent.year and unit.parent_code = parent.unit_code
    where stated.level <> 'unranked'
    group by 1, 2, 3, 4, 5
),

compared as (
    select
        parent.*,
        coalesce(summarised.statement_id, summary.first_statement_id) as statement_id,
        summarised.statement_id is not null as is_there
    from parent
    inner join summary on parent.version_id = summary.version_id and parent.tier = summary.tier
    left join summarised on parent.version_id = summarised.version_id and parent.unit_key = summarised.unit_key
    where summary.units > 1 and parent.version_id not in (select version_id from unusable)
),

-- A row that is not there has no place but its annex.
checked as (
    select
        compared.version_id,
        statement.submission_id,
        compared.tier,
        compared.unit_key,
        compared.unit_code,
        compared.unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        'summary' as field,
        statement.annex,
        case when compared.is_there then statement.position end as position,
        statement.page_or_sheet,
        statement.table_number,
        case when compared.is_there then statement.row_number end as row_number,
        case when compared.is_there then statement.column_number end as column_number,
        cast(null as string) as column_name,
        case when compared.is_there then statement.cell end as cell,
        1 as occurrences,
        case when compared.is_there then cast(compared.units as string) end as stated,
        cast(compared.units as string) as expected
    from compared
    inner join {{ ref('int_statement') }} as statement on compared.statement_id = statement.statement_id
)

{{ check_result('checked', materiality="'none'") }}
