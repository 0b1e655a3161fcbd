-- Each stated level beside the one that the rule gives, on the stated totals. A level that the computed totals give is no
-- second finding: the wrong total is its own. Without both sides there is no judgement.
with level as (
    select
        row_id,
        any_value(level) filter (where basis = 'stated') as by_stated,
        any_value(level) filter (where basis = 'settled') as by_computed
    from {{ ref('int_row_level') }}
    group by all
),

judged as (
    select
        cell.*,
        stated.level_text as stated,
        case when stated.level_text = level.by_computed then level.by_computed else level.by_stated end as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join {{ ref('int_row_stated') }} as stated using (row_id)
    inner join level using (row_id)
    where
        cell.is_judged
        and cell.field = 'level'
        and stated.level_text is not null
        and level.by_stated is not null
        and level.by_computed is not null
        and cell.flaw is null
        and cell.row_id not in (select row_id from {{ ref('int_row_figure') }} where doubt <> 'shown_rounded')
)

select
    {{ address('judged') }},
    {{ judgement(materiality="case when stated = expected then 'none' else 'level' end") }}
from judged
