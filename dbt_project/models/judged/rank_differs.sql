-- Each stated rank beside the rank on the stated totals; a rank that the computed totals give is no finding of its own. A row
-- whose unit is not known, or whose repeats contradict each other, holds a place too, and a unit that is not there at all
-- may hold any: their publisher ranked them, so that one such row is one finding and not one for every unit below it.
with unresolved as (
    select
        edition_row.edition_id,
        edition_row.tier,
        total.basis,
        coalesce(edition_row.unit_key, edition_row.row_id) as unit,
        min(total.total) as lowest,
        max(total.total) as highest
    from {{ ref('int_edition_row') }} as edition_row
    left join {{ ref('int_edition_unit') }} as taken
        on edition_row.edition_id = taken.edition_id and edition_row.unit_key = taken.unit_key
    inner join {{ ref('int_row_basis_total') }} as total on edition_row.row_id = total.row_id
    inner join {{ ref('pillars') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and {{ in_force('pillar', 'total.year') }}
    where taken.row_id is null and pillar.is_ranked_by and total.total is not null
    group by all
),

unresolved_count as (
    select
        edition_id,
        basis,
        count(*) as units
    from unresolved
    group by all
),

-- A unit whose row is not resolved is missing, too, and is no second one.
missing as (
    select
        roster.edition_id,
        roster.tier,
        count(*) as units
    from {{ ref('int_edition_roster') }} as roster
    where roster.row_id is null and roster.result_status = 'missing'
    group by all
),

ranked as (
    select
        known.revision_id as edition_id,
        known.unit_key,
        known.basis,
        known.rank + count(unresolved.unit) filter (where unresolved.lowest > known.total) as rank_at_best,
        known.rank + count(unresolved.unit) filter (where unresolved.highest > known.total)
        + greatest(coalesce(any_value(missing.units), 0) - coalesce(any_value(unresolved_count.units), 0), 0) as rank_at_worst
    from {{ ref('int_revision_rank') }} as known
    left join unresolved
        on
            known.revision_id = unresolved.edition_id
            and known.tier = coalesce(unresolved.tier, known.tier)
            and known.basis = unresolved.basis
    left join unresolved_count on known.revision_id = unresolved_count.edition_id and known.basis = unresolved_count.basis
    left join missing on known.revision_id = missing.edition_id and known.tier = missing.tier
    where known.basis in ('stated', 'settled')
    group by known.revision_id, known.unit_key, known.basis, known.rank
),

judged as (
    select
        cell.*,
        cell.figure as stated,
        {{ figure('case
            when cell.figure between by_stated.rank_at_best and by_stated.rank_at_worst then cell.figure
            when cell.figure between by_computed.rank_at_best and by_computed.rank_at_worst then cell.figure
            else by_stated.rank_at_best
        end') }} as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join ranked as by_stated
        on cell.edition_id = by_stated.edition_id and cell.unit_key = by_stated.unit_key and by_stated.basis = 'stated'
    inner join ranked as by_computed
        on cell.edition_id = by_computed.edition_id and cell.unit_key = by_computed.unit_key and by_computed.basis = 'settled'
    where cell.is_judged and cell.field = 'rank' and cell.figure is not null
)

select
    {{ address('judged') }},
    {{ judgement(difference='stated - expected', materiality="case when stated = expected then 'none' else 'rank' end") }}
from judged
