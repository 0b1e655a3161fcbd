-- How far the scores of a pillar as shown are from those stored, and whether one of them is read under another doubt.
with doubted as (
    select
        figure.row_id,
        figure.pillar,
        max(figure.doubt <> 'shown_rounded') as is_uncertain,
        sum(abs(try_cast(doubt.stored as decimal(38, 18)) - try_cast(doubt.shown as decimal(38, 18)))) as leeway
    from {{ ref('int_row_figure') }} as figure
    left join {{ ref('stg_landing__doubts') }} as doubt
        on figure.row_id = doubt.row_id and figure.field = doubt.field and doubt.code = 'shown_rounded'
    where figure.doubt is not null
    group by all
),

fixed as (
    select
        cell.*,
        total.pillar,
        total.is_ranked_by,
        total.stated,
        total.stated_fixed,
        case
            when abs(total.stated_fixed - total.settled) <= doubted.leeway then total.stated_fixed
            else total.settled
        end as settled
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row_total') }} as total
        on cell.row_id = total.row_id and cell.field = total.field and total.corrections = ''
    left join doubted on total.row_id = doubted.row_id and total.pillar = doubted.pillar
    where
        cell.is_judged
        and total.stated is not null
        and total.computed is not null
        and not coalesce(doubted.is_uncertain, false)
),

judged as (
    select
        *,
        case when settled = stated_fixed then stated else {{ exact('settled') }} end as expected
    from fixed
),

-- What would change if this total alone were the expected one, all else as stated.
peer as (
    select
        judged.version_id,
        judged.row_id,
        judged.field,
        max((other.total > judged.stated_fixed) <> (other.total > judged.settled)) as is_rank_changed
    from judged
    inner join {{ ref('int_rank') }} as other
        on
            judged.version_id = other.version_id
            and judged.tier = other.tier
            and judged.unit_key <> other.unit_key
            and other.basis = 'stated'
    where judged.is_ranked_by and judged.stated_fixed <> judged.settled
    group by all
),

weighed as (
    select
        judged.*,
        case
            when judged.stated_fixed = judged.settled then 'none'
            when level_if.level <> level_as.level then 'level'
            when peer.is_rank_changed then 'rank'
            else 'total'
        end as materiality
    from judged
    left join {{ ref('int_row_level') }} as level_as
        on judged.row_id = level_as.row_id and level_as.basis = 'stated' and level_as.corrections = ''
    left join {{ ref('int_row_level') }} as level_if
        on judged.row_id = level_if.row_id and judged.pillar = level_if.basis and level_if.corrections = ''
    left join peer
        on judged.version_id = peer.version_id and judged.row_id = peer.row_id and judged.field = peer.field
)

{{ check_result('weighed', difference='stated - expected', materiality='materiality') }}
