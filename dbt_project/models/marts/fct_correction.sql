with last_standing as (
    select
        correction.*,
        edition.known_from as edition_from
    from {{ ref('int_correction') }} as correction
    inner join {{ ref('int_edition') }} as edition using (edition_id)
    qualify row_number() over (partition by correction.correction_id order by edition.known_from desc) = 1
)

select
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
inner join last_standing using (correction_id)
inner join {{ ref('int_edition_cell') }} as cell
    on
        last_standing.edition_id = cell.edition_id
        and last_standing.row_id = cell.row_id
        and last_standing.field = cell.field
