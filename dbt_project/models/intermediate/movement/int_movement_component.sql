with unit as (
    select * from {{ ref('int_movement_unit') }}
),

current_score as (
    select
        unit.index_code,
        unit.year,
        unit.kind,
        unit.unit_key,
        score.pillar,
        score.component,
        score.is_own_pillar,
        score.score,
        score.contribution
    from unit
    inner join {{ ref('int_row_score') }} as score on unit.row_id = score.row_id and unit.corrections = score.corrections
),

-- A component that one of the rules has not counts 0 there.
beside as (
    select
        coalesce(now.index_code, before.index_code) as index_code,
        coalesce(now.year, before.year) as year,
        coalesce(now.kind, before.kind) as kind,
        coalesce(now.unit_key, before.unit_key) as unit_key,
        coalesce(now.pillar, before.pillar) as pillar,
        coalesce(now.component, before.component) as component,
        coalesce(now.is_own_pillar, before.is_own_pillar) as is_own_pillar,
        now.unit_key is not null as is_in_rule,
        before.unit_key is not null as is_in_previous_rule,
        case when now.unit_key is not null then now.score else 0 end as current_score,
        case when now.unit_key is not null then now.contribution else 0 end as current_contribution,
        case when before.unit_key is not null then before.score else 0 end as previous_score,
        case when before.unit_key is not null then before.contribution else 0 end as previous_contribution,
        case
            when now.unit_key is null then 0
            when before.unit_key is null then now.contribution
            else before.restated
        end as restated
    from current_score as now
    full join {{ ref('int_movement_previous_score') }} as before
        on
            now.index_code = before.index_code
            and now.year = before.year
            and now.kind = before.kind
            and now.unit_key = before.unit_key
            and now.pillar = before.pillar
            and now.component = before.component
),

measured as (
    select
        unit.assessment_key,
        unit.index_code,
        unit.year,
        unit.kind,
        unit.tier,
        unit.unit_key,
        unit.unit_code,
        unit.previous_year,
        unit.comparison,
        beside.pillar,
        beside.component,
        beside.is_own_pillar,
        beside.is_in_rule,
        case when unit.is_measured then beside.is_in_previous_rule end as is_in_previous_rule,
        {{ exact('beside.current_score') }} as current_score,
        {{ figure('beside.current_contribution') }} as current_contribution,
        case when unit.is_measured then {{ exact('beside.previous_score') }} end as previous_score,
        case when unit.is_measured then {{ figure('beside.previous_contribution') }} end as previous_contribution,
        case when unit.is_measured then {{ figure('beside.restated') }} end as restated
    from beside
    inner join unit
        on
            beside.index_code = unit.index_code
            and beside.year = unit.year
            and beside.kind = unit.kind
            and beside.unit_key = unit.unit_key
),

changed as (
    select
        *,
        {{ figure('current_contribution - previous_contribution') }} as contribution_change
    from measured
)

-- The parts are known where the whole is.
select
    assessment_key,
    index_code,
    year,
    kind,
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
from changed
