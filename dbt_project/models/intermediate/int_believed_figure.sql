-- The figures that results are computed from: those of every row as read, and those of every row with corrections, where
-- the corrected score stands for the stated one. A corrected total stands beside the stated one and takes no part in a sum.
with corrected_row as (
    select distinct edition_id, read_row_id, row_id, correction_ids from {{ ref('int_revision_unit') }}
    where correction_ids is not null
),

corrected as (
    select distinct
        corrected_row.row_id,
        correction.field,
        correction.correction_id,
        correction.corrected_figure
    from corrected_row
    inner join {{ ref('int_correction') }} as correction
        on
            corrected_row.edition_id = correction.edition_id
            and corrected_row.read_row_id = correction.row_id
            and list_contains(corrected_row.correction_ids, correction.correction_id)
)

select
    *,
    figure as stated,
    cast(null as decimal(18, 9)) as corrected,
    cast(null as varchar) as correction_id
from {{ ref('int_row_figure') }}
union all
select
    figure.* replace (
        corrected_row.row_id as row_id,
        case
            when corrected.correction_id is null or figure.component is null then figure.figure
            else corrected.corrected_figure
        end as figure
    ),
    figure.figure,
    corrected.corrected_figure,
    corrected.correction_id
from (select distinct read_row_id, row_id from corrected_row) as corrected_row
inner join {{ ref('int_row_figure') }} as figure on corrected_row.read_row_id = figure.row_id
left join corrected on corrected_row.row_id = corrected.row_id and figure.field = corrected.field
