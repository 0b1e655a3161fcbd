-- The level that the summary lists each unit under, beside the level that the detailed annex states for it; for the parents
-- and levels whose statements list names.
with listing as (
    select
        summary.edition_id,
        summary.unit_code as parent_code,
        summary.level,
        summary.unknown_units,
        summary.statement_id
    from {{ ref('int_summary_level') }} as summary
    where summary.names_listed is not null and summary.has_detail
),

listed as (
    select
        listing.edition_id,
        coalesce(name.unit_key, 'written ' || {{ name_key('name.written_name') }}) as name_key,
        listing.statement_id,
        name.level,
        name.written_name,
        name.unit_key,
        listing.unknown_units,
        count(*) over (partition by listing.edition_id, name_key) as occurrences
    from listing
    inner join {{ ref('int_statement_name') }} as name using (statement_id)
    qualify row_number() over (partition by listing.edition_id, name_key order by name.statement_order, name.name_order) = 1
),

detailed as (
    select
        unit.edition_id,
        unit.unit_key as name_key,
        unit.unit_key,
        unit.parent_code,
        stated.level
    from {{ ref('int_edition_unit') }} as unit
    inner join {{ ref('int_row_stated') }} as stated using (row_id)
    where stated.has_level
),

-- A unit is asked for where it is listed, or where its parent lists names for the level that the detail gives it.
compared as (
    select
        coalesce(listed.edition_id, detailed.edition_id) as edition_id,
        coalesce(listed.unit_key, detailed.unit_key) as unit_key,
        coalesce(listed.statement_id, listing.statement_id) as statement_id,
        listed.written_name as listed_name,
        listed.level as stated,
        detailed.level as expected,
        coalesce(listed.occurrences, 1) as times
    from listed
    full join detailed using (edition_id, name_key)
    left join listing
        on
            detailed.edition_id = listing.edition_id
            and detailed.parent_code = listing.parent_code
            and detailed.level = listing.level
    where
        (listed.statement_id is not null or listing.statement_id is not null)
        -- The detail may well hold it, in a row whose unit is not known.
        and not (detailed.name_key is null and listed.unknown_units > 0)
),

judged as (
    select
        compared.edition_id,
        compared.unit_key,
        unit.unit_code,
        unit.unit_name,
        {{ summary_address() }},
        compared.listed_name,
        compared.stated,
        compared.expected,
        compared.times
    from compared
    inner join {{ ref('int_statement') }} as statement using (statement_id)
    left join {{ ref('int_unit') }} as unit on compared.unit_key = unit.unit_key
),

placed as (
    select * replace (listed_name as written_name, times as occurrences) from judged
)

select
    {{ address('placed') }},
    {{ judgement(materiality="case when expected is not null then 'none' end") }}
from placed
