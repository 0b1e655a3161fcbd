-- The annexes that an edition shows: of each printed annex the file that gave it last. What stands outside any annex
-- (a head, a table without a number) counts while the file shows a unit row, or is the last to come.
with written as (
    select submission_id, annex from {{ ref('stg_landing__titles') }}
    union
    select submission_id, annex from {{ ref('stg_landing__columns') }}
    union
    select submission_id, annex from {{ ref('stg_landing__statements') }}
    union
    select submission_id, annex from {{ ref('stg_landing__thresholds') }}
    union
    select submission_id, annex from {{ ref('stg_landing__citations') }}
    union
    select submission_id, annex from {{ ref('stg_landing__unusable_rows') }}
    union
    select submission_id, annex from {{ ref('stg_landing__doubts') }}
),

available as (
    select
        edition.edition_id,
        written.submission_id,
        written.annex,
        delivery.delivered_on,
        delivery.ledger_order
    from written
    inner join {{ ref('int_delivery') }} as delivery using (submission_id)
    inner join {{ ref('int_edition') }} as edition
        on delivery.edition_key = edition.edition_key and edition.known_from >= delivery.delivered_on
),

shown as (
    select distinct edition_id, submission_id, true as is_shown from {{ ref('int_edition_row') }}
)

select
    available.edition_id,
    available.submission_id,
    available.annex
from available
left join shown using (edition_id, submission_id)
qualify
    case
        when annex is null then
            coalesce(is_shown, false) or delivered_on = max(delivered_on) over (partition by edition_id, annex)
        else
            row_number() over (partition by edition_id, annex order by delivered_on desc, ledger_order desc) = 1
    end
