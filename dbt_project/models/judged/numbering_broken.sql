-- The printed numbers of each annex's rows: 1, 2, 3 … in whatever order the rows stand, also anew under each parent.
-- Otherwise a number is out of step where it does not follow the one before; a single misprint is one fact, not two. A row
-- without a name is no unit's, but its number is not missing.
with unit_number as (
    select
        cell.edition_id,
        cell.row_id,
        cell.submission_id,
        cell.annex,
        cell.position,
        cell.figure as printed,
        unit_row.row_order,
        unit_row.table_order,
        coalesce(unit_row.written_parent, '') as written_parent
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
    select nameless_number.*, '' as written_parent from nameless_number
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
        whole as (partition by edition_id, submission_id, annex, case when annex is null then table_order end),
        part as (
            partition by edition_id, submission_id, annex, case when annex is null then table_order end, written_parent
        ),
        list as (
            partition by edition_id, submission_id, annex, case when annex is null then table_order end
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
        partition by edition_id, submission_id, annex, case when annex is null then table_order end
        order by row_order nulls last
    )
),

judged as (
    select
        cell.*,
        cell.figure as stated,
        {{ figure('''case
            when is_whole or is_part_whole or ahead = ahead_before or (place > 1 and ahead = ahead_two_before) then printed
            when ahead_before <> ahead_two_before and place > 2 then printed_two_before + 2
            else printed_before + 1
        end''') }} as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join compared using (edition_id, row_id)
    where cell.field = 'number' and cell.figure is not null
)

select
    {{ address('judged') }},
    {{ judgement(subject=plain('stated'), difference='stated - expected', materiality="'none'") }}
from judged
