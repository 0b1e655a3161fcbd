-- The printed numbers of each annex's rows: 1, 2, 3 … in whatever order the rows stand, also anew under each parent.
-- Otherwise a number is out of step where it does not follow the one before; a single misprint is one fact, not two. A row
-- without a name is no unit's, but its number is not missing. The rows of a summary are numbered like any other.
with summary_cell as (
    select
        statement.edition_id,
        concat_ws('/', statement.submission_id, statement.annex, 'summary', statement.position) as row_id,
        unit.unit_key,
        unit.unit_code,
        unit.unit_name,
        {{ summary_address() }},
        statement.number_column,
        statement.number_cell,
        {{ figure('statement.printed_number') }} as printed
    from {{ ref('int_edition_statement') }} as statement
    left join {{ ref('int_unit') }} as unit on statement.unit_key = unit.unit_key
    qualify row_number() over (
        partition by statement.edition_id, statement.submission_id, statement.annex, statement.position
        order by statement.statement_order
    ) = 1
),

unit_number as (
    select
        cell.edition_id,
        cell.row_id,
        cell.submission_id,
        cell.annex,
        cell.position,
        cell.figure as printed,
        unit_row.row_order,
        unit_row.table_order,
        coalesce(unit_row.written_parent, '') as written_parent,
        false as is_summary
    from {{ ref('int_edition_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row using (row_id)
    inner join {{ ref('int_edition_annex') }} as annex
        on
            cell.edition_id = annex.edition_id
            and cell.submission_id = annex.submission_id
            and cell.annex is not distinct from annex.annex
    where cell.field = 'number'
),

nameless_number as (
    select
        annex.edition_id,
        unusable.submission_id,
        unusable.annex,
        try_cast(list_filter(unusable.cells, lambda text: text <> '')[1] as integer) as printed
    from {{ ref('stg_landing__unusable_rows') }} as unusable
    inner join {{ ref('int_edition_annex') }} as annex
        on unusable.submission_id = annex.submission_id and unusable.annex = annex.annex
    where unusable.reason = 'no_unit_name'
),

numbered as (
    select * from unit_number
    union all by name
    select
        edition_id,
        row_id,
        submission_id,
        annex,
        position,
        printed,
        position as row_order,
        0 as table_order,
        '' as written_parent,
        true as is_summary
    from summary_cell
    where printed is not null
    union all by name
    select nameless_number.*, '' as written_parent, false as is_summary from nameless_number
    anti join unit_number using (edition_id, submission_id, annex, printed)
    where printed is not null
),

stepped as (
    select
        *,
        row_number() over list as place,
        printed - row_number() over list as ahead,
        count(distinct printed) over whole = count(*) over whole and max(printed) over whole = count(*) over whole
            and min(printed) over whole = 1 as is_whole,
        count(distinct printed) over part = count(*) over part and max(printed) over part = count(*) over part
            and min(printed) over part = 1 as is_part_whole
    from numbered
    window
        whole as (partition by edition_id, submission_id, annex, is_summary, case when annex is null then table_order end),
        part as (
            partition by edition_id, submission_id, annex, is_summary, case when annex is null then table_order end, written_parent
        ),
        list as (
            partition by edition_id, submission_id, annex, is_summary, case when annex is null then table_order end
            order by row_order nulls last
        )
),

compared as (
    select
        *,
        coalesce(lag(ahead) over list, 0) as ahead_before,
        coalesce(lag(ahead, 2) over list, 0) as ahead_two_before,
        coalesce(lag(printed) over list, 0) as printed_before,
        coalesce(lag(printed, 2) over list, 0) as printed_two_before
    from stepped
    window list as (
        partition by edition_id, submission_id, annex, is_summary, case when annex is null then table_order end
        order by row_order nulls last
    )
),

cell as (
    select
        {{ address('cell') }},
        cell.row_id,
        cell.figure as stated,
        {{ plain('cell.figure') }} as subject
    from {{ ref('int_edition_cell') }} as cell
    where cell.field = 'number' and cell.figure is not null
    union all by name
    select
        * exclude (number_column, number_cell, printed)
        replace ('number' as field, number_column as column_number, number_cell as cell),
        printed as stated,
        concat_ws('/', annex, {{ plain('printed') }}) as subject
    from summary_cell
    where printed is not null
),

judged as (
    select
        cell.*,
        {{ figure('''case
            when is_whole or is_part_whole or ahead = ahead_before or (place > 1 and ahead = ahead_two_before) then printed
            when ahead_before <> ahead_two_before and place > 2 then printed_two_before + 2
            else printed_before + 1
        end''') }} as expected
    from cell
    inner join compared using (edition_id, row_id)
)

select
    {{ address('judged') }},
    {{ judgement(subject='subject', difference='stated - expected', materiality="'none'") }}
from judged
