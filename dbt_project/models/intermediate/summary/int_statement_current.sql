with delivered as (
    select
        statement.statement_id,
        statement.submission_id,
        statement.annex,
        statement.unit_key,
        delivery.assessment_key,
        delivery.delivery_order,
        delivery.ledger_order
    from {{ ref('int_statement') }} as statement
    inner join {{ ref('int_delivery') }} as delivery on statement.submission_id = delivery.submission_id
    where statement.unit_key is not null
),

-- Of the files of one delivery the later in the ledger speaks for a unit.
following as (
    select
        assessment_key,
        unit_key,
        delivery_order,
        max(ledger_order) as ledger_order,
        lead(delivery_order) over (partition by assessment_key, unit_key order by delivery_order) as next_delivery_order
    from delivered
    group by 1, 2, 3
)

select
    version.version_id,
    delivered.statement_id,
    delivered.submission_id,
    delivered.annex
from delivered
inner join following
    on
        delivered.assessment_key = following.assessment_key
        and delivered.unit_key = following.unit_key
        and delivered.delivery_order = following.delivery_order
        and delivered.ledger_order = following.ledger_order
inner join {{ ref('int_version') }} as version
    on
        delivered.assessment_key = version.assessment_key
        and version.version_order >= following.delivery_order
        and version.version_order < coalesce(following.next_delivery_order, version.version_order + 1)
