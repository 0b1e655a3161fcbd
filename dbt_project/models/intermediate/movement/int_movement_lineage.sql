with {{ recursive() }} step as (
    select
        coalesce(step.successor_key, successor.unit_key) as successor_key,
        coalesce(step.predecessor_key, predecessor.unit_key) as predecessor_key
    from {{ ref('stg_registry__succession') }} as step
    left join {{ ref('stg_registry__units') }} as successor
        on step.successor_code = successor.unit_code and step.effective_on = successor.valid_from
    left join {{ ref('stg_registry__units') }} as predecessor
        on step.predecessor_code = predecessor.unit_code and step.effective_on = predecessor.valid_to
),

{{ followed(
    'lineage',
    'select unit_key, unit_key as ancestor_key from ' ~ ref('stg_registry__units'),
    'select one.unit_key, step.predecessor_key as ancestor_key from BEFORE as one inner join step on one.ancestor_key = step.successor_key'
) }}

select * from lineage
