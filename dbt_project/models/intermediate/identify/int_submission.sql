select
    identity.submission_id,
    identity.assessment_key,
    identity.index_code,
    identity.year,
    identity.kind,
    identity.province_code,
    file.file_name,
    file.format,
    file.sender,
    file.received_on,
    file.delivered_on,
    file.ledger_order
from {{ ref('int_identity') }} as identity
inner join {{ ref('int_file') }} as file on identity.submission_id = file.submission_id
where identity.assessment_key is not null
