with followed as (
    select
        *,
        concat_ws('|', row_id, corrections, result_status) as state,
        lag(concat_ws('|', row_id, corrections, result_status)) over (
            partition by assessment_key, unit_key order by valid_from
        ) as state_before
    from {{ ref('int_unit_result') }}
),

revised as (
    select
        *,
        lead(valid_from) over (partition by assessment_key, unit_key order by valid_from) as next_from
    from followed
    where state_before is distinct from state
)

select
    revised.assessment_key,
    revised.index_code,
    revised.year,
    revised.kind,
    revised.tier,
    revised.unit_code,
    revised.unit_key,
    revised.submission_id,
    revised.correction_id,
    revised.result_status,
    pillar.readiness_stated,
    pillar.readiness_corrected,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_corrected,
    pillar.attainment_computed,
    revised.level_stated,
    revised.level_corrected,
    revised.level_computed,
    nullif(revised.valid_from, {{ unknown_day() }}) as known_from,
    revised.next_from as known_to
from revised
left join {{ ref('int_row_two_pillars') }} as pillar
    on revised.row_id = pillar.row_id and revised.corrections = pillar.corrections
