-- The row of each unit that results are computed from: of every edition as it came (revision_id is then the edition's), and
-- of every revision with corrections. A row with corrections is a row of its own, named by the row as read and by them.
with corrected as (
    select
        revision.revision_id,
        correction.row_id,
        list(correction.correction_id order by correction.correction_id) as correction_ids
    from {{ ref('int_revision') }} as revision
    inner join {{ ref('int_correction') }} as correction
        on
            revision.edition_id = correction.edition_id
            and list_contains(revision.correction_ids, correction.correction_id)
    group by all
),

unit as (
    select
        edition_id,
        unit_key,
        tier,
        parent_code,
        row_id
    from {{ ref('int_edition_unit') }}
)

select
    edition_id as revision_id,
    unit.*,
    row_id as read_row_id,
    cast(null as varchar[]) as correction_ids
from unit
union all
select
    revision.revision_id,
    unit.* replace (concat_ws('+', unit.row_id, array_to_string(corrected.correction_ids, '+')) as row_id),
    unit.row_id,
    corrected.correction_ids
from {{ ref('int_revision') }} as revision
inner join unit using (edition_id)
left join corrected on revision.revision_id = corrected.revision_id and unit.row_id = corrected.row_id
where revision.revision_id <> revision.edition_id
