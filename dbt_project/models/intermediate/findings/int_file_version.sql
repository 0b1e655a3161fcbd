with file as (
    select
        file.submission_id,
        concat_ws('/', file.year, coalesce(file.sender, ''), file.file_name) as name_key,
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

-- Of a file that names no province, any later one of its name and sender may be the mended one.
chained as (
    select *, concat_ws('/', name_key, province_code) as chain_key, true as is_about from file
    union all
    select *, name_key, false from file
    where province_code is not null and name_key in (select name_key from file where province_code is null)
),

ordered as (
    select
        *,
        cast(row_number() over (partition by chain_key order by delivered_on, ledger_order, submission_id) as integer)
            as version_order
    from chained
)

select
    concat_ws('/', 'file', chain_key, version_order) as version_id,
    ordered.*,
    delivered_on as valid_from,
    lead(delivered_on) over (partition by chain_key order by version_order) as valid_to,
    version_order = max(version_order) over (partition by chain_key) as is_current
from ordered
