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
    group by 1, 2
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
        cell.is_checked
        and total.stated is not null
        and total.computed is not null
        and not coalesce(doubted.is_uncertain, false)
),

checked as (
    select
        *,
        case when settled = stated_fixed then stated else {{ exact('settled') }} end as expected
    from fixed
),

-- What would change if this total alone were the expected one, all else as stated.
peer as (
    select
        checked.version_id,
        checked.row_id,
        checked.field,
        max((other.total > checked.stated_fixed) <> (other.total > checked.settled)) as is_rank_changed
    from checked
    inner join {{ ref('int_rank') }} as other
        on
            checked.version_id = other.version_id
            and checked.tier = other.tier
            and checked.unit_key <> other.unit_key
            and other.basis = 'stated'
    where checked.is_ranked_by and checked.stated_fixed <> checked.settled
    group by 1, 2, 3
),

weighed as (
    select
        checked.*,
        case when level_if.level <> level_as.level then level_as.level || '|' || level_if.level end as levels,
        case
            when checked.stated_fixed = checked.settled then 'none'
            when level_if.level <> level_as.level then 'level'
            when peer.is_rank_changed then 'rank'
            else 'total'
        end as materiality
    from checked
    left join {{ ref('int_row_level') }} as level_as
        on checked.row_id = level_as.row_id and level_as.basis = 'stated' and level_as.corrections = ''
    left join {{ ref('int_row_level') }} as level_if
        on checked.row_id = level_if.row_id and checked.pillar = level_if.basis and level_if.corrections = ''
    left join peer
        on checked.version_id = peer.version_id and checked.row_id = peer.row_id and checked.field = peer.field
)

{{ check_result('weighed', difference='stated - expected', materiality='materiality', detail='levels') }}
