-- The unit rows that an edition shows: of each unit those of the latest delivery that holds it; a row whose unit was not
-- found stays until a later delivery holds its tier.
with delivered as (
    select
        delivery.edition_key,
        delivery.delivered_on,
        delivery.ledger_order,
        unit_row.row_id,
        unit_row.row_order,
        unit_row.submission_id,
        unit_row.annex,
        unit_row.tier,
        unit_row.unit_key
    from {{ ref('int_row') }} as unit_row
    inner join {{ ref('int_delivery') }} as delivery using (submission_id)
),

available as (
    select
        edition.edition_id,
        delivered.*,
        max(delivered_on) over (partition by edition.edition_id, unit_key) as unit_delivered_on,
        max(delivered_on) over (partition by edition.edition_id, delivered.tier) as tier_delivered_on
    from {{ ref('int_edition') }} as edition
    inner join delivered
        on edition.edition_key = delivered.edition_key and edition.known_from >= delivered.delivered_on
)

select * exclude (edition_key, unit_delivered_on, tier_delivered_on)
from available
where delivered_on = case when unit_key is null then tier_delivered_on else unit_delivered_on end
