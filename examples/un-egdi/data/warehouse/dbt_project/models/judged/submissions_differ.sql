-- Each unit that several files of one day give: the same figures in all, or not. The file later in the ledger is taken.
with disputed as (
    select
        repeated.edition_id,
        repeated.unit_key,
        bool_or(repeated.is_disputed) as is_disputed,
        count(distinct repeated.submission_id) as files,
        string_agg(distinct submission.file_name, ', ' order by submission.file_name) as file_names
    from {{ ref('int_edition_repeat') }} as repeated
    inner join {{ ref('int_submission') }} as submission using (submission_id)
    where not repeated.is_contradicted
    group by all
    having count(distinct repeated.submission_id) > 1
),

judged as (
    select
        cell.* replace (cast(disputed.files as integer) as occurrences),
        disputed.is_disputed,
        disputed.file_names
    from disputed
    inner join {{ ref('int_edition_unit') }} as unit using (edition_id, unit_key)
    inner join {{ ref('int_edition_cell') }} as cell
        on unit.edition_id = cell.edition_id and unit.row_id = cell.row_id and cell.field = 'unit'
)

select
    {{ address('judged') }},
    {{ judgement(
        stated='file_names', expected='case when not is_disputed then file_names end', holds='not is_disputed'
    ) }}
from judged
