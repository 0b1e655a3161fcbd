with rank as (
    select
        ranked.version_id,
        ranked.unit_key,
        max(case when ranked.basis = 'stated' then ranked.rank end) as by_stated,
        max(case when ranked.basis = 'settled' then ranked.rank end) as by_computed
    from {{ ref('int_rank') }} as ranked
    inner join {{ ref('int_result_span') }} as span
        on ranked.version_id = span.version_id and ranked.valid_from = span.valid_from
    where span.is_first_of_version
    group by 1, 2
),

-- Units that lack were ranked by their publisher all the same, and each unit below stands as many places lower.
lacking as (
    select version_id, tier, count(*) as units from {{ ref('int_version_roster') }}
    where row_id is null and result_status = 'missing'
    group by 1, 2
),

set_aside as (
    select version_id, tier, count(*) as units from {{ ref('int_version_quarantine') }}
    group by 1, 2
),

placed as (
    select
        cell.*,
        rank.by_stated,
        rank.by_computed,
        cell.figure - rank.by_stated as places_lower,
        coalesce(lacking.units, 0) + coalesce(set_aside.units, 0) as units_lacking,
        row_number() over (partition by cell.version_id, cell.tier order by rank.by_stated, cell.unit_key) as place
    from {{ ref('int_version_cell') }} as cell
    inner join rank on cell.version_id = rank.version_id and cell.unit_key = rank.unit_key
    left join lacking on cell.version_id = lacking.version_id and cell.tier = lacking.tier
    left join set_aside on cell.version_id = set_aside.version_id and cell.tier = set_aside.tier
    where
        cell.is_checked
        and cell.field = 'rank'
        and cell.figure is not null
        and rank.by_stated is not null
        and rank.by_computed is not null
),

-- How many places lower is what most neighbours say, three on either side: so a lost row is one finding, and not one for
-- every unit below it. Nobody may stand fewer places lower than those above, or more than those below.
neighbourhood as (
    select
        placed.version_id,
        placed.unit_key,
        {{ middle('neighbour.places_lower') }} as around,
        {{ middle('case when neighbour.place < placed.place then neighbour.places_lower end') }} as above,
        {{ middle('case when neighbour.place > placed.place then neighbour.places_lower end') }} as below
    from placed
    inner join placed as neighbour
        on
            placed.version_id = neighbour.version_id
            and placed.tier = neighbour.tier
            and abs(placed.place - neighbour.place) <= 3
    where placed.units_lacking > 0
    group by 1, 2
),

placed_among_lacking as (
    select
        placed.*,
        case
            when placed.units_lacking = 0 then 0
            when
                placed.places_lower between
                greatest(coalesce(neighbourhood.above, 0), 0)
                and least(coalesce(neighbourhood.below, placed.units_lacking), placed.units_lacking)
                then placed.places_lower
            else least(greatest(neighbourhood.around, 0), placed.units_lacking)
        end as places
    from placed
    left join neighbourhood
        on placed.version_id = neighbourhood.version_id and placed.unit_key = neighbourhood.unit_key
),

checked as (
    select
        *,
        figure as stated,
        {{ exact('places + case when figure = places + by_computed then by_computed else by_stated end') }} as expected
    from placed_among_lacking
)

{{ check_result(
    'checked', difference='stated - expected', materiality="case when stated = expected then 'none' else 'rank' end"
) }}
