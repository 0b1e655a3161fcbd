with repeated as (
    select
        shown.version_id,
        shown.unit_key,
        shown.submission_id,
        max(repeated.rows_in_annex) as rows_in_annex,
        max(repeated.is_contradicted) as is_contradicted,
        {{ first_by('case when repeated.repeat_in_annex > 1 then repeated.row_id end', 'case when repeated.repeat_in_annex > 1 then repeated.row_order end') }} as second_row_id,
        {{ last_by('repeated.row_id', 'repeated.row_order') }} as last_row_id
    from {{ ref('int_version_row') }} as shown
    inner join {{ ref('int_row_repeat') }} as repeated on shown.row_id = repeated.row_id
    group by 1, 2, 3
),

in_rows as (
    select
        cell.*,
        repeated.rows_in_annex,
        repeated.rows_in_annex = 1 and not repeated.is_contradicted as is_single,
        case
            when repeated.is_contradicted then 'different_figures'
            when repeated.rows_in_annex > 1 then 'equal_figures'
        end as reason
    from repeated
    inner join {{ ref('int_version_cell') }} as cell
        on
            repeated.version_id = cell.version_id
            and coalesce(repeated.second_row_id, repeated.last_row_id) = cell.row_id
            and cell.field = 'unit'
),

-- What a summary says once: a row of it is about a unit, and a row of it lists a name.
mentioned as (
    select
        version_id,
        unit_key,
        submission_id,
        annex,
        0 as said_in,
        position,
        written_unit as stated,
        {{ first_by('statement_id', 'statement_order') }} as statement_id,
        1 as name_order,
        'repeated_in_summary' as reason
    from {{ ref('int_version_statement') }}
    where unit_key is not null
    group by 1, 2, 3, 4, 6, 7
    union all
    select
        statement.version_id,
        name.unit_key,
        statement.submission_id,
        statement.annex,
        statement.position,
        statement.position,
        name.written_name,
        statement.statement_id,
        name.name_order,
        'listed_again'
    from {{ ref('int_version_statement') }} as statement
    inner join {{ ref('int_statement_name') }} as name on statement.statement_id = name.statement_id
    where name.unit_key is not null
),

mentioned_again as (
    select
        *,
        count(*) over (partition by version_id, unit_key, submission_id, annex, said_in) as times,
        row_number() over (
            partition by version_id, unit_key, submission_id, annex, said_in order by position, statement_id, name_order
        ) as time
    from mentioned
),

in_summary as (
    select
        again.version_id,
        again.unit_key,
        unit.unit_code,
        unit.unit_name,
        {{ summary_address() }},
        again.stated,
        again.times,
        again.times = 1 as is_single,
        case when again.times > 1 then again.reason end as reason
    from mentioned_again as again
    inner join {{ ref('int_statement') }} as statement on again.statement_id = statement.statement_id
    inner join {{ ref('int_unit_year') }} as unit on again.unit_key = unit.unit_key and statement.year = unit.year
    where again.time = least(2, again.times)
),

checked as (
    select
        {{ address('in_rows') }},
        in_rows.rows_in_annex as times,
        in_rows.written_name as stated,
        in_rows.is_single,
        in_rows.reason
    from {{ first_of('in_rows', 'version_id, unit_key', 'is_single, submission_id') }} as in_rows
    union all
    select
        {{ address('in_summary') }},
        in_summary.times,
        in_summary.stated,
        in_summary.is_single,
        in_summary.reason
    from {{ first_of('in_summary', 'version_id, unit_key', 'times desc, submission_id') }} as in_summary
),

counted as (
    select
        version_id, submission_id, tier, unit_key, unit_code, unit_name, stated as written_name, written_parent, field,
        annex, position, page_or_sheet, table_number, row_number, column_number, column_name, cell, times as occurrences,
        stated, is_single, reason
    from checked
)

{{ check_result(
    'counted', stated='stated', expected='case when is_single then stated end', reason='reason', is_passed='is_single'
) }}
