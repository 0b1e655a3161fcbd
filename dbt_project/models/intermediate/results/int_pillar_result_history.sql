select
    history.assessment_key,
    history.index_code,
    history.year,
    history.kind,
    history.tier,
    history.unit_code,
    history.unit_key,
    pillar.pillar,
    pillar.stated,
    pillar.corrected,
    pillar.computed,
    pillar.difference,
    pillar.to_next_level,
    history.correction_id,
    nullif(history.valid_from, {{ unknown_day() }}) as valid_from,
    history.valid_to,
    history.is_current
from {{ ref('int_unit_history') }} as history
inner join {{ ref('int_row_pillar') }} as pillar
    on history.row_id = pillar.row_id and history.corrections = pillar.corrections
