-- No pillar is below the threshold of the level that its unit holds, and one at least is below that of the next.
select unit_key, year, pillar from {{ ref('fct_level_distance') }}
where
    margin < 0
    or to_next_level is distinct from cast(greatest(next_min_total - computed, 0) as decimal(18, 9))
union all
select unit_key, year, held_back_by from {{ ref('fct_level_standing') }}
where next_level is not null and pillars_holding_back = 0
