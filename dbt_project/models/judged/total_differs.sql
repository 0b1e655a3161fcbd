-- Each stated total of a pillar beside the exact sum of its contributions.
-- A sum is not judged where a figure of it is read under a doubt of ours; what the sheet shows rounded may explain a
-- difference up to the rounding.
with doubted as (
    select
        figure.row_id,
        figure.pillar,
        bool_or(figure.doubt <> 'shown_rounded') as is_uncertain,
        sum(abs({{ figure('try_cast(doubt.stored as decimal(38, 18))') }} - try_cast(doubt.shown as decimal(18, 9)))) as leeway
    from {{ ref('int_row_figure') }} as figure
    left join {{ ref('stg_landing__doubts') }} as doubt using (row_id, field)
    where figure.doubt is not null
    group by all
),

total as (
    select
        total.*,
        pillar.tolerance + coalesce(doubted.leeway, 0) as tolerance,
        pillar.is_ranked_by
    from {{ ref('int_row_total') }} as total
    inner join {{ ref('pillars') }} as pillar
        on
            total.index_code = pillar.index_code
            and total.tier = pillar.tier
            and total.pillar = pillar.pillar
            and {{ in_force('pillar', 'total.year') }}
    left join doubted on total.row_id = doubted.row_id and total.pillar = doubted.pillar
    where total.stated is not null and total.computed is not null and not coalesce(doubted.is_uncertain, false)
),

judged as (
    select
        cell.*,
        total.pillar,
        total.is_ranked_by,
        total.stated,
        case when abs(total.stated - total.computed) <= total.tolerance then total.stated else total.computed end as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join total using (row_id, field)
    where cell.is_judged
),

-- What would change if this total alone were the expected one, all else as stated.
peer as (
    select
        judged.edition_id,
        judged.unit_key,
        judged.field,
        bool_or((peer.total > judged.stated) <> (peer.total > judged.expected)) as is_rank_changed
    from judged
    inner join {{ ref('int_revision_rank') }} as peer
        on
            judged.edition_id = peer.revision_id
            and judged.tier = peer.tier
            and judged.unit_key <> peer.unit_key
            and peer.basis = 'stated'
    where judged.is_ranked_by and judged.stated <> judged.expected
    group by all
),

weighed as (
    select
        judged.*,
        case
            when judged.stated = judged.expected then 'none'
            when level_if.level <> level_as.level then 'level'
            when peer.is_rank_changed then 'rank'
            else 'total'
        end as materiality
    from judged
    left join {{ ref('int_row_level') }} as level_as on judged.row_id = level_as.row_id and level_as.basis = 'stated'
    left join {{ ref('int_row_level') }} as level_if on judged.row_id = level_if.row_id and judged.pillar = level_if.basis
    left join peer
        on judged.edition_id = peer.edition_id and judged.unit_key = peer.unit_key and judged.field = peer.field
)

select
    {{ address('weighed') }},
    {{ judgement(difference='stated - expected', materiality='materiality') }}
from weighed
