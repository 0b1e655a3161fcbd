select
    pillar.index_code,
    pillar.year,
    pillar.tier,
    pillar.unit_code,
    pillar.unit_key,
    pillar.pillar,
    pillar.stated,
    pillar.computed,
    pillar.difference,
    pillar.to_next_level
from {{ ref('int_edition_pillar') }} as pillar
inner join {{ ref('int_current_edition') }} as edition using (edition_id)
where pillar.kind = 'published'
