-- A row stands as it was read, and beside that as each state of its corrections has it.
with state as (
    select row_id, '' as corrections, {{ unknown_day() }} as valid_from from {{ ref('int_row') }}
    union all
    select row_id, corrections, min(valid_from) from {{ ref('int_row_state') }}
    where corrections <> ''
    group by 1, 2
),

-- Of two corrections of one field the later decided holds, also where it puts nothing in the figure's place.
corrected as (
    select
        state.row_id,
        state.corrections,
        correction.field,
        correction.valid_from,
        correction.correction_id,
        correction.corrected_figure as corrected
    from state
    inner join {{ ref('int_correction') }} as correction
        on
            state.row_id = correction.row_id
            and correction.valid_from <= state.valid_from
            and state.valid_from < coalesce(correction.valid_to, date '9999-12-31')
    where state.corrections <> ''
)

select
    figure.row_id,
    state.corrections,
    figure.index_code,
    figure.year,
    figure.tier,
    figure.pillar,
    figure.component,
    figure.field,
    figure.is_total,
    figure.is_bonus,
    figure.flaw,
    figure.max_figure,
    figure.annex,
    figure.page_or_sheet,
    figure.row_number,
    figure.column_number,
    figure.raw_text,
    figure.is_absent_row,
    figure.figure as stated,
    corrected.corrected,
    corrected.correction_id,
    case
        when figure.component is null or corrected.correction_id is null then figure.figure
        else corrected.corrected
    end as figure
from {{ ref('int_row_figure') }} as figure
inner join state on figure.row_id = state.row_id
left join {{ first_of('corrected', 'row_id, corrections, field', 'valid_from desc') }} as corrected
    on
        state.row_id = corrected.row_id
        and state.corrections = corrected.corrections
        and figure.field = corrected.field
