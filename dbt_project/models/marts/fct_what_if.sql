-- Open findings about a figure of a unit, of which it is known what the figure would have to be.
with finding as (
    select
        found.*,
        coalesce(rule.is_ranked_by, false) as is_ranking
    from {{ ref('fct_finding') }} as found
    left join {{ ref('int_rule_pillar') }} as rule
        on
            found.index_code = rule.index_code
            and found.year = rule.year
            and found.tier = rule.tier
            and found.field = rule.pillar || '_total'
    where
        found.status = 'open'
        and found.code in ('total_differs', 'level_differs', 'rank_differs')
        and found.unit_key is not null
        and found.expected is not null
),

result as (
    select * from {{ ref('int_unit_result_history') }}
    where is_current
),

-- What is judged is what was sent: all else stays as it is stated.
ranked as (
    select
        span.assessment_key,
        rank.tier,
        rank.unit_key,
        rank.total,
        rank.rank
    from {{ ref('int_rank') }} as rank
    inner join {{ ref('int_result_span') }} as span
        on rank.version_id = span.version_id and rank.valid_from = span.valid_from
    where span.is_current and rank.basis = 'stated'
),

-- A total that ranks, beside every other of its tier.
pair as (
    select
        finding.finding_id,
        own.unit_key,
        own.total as total_now,
        cast(finding.expected as decimal(18, 9)) as total_if,
        other.unit_key as other_key,
        other.total as other_total,
        other.rank as other_rank
    from finding
    inner join ranked as own on finding.assessment_key = own.assessment_key and finding.unit_key = own.unit_key
    left join ranked as other
        on
            own.assessment_key = other.assessment_key
            and own.tier = other.tier
            and own.unit_key <> other.unit_key
    where finding.code = 'total_differs' and finding.is_ranking
),

own_rank as (
    select
        finding_id,
        cast(1 + count(case when other_total > total_if then 1 end) as integer) as rank_if
    from pair
    group by 1
),

passed as (
    select
        finding_id,
        other_key as unit_key,
        other_rank as rank_now,
        cast(
            other_rank + cast(total_if > other_total as integer) - cast(total_now > other_total as integer) as integer
        ) as rank_if
    from pair
    where (total_if > other_total) <> (total_now > other_total)
),

effect as (
    select
        finding.finding_id,
        finding.unit_key,
        true as is_own,
        case
            when finding.code = 'level_differs' then finding.stated else result.level_by_stated_totals
        end as level_now,
        case
            when finding.code = 'level_differs' then finding.expected
            else coalesce(finding.level_with_expected, result.level_by_stated_totals)
        end as level_if,
        case
            when finding.code = 'rank_differs' then {{ whole_number('finding.stated') }} else result.rank_by_stated_totals
        end as rank_now,
        case
            when finding.code = 'rank_differs' then {{ whole_number('finding.expected') }}
            else coalesce(own_rank.rank_if, result.rank_by_stated_totals)
        end as rank_if
    from finding
    inner join result on finding.assessment_key = result.assessment_key and finding.unit_key = result.unit_key
    left join own_rank on finding.finding_id = own_rank.finding_id
    union all
    select
        passed.finding_id,
        passed.unit_key,
        false,
        result.level_by_stated_totals,
        result.level_by_stated_totals,
        passed.rank_now,
        passed.rank_if
    from passed
    inner join finding on passed.finding_id = finding.finding_id
    inner join result on finding.assessment_key = result.assessment_key and passed.unit_key = result.unit_key
)

select
    effect.finding_id,
    finding.assessment_key,
    finding.index_code,
    finding.year,
    finding.kind,
    finding.code,
    finding.field,
    finding.stated,
    finding.expected,
    result.tier,
    result.unit_code,
    effect.unit_key,
    result.unit_name,
    effect.is_own,
    effect.level_now,
    effect.level_if,
    effect.rank_now,
    effect.rank_if,
    coalesce(effect.level_now <> effect.level_if, false) as is_level_changed,
    coalesce(effect.rank_now <> effect.rank_if, false) as is_rank_changed
from effect
inner join finding on effect.finding_id = finding.finding_id
inner join result on finding.assessment_key = result.assessment_key and effect.unit_key = result.unit_key
