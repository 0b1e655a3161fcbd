with matched as (
    select
        correction.correction_id,
        max(current_unit.row_id is not null) as is_current
    from {{ ref('int_correction') }} as correction
    left join (
        select unit.row_id
        from {{ ref('int_version_unit') }} as unit
        inner join {{ ref('int_version') }} as version on unit.version_id = version.version_id
        where version.is_current
    ) as current_unit on correction.row_id = current_unit.row_id
    group by 1
),

current_cell as (
    select
        version.index_code,
        version.year,
        version.kind,
        cell.unit_code,
        cell.field,
        max(cell.text) as text
    from {{ ref('int_version') }} as version
    inner join {{ ref('int_version_cell') }} as cell on version.version_id = cell.version_id
    where version.is_current and cell.is_checked
    group by 1, 2, 3, 4, 5
),

checked as (
    select
        asked.correction_id,
        asked.index_code,
        asked.year,
        asked.kind,
        asked.unit_code,
        asked.field,
        asked.expect,
        asked.corrected,
        asked.withdrawn_on,
        coalesce(asked.withdrawn_on <= asked.decided_on, false) as was_never_in_force,
        current_cell.text as found,
        current_cell.unit_code is not null as is_found,
        case
            when asked.corrected is null then true
            when asked.field = 'level' then asked.corrected = 'unranked' or known.level is not null
            else asked.corrected_figure is not null
        end as is_a_value,
        matched.correction_id is not null as was_matched,
        coalesce(matched.is_current, false) as is_current
    from {{ ref('stg_registry__corrections') }} as asked
    left join matched on asked.correction_id = matched.correction_id
    left join current_cell
        on
            asked.index_code = current_cell.index_code
            and asked.year = current_cell.year
            and asked.kind = current_cell.kind
            and asked.unit_code = current_cell.unit_code
            and asked.field = current_cell.field
    left join (select distinct index_code, level from {{ ref('level_rules') }}) as known
        on asked.index_code = known.index_code and asked.corrected = known.level
)

select
    correction_id,
    index_code,
    year,
    kind,
    unit_code,
    field,
    expect,
    corrected,
    found,
    case
        when was_never_in_force then 'withdrawn'
        when not is_a_value then 'not_a_value'
        when withdrawn_on is not null and was_matched then 'withdrawn'
        when is_current then 'applied'
        when was_matched then 'mended'
        when is_found then 'never_stood'
        else 'nothing_there'
    end as outcome
from checked
