-- The names that the summary's statements list, with the unit that each means under the statement's own unit.
with listed as (
    select
        name.*,
        statement.statement_id,
        statement.level,
        statement.unit_code as parent_code,
        statement.written_unit as written_parent,
        statement.index_code,
        statement.year,
        statement.province_code
    from {{ ref('stg_landing__statement_names') }} as name
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
    select distinct mention_id, parent_code, written_parent, cast(null as varchar) as tier from keyed
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
    parsed.is_abbreviated
from keyed
left join answered
    on
        keyed.mention_id = answered.mention_id
        and keyed.parent_code is not distinct from answered.parent_code
        and keyed.written_parent is not distinct from answered.written_parent
left join {{ ref('int_unit') }} as unit on answered.unit_key = unit.unit_key
left join {{ ref('int_mention_parsed') }} as parsed on keyed.mention_id = parsed.mention_id
