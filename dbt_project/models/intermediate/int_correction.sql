-- The corrections that stand: one row per correction and edition whose row of the unit still has the value that it corrects,
-- with the days on which it was known of that edition. What the field may be: a component, a pillar's total, level or rank.
select
    correction.correction_id,
    cell.edition_id,
    cell.row_id,
    cell.unit_key,
    correction.field,
    correction.corrected,
    correction.corrected_figure,
    greatest(edition.known_from, correction.decided_on) as known_from,
    least(edition.known_to, correction.withdrawn_on) as known_to
from {{ ref('stg_registry__corrections') }} as correction
inner join {{ ref('int_edition') }} as edition
    on
        correction.index_code = edition.index_code
        and correction.year = edition.year
        and correction.kind = edition.kind
inner join {{ ref('int_edition_cell') }} as cell
    on
        edition.edition_id = cell.edition_id
        and correction.unit_code = cell.unit_code
        and correction.field = cell.field
        and cell.is_judged
inner join {{ ref('int_row_stated') }} as stated using (row_id)
where
    correction.field not in ('unit', 'parent', 'number')
    and (
        coalesce(correction.expect, '') = coalesce(replace(cell.text, ',', '.'), '')
        or correction.expect_figure = cell.figure
        or (correction.field = 'level' and correction.expect = stated.level)
    )
    and greatest(edition.known_from, correction.decided_on)
    < coalesce(least(edition.known_to, correction.withdrawn_on), date '9999-12-31')
