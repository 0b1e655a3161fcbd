-- Each change is the figure of this year less the previous one, and both are those of the results: of this year always, of
-- the previous year where the unit is one and the same.
with result as (
    select * from {{ ref('int_pillar_result_history') }}
    where is_current
),

pillar as (
    select
        movement.*,
        result.computed,
        previous.computed as previous_computed
    from {{ ref('int_movement_pillar') }} as movement
    inner join {{ ref('int_movement_unit') }} as unit
        on
            movement.index_code = unit.index_code
            and movement.year = unit.year
            and movement.kind = unit.kind
            and movement.unit_key = unit.unit_key
    left join result
        on
            movement.index_code = result.index_code
            and movement.year = result.year
            and movement.kind = result.kind
            and movement.unit_key = result.unit_key
            and movement.pillar = result.pillar
    left join result as previous
        on
            movement.index_code = previous.index_code
            and movement.previous_year = previous.year
            and previous.kind = 'published'
            and unit.previous_unit_keys = previous.unit_key
            and movement.pillar = previous.pillar
)

select
    index_code,
    year,
    kind,
    unit_key,
    pillar
from pillar
where
    total_change is distinct from current_total - previous_total
    or coalesce(computed, 0) is distinct from coalesce(current_total, 0)
    or (comparison in ('split', 'rule_changed', 'same_unit') and coalesce(previous_computed, 0) is distinct from coalesce(previous_total, 0))
