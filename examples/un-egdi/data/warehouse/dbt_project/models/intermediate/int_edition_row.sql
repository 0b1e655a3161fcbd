-- The unit rows that an edition shows: of each unit those of the latest delivery that holds it; a row whose unit was not
-- found stays until a later delivery holds its tier.
with delivered as (
    select
        edition.edition_key,
        edition.known_from as delivered_on,
        submission.ledger_order,
        unit_row.row_id,
        unit_row.row_order,
        unit_row.submission_id,
        unit_row.annex,
        unit_row.tier,
        unit_row.unit_key
    from {{ ref('int_row') }} as unit_row
    inner join {{ ref('int_submission') }} as submission using (submission_id)
    inner join {{ ref('int_edition') }} as edition
        on
            submission.index_code = edition.index_code
            and submission.year = edition.year
            and submission.kind = edition.kind
            and submission.province_code is not distinct from edition.province_code
            and coalesce(submission.received_on, date '0001-01-01') = edition.known_from
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
