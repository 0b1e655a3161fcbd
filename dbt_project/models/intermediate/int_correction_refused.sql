-- The corrections that cannot be applied, which stop a run: what they expect no longer stands in what is current (`found`
-- does), or nothing stands there, or what they put in its place is no value of the field. One that was withdrawn has to
-- have stood when it was decided.
with standing as (
    select
        correction.correction_id,
        bool_or(current_edition.edition_id is not null) as is_current
    from {{ ref('int_correction') }} as correction
    left join {{ ref('int_current_edition') }} as current_edition using (edition_id)
    group by all
),

current_cell as (
    select
        edition.index_code,
        edition.year,
        edition.kind,
        cell.unit_code,
        cell.field,
        cell.text
    from {{ ref('int_current_edition') }} as edition
    inner join {{ ref('int_edition_cell') }} as cell using (edition_id)
    where cell.is_judged
)

select
    asked.correction_id,
    asked.index_code,
    asked.year,
    asked.kind,
    asked.unit_code,
    asked.field,
    asked.expect,
    asked.corrected,
    current_cell.text as found,
    current_cell.unit_code is not null as is_found,
    case
        when asked.corrected is null then true
        when asked.field = 'level' then asked.corrected = 'unranked' or exists (
            from {{ ref('level_rules') }} as rule
            where rule.index_code = asked.index_code and rule.level = asked.corrected
        )
        else asked.corrected_figure is not null
    end as is_a_value
from {{ ref('stg_registry__corrections') }} as asked
left join current_cell
    on
        asked.index_code = current_cell.index_code
        and asked.year = current_cell.year
        and asked.kind = current_cell.kind
        and asked.unit_code = current_cell.unit_code
        and asked.field = current_cell.field
left join standing on asked.correction_id = standing.correction_id
where
    not is_a_value
    or standing.correction_id is null
    or (asked.withdrawn_on is null and not standing.is_current)
