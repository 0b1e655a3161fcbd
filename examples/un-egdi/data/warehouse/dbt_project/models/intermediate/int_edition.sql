-- One row per edition: what is current of an index, year, kind and province once the files received on a day are in. An
-- unknown day of receipt counts as the earliest.
with delivery as (
    select distinct
        index_code,
        year,
        kind,
        province_code,
        coalesce(received_on, date '0001-01-01') as known_from
    from {{ ref('int_submission') }}
)

select
    concat_ws('/', index_code, year, kind, coalesce(province_code, 'all')) as edition_key,
    concat_ws('/', index_code, year, kind, coalesce(province_code, 'all'), known_from) as edition_id,
    delivery.*,
    row_number() over (partition by edition_key order by known_from) as edition_order,
    lead(known_from) over (partition by edition_key order by known_from) as known_to
from delivery
