-- Each stated rank beside the rank on the stated totals; a rank that the computed totals give is no finding of its own.
with rank as (
    select
        revision_id as edition_id,
        unit_key,
        any_value(rank) filter (where basis = 'stated') as by_stated,
        any_value(rank) filter (where basis = 'settled') as by_computed
    from {{ ref('int_revision_rank') }}
    group by all
),

judged as (
    select
        cell.*,
        cell.figure as stated,
        {{ figure('case when cell.figure = rank.by_computed then rank.by_computed else rank.by_stated end') }} as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join rank using (edition_id, unit_key)
    where
        cell.is_judged
        and cell.field = 'rank'
        and cell.figure is not null
        and rank.by_stated is not null
        and rank.by_computed is not null
)

select
    {{ address('judged') }},
    {{ judgement(difference='stated - expected', materiality="case when stated = expected then 'none' else 'rank' end") }}
from judged
