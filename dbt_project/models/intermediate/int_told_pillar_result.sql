-- Every pillar's total that was ever believed of a published result, with the days from when to when.
select
    revision.index_code,
    revision.year,
    revision.tier,
    revision.unit_code,
    revision.unit_key,
    pillar.pillar,
    pillar.stated,
    pillar.corrected,
    pillar.computed,
    pillar.difference,
    pillar.to_next_level,
    revision.correction_id,
    nullif(revision.known_from, date '0001-01-01') as known_from,
    revision.known_to
from {{ ref('int_unit_revision') }} as revision
inner join {{ ref('int_row_pillar') }} as pillar using (row_id)
where revision.kind = 'published'
