-- One row per span of days in which the same was believed of an edition: it begins with the edition, and anew with each day
-- on which a correction of it becomes known or is withdrawn. revision_id is the edition's own where nothing is corrected.
with day as (
    select edition_id, known_from as known_on from {{ ref('int_edition') }}
    union
    select edition_id, known_from from {{ ref('int_correction') }}
    union
    select edition_id, known_to from {{ ref('int_correction') }}
    where known_to is not null
),

span as (
    select
        edition.* exclude (known_from, known_to),
        day.known_on as known_from,
        coalesce(lead(day.known_on) over (partition by edition.edition_id order by day.known_on), edition.known_to) as known_to
    from {{ ref('int_edition') }} as edition
    inner join day using (edition_id)
    where day.known_on < coalesce(edition.known_to, date '9999-12-31')
),

corrected as (
    select
        span.*,
        list(correction.correction_id order by correction.correction_id)
            filter (where correction.correction_id is not null) as correction_ids
    from span
    left join {{ ref('int_correction') }} as correction
        on
            span.edition_id = correction.edition_id
            and correction.known_from <= span.known_from
            and span.known_from < coalesce(correction.known_to, date '9999-12-31')
    group by all
)

select
    *,
    case when correction_ids is null then edition_id else concat_ws('+', edition_id, known_from) end as revision_id
from corrected
