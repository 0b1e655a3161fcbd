-- Each unit of an edition: once in an annex, and with the same figures wherever it is repeated.
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

judged as (
    select
        cell.* replace (repeated.rows_in_annex as occurrences),
        repeated.is_contradicted,
        repeated.rows_in_annex = 1 and not repeated.is_contradicted as is_single
    from repeated
    inner join {{ ref('int_edition_cell') }} as cell
        on
            repeated.edition_id = cell.edition_id
            and coalesce(repeated.second_row_id, repeated.last_row_id) = cell.row_id
            and cell.field = 'unit'
    qualify row_number() over (partition by cell.edition_id, cell.unit_key order by is_single, cell.submission_id) = 1
)

select
    {{ address('judged') }},
    {{ judgement(
        stated='written_name', expected='case when is_single then written_name end',
        reason="case when is_contradicted then 'different_figures' when not is_single then 'equal_figures' end",
        holds='is_single'
    ) }}
from judged
