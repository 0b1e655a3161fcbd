-- Of a unit that stands in two rows of the summary, each level counts where it is said first.
with placed as (
    select
        *,
        dense_rank() over (partition by version_id, unit_key, level order by annex, submission_id, position) as place
    from {{ ref('int_version_statement') }}
    where unit_key is not null
),

statement as (
    select * from placed
    where place = 1
),

parent as (
    select
        version_id,
        unit_key,
        max(unit_code) as unit_code,
        max(unit_name) as unit_name,
        max(tier) as tier,
        max(year) as year,
        {{ first_by('statement_id', 'statement_order') }} as first_statement_id
    from statement
    group by 1, 2
),

-- Two statements of one level in a row ('01 thị trấn …; 02 xã …') are taken together.
said as (
    select
        version_id,
        unit_key,
        level,
        {{ first_by('statement_id', '(position, statement_order)') }} as statement_id,
        sum(units) as units,
        min(out_of) as out_of
    from statement
    group by 1, 2, 3
),

listed as (
    select
        statement.version_id,
        statement.unit_key,
        statement.level,
        count(*) as names
    from statement
    inner join {{ ref('int_statement_name') }} as name on statement.statement_id = name.statement_id
    group by 1, 2, 3
),

-- A row in quarantine still counts under the parent that it states: its unit is not known, or it contradicts itself.
detail_row as (
    select version_id, row_id, parent_code, false as is_unknown from {{ ref('int_version_unit') }}
    union all
    select version_id, row_id, parent_code, true from {{ ref('int_version_quarantine') }}
),

detail as (
    select
        detail_row.version_id,
        detail_row.parent_code as unit_code,
        stated.level,
        count(*) as units,
        count(case when detail_row.is_unknown then 1 end) as unknown_units
    from detail_row
    inner join {{ ref('int_row_stated') }} as stated on detail_row.row_id = stated.row_id
    where stated.level is not null and detail_row.parent_code is not null
    group by 1, 2, 3
),

with_detail as (
    select distinct detail.version_id from detail
    inner join parent on detail.version_id = parent.version_id and detail.unit_code = parent.unit_code
),

-- The units under a parent that the year's official list has.
official as (
    select
        parent.version_id,
        parent.unit_key,
        count(*) as units
    from parent
    inner join {{ ref('int_unit_year') }} as unit on parent.year = unit.year and parent.unit_code = unit.parent_code
    group by 1, 2
),

ranked as (
    select version_id, unit_code, sum(units) as units from detail
    where level <> 'unranked'
    group by 1, 2
),

named as (
    select version_id, unit_key, level from said
    union
    select parent.version_id, parent.unit_key, detail.level from parent
    inner join detail on parent.version_id = detail.version_id and parent.unit_code = detail.unit_code
)

select
    named.version_id,
    named.unit_key,
    parent.unit_code,
    parent.unit_name,
    parent.tier,
    named.level,
    coalesce(said.statement_id, parent.first_statement_id) as statement_id,
    cast(said.units as integer) as stated,
    said.out_of,
    listed.names as names_listed,
    case
        when named.level = 'unranked' then official.units - coalesce(ranked.units, 0)
        else coalesce(detail.units, 0)
    end as detail,
    coalesce(detail.unknown_units, 0) as unknown_units,
    official.units as official_units,
    with_detail.version_id is not null as has_detail
from named
inner join parent on named.version_id = parent.version_id and named.unit_key = parent.unit_key
left join said
    on named.version_id = said.version_id and named.unit_key = said.unit_key and named.level = said.level
left join listed
    on named.version_id = listed.version_id and named.unit_key = listed.unit_key and named.level = listed.level
left join detail
    on parent.version_id = detail.version_id and parent.unit_code = detail.unit_code and named.level = detail.level
left join ranked on parent.version_id = ranked.version_id and parent.unit_code = ranked.unit_code
left join official on named.version_id = official.version_id and named.unit_key = official.unit_key
left join with_detail on parent.version_id = with_detail.version_id
