with day as (
    select version_id, valid_from from {{ ref('int_version') }}
    union
    select
        version.version_id,
        state.valid_from
    from {{ ref('int_version') }} as version
    inner join {{ ref('int_version_unit') }} as unit on version.version_id = unit.version_id
    inner join {{ ref('int_row_state') }} as state on unit.row_id = state.row_id
    where
        state.valid_from > version.valid_from
        and state.valid_from < coalesce(version.valid_to, date '9999-12-31')
),

span as (
    select
        version_id,
        valid_from,
        lead(valid_from) over (partition by version_id order by valid_from) as next_from
    from day
)

select
    version.version_id,
    version.assessment_key,
    version.index_code,
    version.year,
    version.kind,
    version.province_code,
    version.version_order,
    span.valid_from,
    coalesce(span.next_from, version.valid_to) as valid_to,
    version.is_current and span.next_from is null as is_current,
    span.valid_from = version.valid_from as is_first_of_version
from span
inner join {{ ref('int_version') }} as version on span.version_id = version.version_id
