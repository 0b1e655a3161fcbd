-- Each stated rank beside the rank on the stated totals; a rank that the computed totals give is no finding of its own. Where
-- rows lack (a unit that is not there, not known, or contradicts itself), their publisher ranked them all the same, and each
-- unit below stands as many places lower: how many is what most of its neighbours say, so that a lost row is one finding and
-- not one for every unit below it.
with rank as (
    select
        revision_id as edition_id,
        unit_key,
        any_value(rank) filter (where basis = 'stated') as by_stated,
        any_value(rank) filter (where basis = 'settled') as by_computed
    from {{ ref('int_revision_rank') }}
    group by all
),

placed as (
    select
        cell.*,
        rank.by_stated,
        rank.by_computed,
        row_number() over (places order by rank.by_stated, cell.unit_key) as place,
        count(*) over places as places
    from {{ ref('int_edition_cell') }} as cell
    inner join rank using (edition_id, unit_key)
    where
        cell.is_judged
        and cell.field = 'rank'
        and cell.figure is not null
        and rank.by_stated is not null
        and rank.by_computed is not null
    window places as (partition by cell.edition_id, cell.tier)
),

incomplete as (
    select edition_id from {{ ref('int_edition_roster') }}
    where row_id is null and result_status = 'missing'
    union
    select edition_id from {{ ref('int_edition_quarantine') }}
),

-- Three neighbours on either side, fewer towards the ends: the first and the last have nobody to be judged by.
lowered as (
    select
        placed.edition_id,
        placed.unit_key,
        greatest(quantile_disc(neighbour.figure - neighbour.by_stated, 0.5), 0) as places
    from placed
    inner join incomplete using (edition_id)
    inner join placed as neighbour
        on
            placed.edition_id = neighbour.edition_id
            and placed.tier = neighbour.tier
            and abs(placed.place - neighbour.place) <= least(3, placed.place - 1, placed.places - placed.place)
    group by all
),

judged as (
    select
        placed.*,
        placed.figure as stated,
        {{ figure('coalesce(lowered.places, 0) + case
            when placed.figure = coalesce(lowered.places, 0) + placed.by_computed then placed.by_computed
            else placed.by_stated
        end') }} as expected
    from placed
    left join lowered using (edition_id, unit_key)
)

select
    {{ address('judged') }},
    {{ judgement(difference='stated - expected', materiality="case when stated = expected then 'none' else 'rank' end") }}
from judged
