select
    revision.index_code,
    revision.year,
    revision.kind,
    revision.tier,
    revision.unit_code,
    revision.unit_key,
    revision.submission_id,
    revision.correction_id,
    revision.result_status,
    pillar.readiness_stated,
    pillar.readiness_corrected,
    pillar.readiness_computed,
    pillar.attainment_stated,
    pillar.attainment_corrected,
    pillar.attainment_computed,
    revision.level_stated,
    revision.level_corrected,
    revision.level_computed,
    nullif(revision.known_from, date '0001-01-01') as known_from,
    revision.known_to
from {{ ref('int_unit_revision') }} as revision
left join {{ ref('int_row_two_pillars') }} as pillar using (row_id)
