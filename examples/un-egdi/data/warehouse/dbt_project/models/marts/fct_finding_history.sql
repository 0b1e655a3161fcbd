with finding as (
    select distinct finding_id, edition_key, edition_id, stated, expected, submission_id from {{ ref('int_finding') }}
),

edition as (
    select edition_id, edition_key, known_from from {{ ref('int_edition') }}
    union all
    select distinct edition_id, concat_ws('/', 'unread', year, kind), known_from from {{ ref('int_file_edition') }}
),

first_seen as (
    select
        finding.finding_id,
        finding.edition_key,
        min(edition.known_from) as known_from
    from finding
    inner join edition using (edition_id)
    group by all
),

delivery as (
    select
        edition_key,
        known_from,
        max_by(submission_id, ledger_order) as submission_id
    from {{ ref('int_delivery') }}
    group by all
)

select
    first_seen.finding_id,
    coalesce(delivery.submission_id, finding.submission_id) as submission_id,
    nullif(edition.known_from, date '0001-01-01') as received_on,
    finding.stated,
    finding.expected,
    case when finding.edition_id is null then 'resolved' else 'open' end as status
from first_seen
inner join edition
    on first_seen.edition_key = edition.edition_key and first_seen.known_from <= edition.known_from
left join finding on first_seen.finding_id = finding.finding_id and edition.edition_id = finding.edition_id
left join delivery on edition.edition_key = delivery.edition_key and edition.known_from = delivery.known_from
