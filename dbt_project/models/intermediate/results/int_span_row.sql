select
    span.version_id,
    span.valid_from,
    unit.unit_key,
    unit.unit_code,
    unit.tier,
    unit.parent_code,
    unit.row_id,
    unit.submission_id,
    state.corrections
from {{ ref('int_result_span') }} as span
inner join {{ ref('int_version_unit') }} as unit on span.version_id = unit.version_id
inner join {{ ref('int_row_state') }} as state
    on
        unit.row_id = state.row_id
        and state.valid_from <= span.valid_from
        and span.valid_from < coalesce(state.valid_to, date '9999-12-31')
