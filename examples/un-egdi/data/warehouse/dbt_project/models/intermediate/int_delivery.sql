-- Which files came with which edition: one row per file that arrived and edition that its day opened.
select
    submission.submission_id,
    submission.ledger_order,
    edition.edition_key,
    edition.edition_id,
    edition.known_from
from {{ ref('int_submission') }} as submission
inner join {{ ref('int_edition') }} as edition
    on
        submission.index_code = edition.index_code
        and submission.year = edition.year
        and submission.kind = edition.kind
        and submission.province_code is not distinct from edition.province_code
        and coalesce(submission.received_on, date '0001-01-01') = edition.known_from
union all
select
    submission_id,
    0,
    concat_ws('/', 'unread', year, kind),
    edition_id,
    known_from
from {{ ref('int_file_edition') }}
where delivered_on = known_from
