-- Which edition each usable file came with: one row per submission, with the edition that its day opened.
select
    submission.submission_id,
    submission.ledger_order,
    edition.edition_key,
    edition.edition_id,
    edition.known_from as delivered_on
from {{ ref('int_submission') }} as submission
inner join {{ ref('int_edition') }} as edition
    on
        submission.index_code = edition.index_code
        and submission.year = edition.year
        and submission.kind = edition.kind
        and submission.province_code is not distinct from edition.province_code
        and coalesce(submission.received_on, date '0001-01-01') = edition.known_from
