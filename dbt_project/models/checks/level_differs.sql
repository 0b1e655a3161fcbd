with level as (
    select
        row_id,
        max(case when basis = 'stated' then level end) as by_stated,
        max(case when basis = 'settled' then level end) as by_computed
    from {{ ref('int_row_level') }}
    where corrections = ''
    group by all
),

checked as (
    select
        cell.*,
        stated.level_text as stated,
        case when stated.level_text = level.by_computed then level.by_computed else level.by_stated end as expected
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row_stated') }} as stated on cell.row_id = stated.row_id
    inner join level on cell.row_id = level.row_id
    where
        cell.is_checked
        and cell.field = 'level'
        and stated.level_text is not null
        and level.by_stated is not null
        and level.by_computed is not null
        and cell.flaw is null
        and cell.row_id not in (select row_id from {{ ref('int_row_figure') }} where doubt <> 'shown_rounded')
)

{{ check_result('checked', materiality="case when stated = expected then 'none' else 'level' end") }}
