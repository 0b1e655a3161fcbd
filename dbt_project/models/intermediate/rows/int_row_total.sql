with score as (
    select
        row_id,
        corrections,
        pillar,
        case when count(*) = count(contribution) then {{ figure('sum(contribution)') }} end as computed
    from {{ ref('int_row_score') }}
    group by 1, 2, 3
)

select
    total.row_id,
    total.corrections,
    total.index_code,
    total.year,
    total.tier,
    total.pillar,
    total.field,
    total.is_absent_row,
    case when not total.is_absent_row then total.stated end as stated,
    case when not total.is_absent_row then {{ figure('total.stated') }} end as stated_fixed,
    {{ figure('total.corrected') }} as corrected,
    case when not total.is_absent_row then score.computed end as computed,
    case
        when total.is_absent_row then null
        when abs({{ figure('total.stated') }} - score.computed) <= rule.tolerance then {{ figure('total.stated') }}
        else score.computed
    end as settled,
    rule.is_ranked_by
from {{ ref('int_row_corrected') }} as total
inner join {{ ref('int_rule_pillar') }} as rule
    on
        total.index_code = rule.index_code
        and total.year = rule.year
        and total.tier = rule.tier
        and total.pillar = rule.pillar
left join score
    on total.row_id = score.row_id and total.corrections = score.corrections and total.pillar = score.pillar
where total.is_total
