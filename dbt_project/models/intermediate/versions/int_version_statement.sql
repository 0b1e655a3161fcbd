with shown as (
    select version_id, statement_id from {{ ref('int_statement_current') }}
    union all
    select
        part.version_id,
        statement.statement_id
    from {{ ref('int_statement') }} as statement
    inner join {{ ref('int_version_part') }} as part
        on statement.submission_id = part.submission_id and statement.annex is not distinct from part.annex
    where statement.unit_key is null
)

select
    shown.version_id,
    statement.*
from shown
inner join {{ ref('int_statement') }} as statement on shown.statement_id = statement.statement_id
