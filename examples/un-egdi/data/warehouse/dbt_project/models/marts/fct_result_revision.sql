with pillar as (
    select
        edition_id,
        unit_key,
        any_value(stated) filter (where pillar = 'readiness') as readiness_stated,
        any_value(computed) filter (where pillar = 'readiness') as readiness_computed,
        any_value(stated) filter (where pillar = 'attainment') as attainment_stated,
        any_value(computed) filter (where pillar = 'attainment') as attainment_computed
    from {{ ref('int_edition_pillar') }}
    group by all
),

told as (
    select
        result.*,
        edition.known_from,
        lag(coalesce(result.row_id, result.result_status)) over unit_editions
        is distinct from coalesce(result.row_id, result.result_status) as is_revised
    from {{ ref('int_edition_result') }} as result
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    window unit_editions as (partition by edition.edition_key, result.unit_key order by edition.known_from)
),

revised as (
    select
        *,
        lead(known_from) over (partition by index_code, year, kind, unit_key order by known_from) as known_to
    from told
    where is_revised
)

select
    revised.index_code,
    revised.year,
    revised.kind,
    revised.tier,
    revised.unit_code,
    revised.unit_key,
    revised.submission_id,
    cast(null as varchar) as correction_id,
    revised.result_status,
    pillar.readiness_stated,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_computed,
    revised.level_stated,
    revised.level_computed,
    nullif(revised.known_from, date '0001-01-01') as known_from,
    revised.known_to
from revised
left join pillar using (edition_id, unit_key)
