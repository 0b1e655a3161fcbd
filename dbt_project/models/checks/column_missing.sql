with lacking as (
    select
        cell.version_id,
        cell.submission_id,
        unit_row.table_order,
        cell.tier,
        cell.field,
        count(distinct cell.row_id) as units,
        min(unit_row.year) as year,
        case
            when count(distinct unit_row.parent_code) = 1 and count(unit_row.parent_code) = count(*)
                then min(unit_row.parent_code)
        end as parent_code
    from {{ ref('int_version_cell') }} as cell
    inner join {{ ref('int_row') }} as unit_row on cell.row_id = unit_row.row_id
    where
        cell.is_checked
        and cell.is_without_column
        and cell.field in (select field from {{ ref('int_rule_part') }} where component is not null and not is_bonus)
    group by 1, 2, 3, 4, 5
),

header as (
    select
        submission_id,
        table_order,
        min(annex) as annex,
        min(page_or_sheet) as page_or_sheet,
        min(table_number) as table_number,
        min(row_number) as row_number,
        {{ joined("case when role = 'unknown' then header end", '”, “', 'row_number, column_number') }} as unknown_headers
    from {{ source('landing', 'columns') }}
    group by 1, 2
),

-- Where all rows are of one unit above them, it is asked; else whoever sent the file.
checked as (
    select
        lacking.version_id,
        lacking.submission_id,
        coalesce(above.tier, lacking.tier) as tier,
        above.unit_key,
        above.unit_code,
        above.unit_name,
        cast(null as string) as written_name,
        cast(null as string) as written_parent,
        lacking.field,
        header.annex,
        cast(null as integer) as position,
        header.page_or_sheet,
        header.table_number,
        header.row_number,
        cast(null as integer) as column_number,
        cast(null as string) as column_name,
        cast(null as string) as cell,
        1 as occurrences,
        case when above.unit_key is null then '' else 'units below' end as subject,
        cast(lacking.units as string) || '|' || coalesce(header.unknown_headers, '') as detail
    from lacking
    inner join header on lacking.submission_id = header.submission_id and lacking.table_order = header.table_order
    left join {{ ref('int_unit_year') }} as above
        on lacking.year = above.year and lacking.parent_code = above.unit_code and above.depth > 0
)

{{ check_result(
    'checked', subject='subject', stated='cast(null as string)', expected='field', detail='detail', is_passed='false'
) }}
