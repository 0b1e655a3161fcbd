-- A total that is not the sum of its components: which of the two is wrong cannot be known. Where one component is away from
-- another figure of its own by about as much as the two sides differ, that is worth a look.
with found as (
    select
        finding_id,
        index_code,
        year,
        kind,
        unit_key,
        field,
        difference
    from {{ ref('fct_finding') }}
    where code = 'total_differs' and unit_key is not null
),

score as (
    select * from {{ ref('int_component_score_history') }}
    where is_current
),

compared as (
    select
        index_code,
        year,
        kind,
        unit_key,
        pillar,
        component,
        current_score as score,
        'published' as compared_kind,
        previous_year as compared_year,
        previous_score as compared_score,
        contribution_change as change
    from {{ ref('int_movement_component') }}
    where is_own_pillar and is_in_rule and is_in_previous_rule and comparison in ('same_unit', 'rule_changed')
    union all
    select
        score.index_code,
        score.year,
        score.kind,
        score.unit_key,
        score.pillar,
        score.component,
        score.score,
        earlier.kind,
        earlier.year,
        earlier.score,
        score.contribution - earlier.contribution
    from score
    inner join score as earlier
        on
            score.index_code = earlier.index_code
            and score.year = earlier.year
            and score.unit_key = earlier.unit_key
            and score.pillar = earlier.pillar
            and score.component = earlier.component
            and score.kind <> earlier.kind
    where
        {{ is_draft('earlier.kind') }}
        and (score.kind = 'published' or (score.kind = 'appraised' and earlier.kind = 'self_assessed'))
),

-- Stated less expected, and what the component is above its other figure, are of opposite signs where it explains them.
explained as (
    select
        found.finding_id,
        found.index_code,
        found.year,
        found.kind,
        compared.pillar,
        compared.component,
        compared.score,
        compared.compared_kind,
        compared.compared_year,
        compared.compared_score,
        abs(found.difference) as size,
        abs(compared.change + found.difference) as unexplained
    from found
    inner join compared
        on
            found.index_code = compared.index_code
            and found.year = compared.year
            and found.kind = compared.kind
            and found.unit_key = compared.unit_key
            and found.field = compared.pillar || '_total'
)

select
    finding_id,
    index_code,
    year,
    kind,
    pillar,
    component,
    score,
    compared_kind,
    compared_year,
    compared_score
from {{ first_of(
    'explained', 'finding_id', 'unexplained, compared_year desc, compared_kind, component', where='2 * unexplained < size'
) }} as explained
