with given as (
    select
        repeated.unit_key,
        repeated.signature,
        repeated.submission_id,
        submission.file_name,
        delivery.assessment_key,
        delivery.delivery_order
    from {{ ref('int_row_repeat') }} as repeated
    inner join {{ ref('int_delivery') }} as delivery on repeated.submission_id = delivery.submission_id
    inner join {{ ref('int_submission') }} as submission on repeated.submission_id = submission.submission_id
    where not repeated.is_contradicted
),

compared as (
    select
        assessment_key,
        delivery_order,
        unit_key,
        min(signature) <> max(signature) as is_disputed,
        count(*) as files,
        {{ joined('file_name', ', ', 'file_name') }} as file_names
    from (select distinct * from given) as file
    group by 1, 2, 3
    having min(submission_id) <> max(submission_id)
),

checked as (
    select
        cell.version_id,
        cell.submission_id,
        cell.tier,
        cell.unit_key,
        cell.unit_code,
        cell.unit_name,
        cell.written_name,
        cell.written_parent,
        cell.field,
        cell.annex,
        cell.position,
        cell.page_or_sheet,
        cell.table_number,
        cell.row_number,
        cell.column_number,
        cell.column_name,
        cell.cell,
        compared.files as occurrences,
        compared.is_disputed,
        compared.file_names
    from compared
    inner join {{ ref('int_version_unit') }} as unit
        on
            compared.assessment_key = unit.assessment_key
            and compared.delivery_order = unit.delivery_order
            and compared.unit_key = unit.unit_key
    inner join {{ ref('int_version_cell') }} as cell
        on unit.version_id = cell.version_id and unit.row_id = cell.row_id and cell.field = 'unit'
)

{{ check_result(
    'checked', stated='file_names', expected='case when not is_disputed then file_names end', is_passed='not is_disputed'
) }}
