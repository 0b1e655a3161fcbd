-- Each unit of an edition: once in an annex, and with the same figures wherever it is repeated; in the summary one row, and
-- its name listed once.
with repeated as (
    select
        edition_id,
        unit_key,
        submission_id,
        max(rows_in_annex) as rows_in_annex,
        bool_or(is_contradicted) as is_contradicted,
        min_by(row_id, row_order) filter (where repeat_in_annex > 1) as second_row_id,
        max_by(row_id, row_order) as last_row_id
    from {{ ref('int_edition_repeat') }}
    group by all
),

in_rows as (
    select
        cell.* replace (repeated.rows_in_annex as occurrences),
        cell.written_name as stated,
        repeated.rows_in_annex = 1 and not repeated.is_contradicted as is_single,
        case
            when repeated.is_contradicted then 'different_figures'
            when repeated.rows_in_annex > 1 then 'equal_figures'
        end as reason
    from repeated
    inner join {{ ref('int_edition_cell') }} as cell
        on
            repeated.edition_id = cell.edition_id
            and coalesce(repeated.second_row_id, repeated.last_row_id) = cell.row_id
            and cell.field = 'unit'
    qualify row_number() over (partition by cell.edition_id, cell.unit_key order by is_single, cell.submission_id) = 1
),

-- What a summary says once: a row of it is about a unit, and a row of it lists a name.
mentioned as (
    select
        edition_id,
        unit_key,
        submission_id,
        annex,
        0 as said_in,
        position,
        written_unit as stated,
        min_by(statement_id, statement_order) as statement_id,
        1 as name_order,
        'repeated_in_summary' as reason
    from {{ ref('int_edition_statement') }}
    where unit_key is not null
    group by all
    union all
    select
        statement.edition_id,
        name.unit_key,
        statement.submission_id,
        statement.annex,
        statement.position,
        statement.position,
        name.written_name,
        statement.statement_id,
        name.name_order,
        'listed_again'
    from {{ ref('int_edition_statement') }} as statement
    inner join {{ ref('int_statement_name') }} as name using (statement_id)
    where name.unit_key is not null
),

mentioned_again as (
    select
        *,
        count(*) over mention as times,
        row_number() over (mention order by position, statement_id, name_order) as time
    from mentioned
    window mention as (partition by edition_id, unit_key, submission_id, annex, said_in)
),

in_summary as (
    select
        again.edition_id,
        again.unit_key,
        unit.unit_code,
        unit.unit_name,
        {{ summary_address() }},
        again.stated,
        again.times,
        again.times = 1 as is_single,
        case when again.times > 1 then again.reason end as reason
    from mentioned_again as again
    inner join {{ ref('int_statement') }} as statement using (statement_id)
    inner join {{ ref('int_unit') }} as unit on again.unit_key = unit.unit_key
    where again.time = least(2, again.times)
    qualify row_number() over (partition by again.edition_id, again.unit_key order by again.times desc, again.submission_id) = 1
),

judged as (
    select {{ address('in_rows') }}, in_rows.stated, in_rows.is_single, in_rows.reason from in_rows
    union all by name
    select * exclude (times) replace (stated as written_name, times as occurrences) from in_summary
)

select
    {{ address('judged') }},
    {{ judgement(
        stated='stated', expected='case when is_single then stated end', reason='reason', holds='is_single'
    ) }}
from judged
