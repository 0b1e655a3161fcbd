with statement as (
    select
        statement.*,
        submission.assessment_key,
        submission.index_code,
        submission.year,
        submission.province_code
    from {{ source('landing', 'statements') }} as statement
    inner join {{ ref('int_submission') }} as submission on statement.submission_id = submission.submission_id
),

keyed as (
    select
        *,
        concat_ws(':', submission_id, coalesce(annex, ''), position, statement_order) as statement_id,
        {{ mention_id('parent', 'written_unit') }} as mention_id
    from statement
)

select
    keyed.statement_id,
    keyed.submission_id,
    keyed.assessment_key,
    keyed.index_code,
    keyed.year,
    keyed.province_code,
    keyed.annex,
    keyed.page_or_sheet,
    keyed.table_number,
    keyed.row_number,
    keyed.column_number,
    keyed.cell,
    keyed.position,
    keyed.statement_order,
    keyed.written_unit,
    keyed.level,
    keyed.units,
    keyed.out_of,
    keyed.printed_number,
    keyed.number_column,
    keyed.number_cell,
    parent.unit_key,
    parent.unit_code,
    parent.unit_name,
    parent.tier,
    parent.match_kind,
    parent.is_abbreviated
from keyed
left join {{ ref('int_parent') }} as parent on keyed.mention_id = parent.mention_id
