with matched as (
    select
        correction.*,
        unit_row.row_id,
        unit_row.assessment_key,
        unit_row.unit_key
    from {{ ref('stg_registry__corrections') }} as correction
    inner join {{ ref('int_row') }} as unit_row
        on
            correction.index_code = unit_row.index_code
            and correction.year = unit_row.year
            and correction.kind = unit_row.kind
            and correction.unit_code = unit_row.unit_code
    inner join {{ ref('int_row_cell') }} as cell on unit_row.row_id = cell.row_id and correction.field = cell.field
    inner join {{ ref('int_row_stated') }} as stated on unit_row.row_id = stated.row_id
    where
        correction.field not in ('unit', 'parent', 'number')
        and (
            coalesce(correction.expect, '') = coalesce(replace(cell.text, ',', '.'), '')
            or correction.expect_figure = cell.figure
            or (correction.field = 'level' and correction.expect = stated.level)
        )
        and coalesce(correction.decided_on < correction.withdrawn_on, true)
)

-- Two lines may not correct one cell on one day: the later decided holds.
select
    correction_id,
    row_id,
    assessment_key,
    unit_key,
    field,
    corrected,
    corrected_figure,
    coalesce(decided_on, {{ unknown_day() }}) as valid_from,
    withdrawn_on as valid_to
from {{ first_of('matched', 'row_id, field, decided_on', 'correction_id desc') }} as matched
