with row_name as (
    select
        {{ address('cell') }},
        cell.text,
        unit_row.match_kind,
        unit_row.is_abbreviated,
        1 as place_order,
        unit_row.row_order
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
    where cell.field = 'unit' and cell.unit_key is not null
),

parent_name as (
    select
        cell.version_id,
        cell.submission_id,
        parent.tier,
        parent.unit_key,
        parent.unit_code,
        parent.unit_name,
        cell.text as written_name,
        cast(null as string) as written_parent,
        cell.field,
        cell.annex,
        cast(null as integer) as position,
        cell.page_or_sheet,
        cell.table_number,
        cell.row_number,
        cell.column_number,
        cell.column_name,
        cell.cell,
        1 as occurrences,
        cell.text,
        unit_row.parent_match_kind as match_kind,
        parent.is_abbreviated,
        2 as place_order,
        unit_row.row_order
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
    inner join {{ ref('int_parent') }} as parent on unit_row.parent_mention_id = parent.mention_id
    where cell.field = 'parent' and parent.unit_key is not null
),

-- The summary annex names districts and communes, too.
summary_name as (
    select
        statement.version_id,
        statement.submission_id,
        name.tier,
        name.unit_key,
        name.unit_code,
        name.unit_name,
        name.written_name,
        cast(null as string) as written_parent,
        'unit' as field,
        name.annex,
        name.position,
        name.page_or_sheet,
        name.table_number,
        name.row_number,
        name.column_number,
        cast(null as string) as column_name,
        name.cell,
        1 as occurrences,
        {{ single_spaced('name.written_name') }} as text,
        name.match_kind,
        name.is_abbreviated,
        3 as place_order,
        name.position as row_order
    from {{ ref('int_version_statement') }} as statement
    inner join {{ ref('int_statement_name') }} as name on statement.statement_id = name.statement_id
    where name.unit_key is not null
    union all
    select
        version_id,
        submission_id,
        tier,
        unit_key,
        unit_code,
        unit_name,
        written_unit,
        cast(null as string),
        'unit',
        annex,
        position,
        page_or_sheet,
        table_number,
        row_number,
        column_number,
        cast(null as string),
        cell,
        1,
        {{ single_spaced('written_unit') }},
        match_kind,
        is_abbreviated,
        3,
        position
    from {{ ref('int_version_statement') }}
    where statement_order = 1 and unit_key is not null
),

written as (
    select * from row_name
    union all
    select * from parent_name
    union all
    select * from summary_name
),

spelt as (
    select
        *,
        coalesce(match_kind, '') not in ('folded', 'type_only') and not coalesce(is_abbreviated, false) as is_official
    from written
),

-- One fact per unit and use, wherever the document repeats it.
counted as (
    select
        *,
        count(*) over (partition by version_id, unit_key, field, is_official) as times
    from spelt
),

checked as (
    select
        version_id, submission_id, tier, unit_key, unit_code, unit_name, written_name, written_parent, field, annex,
        position, page_or_sheet, table_number, row_number, column_number, column_name, cell, times as occurrences,
        text,
        is_official,
        case
            when is_official then null
            when is_abbreviated then 'abbreviated'
            else match_kind
        end as why
    from {{ first_of(
        'counted', 'version_id, unit_key, field', 'is_official, place_order, submission_id, annex, row_order, position'
    ) }} as counted
)

{{ check_result(
    'checked', stated='text', expected='case when is_official then text else unit_name end', materiality="'none'",
    reason='why', is_passed='is_official'
) }}
