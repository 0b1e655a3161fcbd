select
    submission_id || ':' || row_order as row_id,
    submission_id,
    annex,
    page_or_sheet,
    table_number,
    row_number,
    column_number,
    cell,
    field,
    code,
    reason,
    stored,
    shown,
    header
from {{ source('landing', 'doubts') }}
