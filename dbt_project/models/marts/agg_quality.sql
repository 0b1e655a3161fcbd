with result as (
    select
        *,
        coalesce(district_code, unit_code) as submitter_code
    from {{ ref('int_revision_result') }}
    where known_to is null
),

-- What a row of a tier asks for; a unit that is missing gives none of it.
asked as (
    select
        result_year.year,
        component.index_code,
        component.tier,
        count(*) as scores
    from (select distinct year from result) as result_year
    inner join {{ ref('components') }} as component on {{ in_force('component', 'result_year.year') }}
    group by all
),

given as (
    select row_id, count(score) as scores from {{ ref('int_row_score') }}
    group by all
),

accounted as (
    select
        result.index_code,
        result.year,
        result.kind,
        result.submitter_code,
        count(*) as units,
        count(*) filter (where result.result_status = 'scored') as units_scored,
        count(*) filter (where result.result_status = 'counted_only') as units_counted_only,
        count(*) filter (where result.result_status = 'missing') as units_missing,
        coalesce(sum(asked.scores) filter (where result.result_status <> 'counted_only'), 0) as scores_asked,
        coalesce(sum(given.scores), 0) as scores_given
    from result
    left join asked using (index_code, year, tier)
    left join given using (row_id)
    group by all
),

found as (
    select
        index_code,
        year,
        kind,
        submitter_code,
        count(*) filter (where status = 'open') as findings_open,
        count(*) filter (where status = 'accepted') as findings_accepted,
        count(*) filter (where status = 'resolved') as findings_resolved,
        {% for severity in ['error', 'warning', 'notice'] %}
        count(*) filter (where status = 'open' and severity = '{{ severity }}') as {{ severity }}s_open,
        {% endfor %}
        {% for materiality in ['level', 'rank', 'total'] %}
        count(*) filter (where status = 'open' and materiality = '{{ materiality }}') as open_that_change_a_{{ materiality }},
        {% endfor %}
        count(*) filter (where finding_id in (select finding_id from {{ ref('fct_finding_reply') }})) as findings_replied
    from {{ ref('fct_finding') }}
    group by all
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
