-- What an edition's summary states of each unit and level, beside what its detailed annex states: one row per edition,
-- parent and level that either names. has_detail: the edition holds rows of the tier below the parents.
with statement as (
    select * from {{ ref('int_edition_statement') }}
    where unit_key is not null
    qualify row_number() over (
        partition by edition_id, unit_key, level order by annex, position, statement_order
    ) = 1
),

parent as (
    select
        edition_id,
        unit_key,
        any_value(unit_code) as unit_code,
        any_value(unit_name) as unit_name,
        min_by(statement_id, statement_order) as first_statement_id
    from statement
    group by all
),

listed as (
    select statement_id, count(*) as names from {{ ref('int_statement_name') }}
    group by all
),

-- A row in quarantine still counts under the parent that it states: its unit is not known, or it contradicts itself.
detail_row as (
    select edition_id, row_id, parent_code from {{ ref('int_edition_unit') }}
    union all
    select edition_id, row_id, parent_code from {{ ref('int_edition_quarantine') }}
),

detail as (
    select
        detail_row.edition_id,
        detail_row.parent_code as unit_code,
        stated.level,
        count(*) as units,
        count(*) filter (where taken.row_id is null) as unknown_units
    from detail_row
    inner join {{ ref('int_row_stated') }} as stated using (row_id)
    left join {{ ref('int_edition_unit') }} as taken using (edition_id, row_id)
    where stated.level is not null and detail_row.parent_code is not null
    group by all
),

held as (
    select distinct edition_id from detail
    inner join parent using (edition_id, unit_code)
),

-- The units under a parent that the year's official list has.
roster as (
    select
        parent.edition_id,
        parent.unit_key,
        count(*) as units
    from parent
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    inner join {{ ref('int_unit_year') }} as unit on edition.year = unit.year and parent.unit_code = unit.parent_code
    group by all
),

ranked as (
    select edition_id, unit_code, sum(units) as units from detail
    where level <> 'unranked'
    group by all
),

named as (
    select parent.edition_id, parent.unit_key, statement.level from parent
    inner join statement using (edition_id, unit_key)
    union
    select parent.edition_id, parent.unit_key, detail.level from parent
    inner join detail using (edition_id, unit_code)
)

select
    named.edition_id,
    named.unit_key,
    parent.unit_code,
    parent.unit_name,
    named.level,
    coalesce(statement.statement_id, parent.first_statement_id) as statement_id,
    statement.units as stated,
    statement.out_of,
    listed.names as names_listed,
    case
        when named.level = 'unranked' then roster.units - coalesce(ranked.units, 0)
        else coalesce(detail.units, 0)
    end as detail,
    coalesce(detail.unknown_units, 0) as unknown_units,
    roster.units as roster,
    held.edition_id is not null as has_detail
from named
inner join parent using (edition_id, unit_key)
left join statement using (edition_id, unit_key, level)
left join listed on statement.statement_id = listed.statement_id
left join detail on parent.edition_id = detail.edition_id and parent.unit_code = detail.unit_code and named.level = detail.level
left join ranked on parent.edition_id = ranked.edition_id and parent.unit_code = ranked.unit_code
left join roster using (edition_id, unit_key)
left join held on parent.edition_id = held.edition_id
