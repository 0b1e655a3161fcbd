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

file as (
    select edition_id, submission_id, ledger_order from {{ ref('int_delivery') }}
    union all
    select edition_id, submission_id, 0 from {{ ref('int_file_edition') }}
    where delivered_on = known_from
),

last_file as (
    select edition_id, max_by(submission_id, ledger_order) as submission_id from file
    group by all
)

select
    first_seen.finding_id,
    coalesce(last_file.submission_id, finding.submission_id) as submission_id,
    nullif(edition.known_from, date '0001-01-01') as received_on,
    finding.stated,
    finding.expected,
    case when finding.edition_id is null then 'resolved' else 'open' end as status
from first_seen
inner join edition
    on first_seen.edition_key = edition.edition_key and first_seen.known_from <= edition.known_from
left join finding on first_seen.finding_id = finding.finding_id and edition.edition_id = finding.edition_id
left join last_file on edition.edition_id = last_file.edition_id
