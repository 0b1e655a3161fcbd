with matched as (
    select
        correction.correction_id,
        correction.assessment_key,
        version.version_id,
        version.version_order,
        correction.row_id,
        correction.field
    from {{ ref('int_correction') }} as correction
    inner join {{ ref('int_version_row') }} as shown on correction.row_id = shown.row_id and shown.is_taken
    inner join {{ ref('int_version') }} as version on shown.version_id = version.version_id
)

select
    last_matched.assessment_key,
    decided.correction_id,
    decided.index_code,
    decided.year,
    decided.kind,
    cell.tier,
    decided.unit_code,
    cell.unit_key,
    cell.unit_name,
    decided.field,
    cell.text as stated,
    decided.corrected,
    outcome.outcome,
    cell.submission_id,
    cell.annex,
    cell.position,
    cell.page_or_sheet,
    cell.row_number,
    cell.column_name,
    cell.cell,
    decided.decided_by,
    decided.decided_on,
    decided.authority,
    decided.why,
    decided.withdrawn_on
from {{ ref('stg_registry__corrections') }} as decided
inner join {{ first_of('matched', 'correction_id', 'version_order desc') }} as last_matched
    on decided.correction_id = last_matched.correction_id
inner join {{ ref('int_correction_outcome') }} as outcome on decided.correction_id = outcome.correction_id
inner join {{ ref('int_version_cell') }} as cell
    on
        last_matched.version_id = cell.version_id
        and last_matched.row_id = cell.row_id
        and last_matched.field = cell.field
