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

stated as (
    select
        submission_id || ':' || row_order as row_id,
        any_value(coalesce(meaning, nullif({{ single_spaced('raw_text') }}, ''))) as stated
    from {{ ref('stg_landing__score_cells') }}
    where role = 'level'
    group by all
),

judged as (
    select
        cell.*,
        stated.stated,
        case when stated.stated = level.by_computed then level.by_computed else level.by_stated end as expected
    from {{ ref('int_edition_cell') }} as cell
    inner join stated using (row_id)
    inner join level using (row_id)
    where
        cell.is_judged
        and cell.field = 'level'
        and stated.stated is not null
        and level.by_stated is not null
        and level.by_computed is not null
)

select
    {{ address('judged') }},
    {{ judgement(materiality="case when stated = expected then 'none' else 'level' end") }}
from judged
