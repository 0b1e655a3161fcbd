with result as (
    select
        *,
        coalesce(district_code, unit_code) as submitter_code
    from {{ ref('int_unit_result') }}
    where is_current and kind <> 'restated'
),

-- What a row of a tier asks for; a unit that is missing gives none of it.
asked as (
    select index_code, year, tier, count(*) as scores from {{ ref('int_rule_part') }}
    where component is not null
    group by 1, 2, 3
),

given as (
    select row_id, corrections, count(score) as scores from {{ ref('int_row_score') }}
    where is_own_pillar
    group by 1, 2
),

accounted as (
    select
        result.index_code,
        result.year,
        result.kind,
        result.submitter_code,
        count(*) as units,
        count(case when result.result_status = 'scored' then 1 end) as units_scored,
        count(case when result.result_status = 'counted_only' then 1 end) as units_counted_only,
        count(case when result.result_status = 'missing' then 1 end) as units_missing,
        coalesce(sum(case when result.result_status <> 'counted_only' then asked.scores end), 0) as scores_asked,
        coalesce(sum(given.scores), 0) as scores_given
    from result
    left join asked
        on result.index_code = asked.index_code and result.year = asked.year and result.tier = asked.tier
    left join given on result.row_id = given.row_id and result.corrections = given.corrections
    group by 1, 2, 3, 4
),

found as (
    select
        index_code,
        year,
        kind,
        submitter_code,
        count(case when status = 'open' then 1 end) as findings_open,
        count(case when status = 'accepted' then 1 end) as findings_accepted,
        count(case when status = 'resolved' then 1 end) as findings_resolved,
        {% for severity in ['error', 'warning', 'notice'] %}
        count(case when status = 'open' and severity = '{{ severity }}' then 1 end) as {{ severity }}s_open,
        {% endfor %}
        {% for materiality in ['level', 'rank', 'total'] %}
        count(case when status = 'open' and materiality = '{{ materiality }}' then 1 end) as open_that_change_a_{{ materiality }},
        {% endfor %}
        count(reply.finding_id) as findings_replied
    from {{ ref('fct_finding') }} as finding
    left join (select distinct finding_id from {{ ref('fct_finding_reply') }}) as reply on finding.finding_id = reply.finding_id
    group by 1, 2, 3, 4
)

select
    coalesce(accounted.index_code, found.index_code) as index_code,
    coalesce(accounted.year, found.year) as year,
    coalesce(accounted.kind, found.kind) as kind,
    coalesce(accounted.submitter_code, found.submitter_code) as submitter_code,
    submitter.unit_key as submitter_key,
    submitter.unit_name as submitter_name,
    {% for column in ['units', 'units_scored', 'units_counted_only', 'units_missing', 'scores_asked', 'scores_given'] %}
    cast(coalesce(accounted.{{ column }}, 0) as integer) as {{ column }},
    {% endfor %}
    case when accounted.scores_asked > 0 then {{ exact_ratio('accounted.scores_given', 'accounted.scores_asked') }} end
        as completeness,
    {% for column in [
        'findings_open', 'findings_accepted', 'findings_resolved', 'errors_open', 'warnings_open', 'notices_open',
        'open_that_change_a_level', 'open_that_change_a_rank', 'open_that_change_a_total', 'findings_replied',
    ] %}
    cast(coalesce(found.{{ column }}, 0) as integer) as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from accounted
full join found
    on
        accounted.index_code is not distinct from found.index_code
        and accounted.year = found.year
        and accounted.kind = found.kind
        and accounted.submitter_code is not distinct from found.submitter_code
left join {{ ref('int_unit_year') }} as submitter
    on
        coalesce(accounted.year, found.year) = submitter.year
        and coalesce(accounted.submitter_code, found.submitter_code) = submitter.unit_code
