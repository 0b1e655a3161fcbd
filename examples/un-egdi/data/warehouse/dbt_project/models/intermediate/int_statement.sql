-- The statements of the summary annexes ('04/19 xã, phường đạt mức độ IV'), with the unit that each is about.
with statement as (
    select
        statement.*,
        submission.index_code,
        submission.year,
        submission.province_code
    from {{ ref('stg_landing__statements') }} as statement
    inner join {{ ref('int_submission') }} as submission using (submission_id)
),

keyed as (
    select
        *,
        {{ mention_id('parent', 'written_unit') }} as mention_id
    from statement
)

select
    keyed.* exclude (mention_id),
    concat_ws(':', keyed.submission_id, keyed.annex, keyed.position, keyed.statement_order) as statement_id,
    parent.unit_key,
    parent.unit_code,
    parent.unit_name,
    parent.match_kind,
    parent.is_abbreviated
from keyed
left join {{ ref('int_parent') }} as parent using (mention_id)
