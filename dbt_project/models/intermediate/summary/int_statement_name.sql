with listed as (
    select
        name.submission_id,
        name.annex,
        name.page_or_sheet,
        name.table_number,
        name.row_number,
        name.column_number,
        name.cell,
        name.position,
        name.statement_order,
        name.name_order,
        name.written_name,
        statement.statement_id,
        statement.level,
        statement.unit_code as parent_code,
        statement.written_unit as written_parent,
        statement.index_code,
        statement.year,
        statement.province_code
    from {{ source('landing', 'statement_names') }} as name
    inner join {{ ref('int_statement') }} as statement
        on
            name.submission_id = statement.submission_id
            and name.annex is not distinct from statement.annex
            and name.position = statement.position
            and name.statement_order = statement.statement_order
),

keyed as (
    select
        *,
        {{ mention_id('unit', 'written_name') }} as mention_id
    from listed
),

asked as (
    select distinct mention_id, parent_code, written_parent, cast(null as string) as tier from keyed
),

answered as (
    {{ certain_unit('asked') }}
)

select
    keyed.*,
    answered.match_kind,
    unit.unit_key,
    unit.unit_code,
    unit.unit_name,
    unit.tier,
    mention.is_abbreviated
from keyed
left join answered
    on
        keyed.mention_id = answered.mention_id
        and keyed.parent_code is not distinct from answered.parent_code
        and keyed.written_parent is not distinct from answered.written_parent
left join {{ ref('int_unit_year') }} as unit on answered.unit_key = unit.unit_key and keyed.year = unit.year
left join {{ ref('int_mention') }} as mention on keyed.mention_id = mention.mention_id
