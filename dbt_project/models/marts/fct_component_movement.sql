with component as (
    select
        *,
        {{ figure('current_contribution - previous_contribution') }} as contribution_change
    from {{ ref('int_movement_component') }}
)

-- The parts are known where the whole is.
select
    assessment_key,
    index_code,
    year,
    tier,
    unit_code,
    unit_key,
    pillar,
    component,
    is_own_pillar,
    previous_year,
    comparison,
    is_in_rule,
    is_in_previous_rule,
    previous_score,
    current_score,
    {{ exact('current_score - previous_score') }} as score_change,
    previous_contribution,
    current_contribution,
    contribution_change,
    case when contribution_change is not null then {{ figure('restated - previous_contribution') }} end as change_by_rule,
    case when contribution_change is not null then {{ figure('current_contribution - restated') }} end as change_by_scores
from component
