with file as (
    select
        file.submission_id,
        concat_ws('/', file.year, coalesce(file.sender, ''), file.file_name) as chain_key,
        file.file_name,
        file.sender,
        file.index_code,
        file.year,
        coalesce(file.kind, 'unknown') as kind,
        file.title_year,
        file.delivered_on,
        coalesce(file.ledger_order, 0) as ledger_order,
        file.unreadable_reason,
        identity.assessment_key,
        identity.province_code,
        identity.refusal,
        identity.between_what
    from {{ ref('int_file') }} as file
    left join {{ ref('int_identity') }} as identity on file.submission_id = identity.submission_id
    where file.year is not null and file.kind is distinct from 'restated'
),

ordered as (
    select
        *,
        cast(row_number() over (partition by chain_key order by delivered_on, ledger_order, submission_id) as integer)
            as version_order
    from file
)

select
    concat_ws('/', 'file', chain_key, version_order) as version_id,
    ordered.*,
    delivered_on as valid_from,
    lead(delivered_on) over (partition by chain_key order by version_order) as valid_to,
    version_order = max(version_order) over (partition by chain_key) as is_current
from ordered
