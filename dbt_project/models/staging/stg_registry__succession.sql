select
    predecessor_code,
    successor_code,
    effective_on,
    kind,
    legal_basis,
    tier,
    predecessor_key,
    successor_key,
    source
from {{ ref('unit_succession') }}
union all
select
    step.predecessor_code,
    step.successor_code,
    step.effective_on,
    step.kind,
    step.legal_basis,
    successor.tier,
    predecessor.body_key,
    successor.body_key,
    step.source
from {{ ref('body_succession') }} as step
inner join {{ ref('bodies') }} as predecessor
    on step.predecessor_code = predecessor.body_code and step.effective_on = predecessor.valid_to
inner join {{ ref('bodies') }} as successor
    on step.successor_code = successor.body_code and step.effective_on = successor.valid_from
