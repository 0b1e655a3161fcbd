select
    assessment_key,
    finding_id,
    reply,
    text,
    proposed,
    replied_by,
    replied_on,
    submission_id,
    page_or_sheet,
    table_number,
    row_number,
    is_latest
from {{ ref('int_reply') }}
where reason is null
