with listing as (
    select version_id, unit_code as parent_code, level, unknown_units, statement_id
    from {{ ref('int_summary_level') }}
    where names_listed is not null and has_detail
),

listed as (
    select
        listing.version_id,
        coalesce(name.unit_key, 'written ' || {{ name_key('name.written_name') }} || '|' || listing.parent_code) as listed_key,
        name.statement_id,
        name.level,
        name.written_name,
        name.unit_key,
        listing.unknown_units,
        name.statement_order,
        name.name_order
    from listing
    inner join {{ ref('int_statement') }} as first_statement on listing.statement_id = first_statement.statement_id
    inner join {{ ref('int_statement') }} as statement
        on
            first_statement.submission_id = statement.submission_id
            and first_statement.annex is not distinct from statement.annex
            and first_statement.position = statement.position
            and first_statement.unit_key = statement.unit_key
            and listing.level = statement.level
    inner join {{ ref('int_statement_name') }} as name on statement.statement_id = name.statement_id
),

counted as (
    select
        *,
        count(*) over (partition by version_id, listed_key) as times
    from listed
),

detailed as (
    select
        unit.version_id,
        unit.unit_key,
        unit.parent_code,
        stated.level
    from {{ ref('int_version_unit') }} as unit
    inner join {{ ref('int_row_stated') }} as stated on unit.row_id = stated.row_id
    where stated.has_level
),

-- A unit is asked for where it is listed, or where its parent lists names for the level that the detail gives it.
compared as (
    select
        coalesce(listed.version_id, detailed.version_id) as version_id,
        coalesce(listed.unit_key, detailed.unit_key) as unit_key,
        coalesce(listed.statement_id, listing.statement_id) as statement_id,
        listed.written_name as listed_name,
        listed.level as stated,
        detailed.level as expected,
        coalesce(listed.times, 1) as times
    from {{ first_of('counted', 'version_id, listed_key', 'statement_order, name_order') }} as listed
    full join detailed on listed.version_id = detailed.version_id and listed.listed_key = detailed.unit_key
    left join listing
        on
            detailed.version_id = listing.version_id
            and detailed.parent_code = listing.parent_code
            and detailed.level = listing.level
    where
        (listed.statement_id is not null or listing.statement_id is not null)
        -- The detail may well hold it, in a row whose unit is not known.
        and not (detailed.unit_key is null and listed.unknown_units > 0)
),

checked as (
    select
        compared.version_id,
        statement.submission_id,
        unit.tier,
        compared.unit_key,
        unit.unit_code,
        unit.unit_name,
        compared.listed_name as written_name,
        case when compared.unit_key is null then statement.written_unit end as written_parent,
        'summary' as field,
        statement.annex,
        statement.position,
        statement.page_or_sheet,
        statement.table_number,
        statement.row_number,
        statement.column_number,
        cast(null as string) as column_name,
        statement.cell,
        compared.times as occurrences,
        compared.stated,
        compared.expected
    from compared
    inner join {{ ref('int_statement') }} as statement on compared.statement_id = statement.statement_id
    left join {{ ref('int_unit_year') }} as unit on compared.unit_key = unit.unit_key and statement.year = unit.year
)

{{ check_result('checked', materiality="'none'") }}
