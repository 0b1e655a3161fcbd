with published as (
    select
        version.index_code,
        version.year,
        version.province_code,
        taken.unit_key,
        total.field,
        coalesce(total.stated_fixed, total.computed) as figure
    from {{ ref('int_version') }} as version
    inner join {{ ref('int_version_unit') }} as taken on version.version_id = taken.version_id
    inner join {{ ref('int_row_total') }} as total on taken.row_id = total.row_id and total.corrections = ''
    where version.is_current and version.kind = 'published'
),

restated as (
    select
        shown.version_id,
        shown.submission_id,
        version.index_code,
        version.year,
        version.province_code,
        unit_row.tier,
        unit_row.unit_key,
        unit_row.unit_code,
        unit_row.unit_name,
        {{ single_spaced('unit_row.written_unit') }} as written_name,
        {{ single_spaced('unit_row.written_parent') }} as written_parent,
        cell.field,
        unit_row.annex,
        unit_row.position,
        cell.page_or_sheet,
        cell.table_number,
        cell.row_number,
        cell.column_number,
        cell.column_name,
        cell.cell,
        shown.occurrences,
        total.pillar,
        total.stated_fixed as stated
    from {{ ref('int_version') }} as version
    inner join {{ ref('int_version_row') }} as shown on version.version_id = shown.version_id
    inner join {{ ref('int_row') }} as unit_row on shown.row_id = unit_row.row_id
    inner join {{ ref('int_row_total') }} as total on shown.row_id = total.row_id and total.corrections = ''
    inner join {{ ref('int_row_cell') }} as cell on shown.row_id = cell.row_id and total.field = cell.field
    where version.kind = 'restated' and shown.is_taken and total.stated_fixed is not null
),

checked as (
    select
        restated.*,
        case
            when abs(restated.stated - published.figure) <= rule.tolerance then restated.stated
            else published.figure
        end as expected
    from restated
    inner join published
        on
            restated.index_code = published.index_code
            and restated.year = published.year
            and restated.province_code is not distinct from published.province_code
            and restated.unit_key = published.unit_key
            and restated.field = published.field
    inner join {{ ref('int_rule_pillar') }} as rule
        on
            restated.index_code = rule.index_code
            and restated.year = rule.year
            and restated.tier = rule.tier
            and restated.pillar = rule.pillar
    where published.figure is not null
)

{{ check_result(
    'checked', difference='stated - expected', materiality="'none'", detail='cast(year as string)'
) }}
