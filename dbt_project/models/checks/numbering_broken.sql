with summary_row as (
    select
        statement.version_id,
        concat_ws('/', statement.submission_id, statement.annex, 'summary', statement.position) as row_id,
        unit.unit_key,
        unit.unit_code,
        unit.unit_name,
        {{ summary_address() }},
        statement.statement_order,
        statement.number_column,
        statement.number_cell,
        statement.printed_number
    from {{ ref('int_version_statement') }} as statement
    left join {{ ref('int_unit_year') }} as unit on statement.unit_key = unit.unit_key and statement.year = unit.year
    where statement.printed_number is not null
),

cell as (
    select
        {{ address('cell') }},
        cell.row_id,
        {{ plain('cell.figure') }} as subject,
        cell.figure as printed
    from {{ ref('int_version_cell') }} as cell
    where cell.field = 'number' and cell.figure is not null
    union all
    select
        version_id,
        submission_id,
        tier,
        unit_key,
        unit_code,
        unit_name,
        written_name,
        written_parent,
        'number',
        annex,
        position,
        page_or_sheet,
        table_number,
        row_number,
        number_column,
        column_name,
        number_cell,
        occurrences,
        row_id,
        concat_ws('/', annex, {{ plain('printed_number') }}),
        printed_number
    from {{ first_of('summary_row', 'version_id, submission_id, annex, position', 'statement_order') }} as summary_row
),

-- Numbers are judged where they were written, in the whole list of a file, whatever a later file has replaced since.
-- A list is an annex of a file or, outside of any, one table; a summary is a list of its own.
unit_number as (
    select
        unit_row.row_id,
        concat_ws('/', unit_row.submission_id, coalesce(unit_row.annex, 'table ' || unit_row.table_order)) as list,
        coalesce(unit_row.written_parent, '') as written_parent,
        unit_row.row_order,
        cell.figure as printed
    from {{ ref('int_row') }} as unit_row
    inner join {{ ref('int_row_cell') }} as cell on unit_row.row_id = cell.row_id
    where cell.field = 'number'
),

summary_number as (
    select
        concat_ws('/', statement.submission_id, statement.annex, 'summary', statement.position) as row_id,
        concat_ws('/', statement.submission_id, statement.annex, 'summary') as list,
        statement.position,
        max(statement.printed_number) as printed
    from {{ ref('int_statement') }} as statement
    where statement.printed_number is not null
    group by 1, 2, 3
),

-- A row without a name is no unit's, but its number is not missing.
nameless_number as (
    select
        concat_ws('/', submission_id, coalesce(annex, 'table ' || table_order)) as list,
        {{ whole_number(first_text('cells')) }} as printed
    from {{ source('landing', 'unusable_rows') }}
    where reason = 'no_unit_name'
),

numbered as (
    select * from unit_number
    union all
    select
        row_id,
        list,
        '',
        position,
        printed
    from summary_number
    union all
    select
        cast(null as string),
        nameless.list,
        '',
        null,
        nameless.printed
    from nameless_number as nameless
    left join unit_number on nameless.list = unit_number.list and nameless.printed = unit_number.printed
    where nameless.printed is not null and unit_number.row_id is null
),

placed as (
    select
        *,
        row_number() over (partition by list order by row_order nulls last) as place,
        printed - row_number() over (partition by list order by row_order nulls last) as ahead
    from numbered
),

-- 1, 2, 3 … in whatever order the rows stand, also anew under each parent.
complete as (
    select
        list,
        case when is_by_parent then written_parent end as written_parent,
        is_by_parent
    from placed
    cross join (select true as is_by_parent union all select false) as way
    group by 1, 2, 3
    having count(distinct printed) = count(*) and max(printed) = count(*) and min(printed) = 1
),

compared as (
    select
        *,
        coalesce(lag(ahead) over (partition by list order by place), 0) as ahead_before,
        coalesce(lag(ahead, 2) over (partition by list order by place), 0) as ahead_two_before,
        coalesce(lag(printed) over (partition by list order by place), 0) as printed_before,
        coalesce(lag(printed, 2) over (partition by list order by place), 0) as printed_two_before
    from placed
),

checked as (
    select
        cell.*,
        cell.printed as stated,
        case
            when whole.list is not null or by_parent.list is not null then cell.printed
            -- Out of step is a number that does not follow the one before; a single misprint is one fact, not two.
            when compared.ahead = compared.ahead_before then cell.printed
            when compared.place > 1 and compared.ahead = compared.ahead_two_before then cell.printed
            when compared.ahead_before <> compared.ahead_two_before and compared.place > 2 then compared.printed_two_before + 2
            else compared.printed_before + 1
        end as expected
    from cell
    inner join compared on cell.row_id = compared.row_id
    left join complete as whole on compared.list = whole.list and not whole.is_by_parent
    left join complete as by_parent
        on
            compared.list = by_parent.list
            and by_parent.is_by_parent
            and compared.written_parent = by_parent.written_parent
)

{{ check_result('checked', subject='subject', difference='stated - expected', materiality="'none'") }}
