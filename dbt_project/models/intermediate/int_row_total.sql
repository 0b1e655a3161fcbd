-- One row per unit row (as read, or with corrections) and pillar: the total as stated, as corrected where it is, and as the
-- sum of the contributions, which is null where one of them is missing. An absent row (dim_pillar.absent_row) has neither.
with score as (
    select
        row_id,
        pillar,
        case when count(*) = count(contribution) then {{ figure('sum(contribution)') }} end as computed
    from {{ ref('int_row_score') }}
    group by all
)

select
    total.row_id,
    total.index_code,
    total.tier,
    total.year,
    total.pillar,
    total.field,
    total.is_absent_row,
    case when not total.is_absent_row then total.figure end as stated,
    total.corrected,
    case when not total.is_absent_row then score.computed end as computed
from {{ ref('int_believed_figure') }} as total
left join score using (row_id, pillar)
where total.component is null
