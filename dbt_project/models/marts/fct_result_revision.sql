select
    history.assessment_key,
    history.index_code,
    history.year,
    history.kind,
    history.tier,
    history.unit_code,
    history.unit_key,
    history.submission_id,
    history.correction_id,
    history.result_status,
    pillar.readiness_stated,
    pillar.readiness_corrected,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_corrected,
    pillar.attainment_computed,
    history.level_stated,
    history.level_corrected,
    history.level_computed,
    nullif(history.valid_from, {{ unknown_day() }}) as known_from,
    history.valid_to as known_to
from {{ ref('int_unit_history') }} as history
left join {{ ref('int_row_two_pillars') }} as pillar
    on history.row_id = pillar.row_id and history.corrections = pillar.corrections
