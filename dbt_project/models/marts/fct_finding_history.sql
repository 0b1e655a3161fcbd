with finding as (
    select * from {{ ref('int_finding') }}
),

first_seen as (
    select finding_id, chain_key, min(version_order) as version_order from finding
    group by 1, 2
)

select
    version.assessment_key,
    first_seen.finding_id,
    version.last_submission_id as submission_id,
    nullif(version.valid_from, {{ unknown_day() }}) as received_on,
    version.version_order as delivery_order,
    finding.stated,
    finding.expected,
    case when finding.finding_id is null then 'resolved' else 'open' end as status
from first_seen
inner join {{ ref('int_check_version') }} as version
    on first_seen.chain_key = version.chain_key and first_seen.version_order <= version.version_order
left join finding on first_seen.finding_id = finding.finding_id and version.version_id = finding.version_id
