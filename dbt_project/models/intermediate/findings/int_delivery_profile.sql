{%- set missing = 'case when header.target is null then asked.component end' -%}
with file as (
    select
        concat_ws('/', version.version_id, coalesce(submission.sender, '')) as delivery_id,
        delivery.submission_id,
        delivery.delivery_order,
        version.version_id,
        version.index_code,
        version.year,
        version.kind,
        version.province_code,
        submission.file_name,
        submission.format,
        submission.sender
    from {{ ref('int_delivery') }} as delivery
    inner join {{ ref('int_submission') }} as submission on delivery.submission_id = submission.submission_id
    inner join {{ ref('int_version') }} as version
        on delivery.assessment_key = version.assessment_key and delivery.delivery_order = version.version_order
),

sent as (
    select
        delivery_id,
        version_id,
        delivery_order,
        index_code,
        year,
        kind,
        province_code,
        sender,
        {{ joined('file_name', ', ', 'file_name') }} as files,
        {{ joined('distinct format', ', ', 'format') }} as formats
    from file
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

in_turn as (
    select
        *,
        lag(delivery_id) over (
            partition by index_code, kind, province_code, sender order by year, delivery_order
        ) as before_delivery_id
    from sent
),

-- A row is judged where its version shows it, or shows another of the same delivery for its unit.
score_row as (
    select
        file.delivery_id,
        count(*) as rows_used,
        count(coalesce(shown.row_id, taken.row_id)) as rows_judged,
        count(case when unit_row.unit_key is null and not stated.is_absent_row then 1 end) as rows_unknown,
        count(distinct unit_row.unit_key) as units
    from file
    inner join {{ ref('int_row') }} as unit_row on file.submission_id = unit_row.submission_id
    inner join {{ ref('int_row_stated') }} as stated on unit_row.row_id = stated.row_id
    left join {{ ref('int_version_row') }} as shown
        on file.version_id = shown.version_id and unit_row.row_id = shown.row_id
    left join {{ ref('int_version_unit') }} as taken
        on
            file.version_id = taken.version_id
            and file.delivery_order = taken.delivery_order
            and unit_row.unit_key = taken.unit_key
    group by 1
),

quarantined as (
    select
        file.delivery_id,
        count(*) as rows_quarantined
    from file
    inner join {{ source('landing', 'unusable_rows') }} as unusable on file.submission_id = unusable.submission_id
    group by 1
),

landed as (
    select
        file.delivery_id,
        sum(document.rows_seen) as rows_seen
    from file
    inner join {{ ref('int_file') }} as document on file.submission_id = document.submission_id
    group by 1
),

-- A component is given where each table of rows of its tier has a column of it.
asked as (
    select distinct
        file.delivery_id,
        unit_row.submission_id,
        unit_row.table_order,
        rule.component
    from file
    inner join {{ ref('int_row') }} as unit_row on file.submission_id = unit_row.submission_id
    inner join {{ ref('int_rule_part') }} as rule
        on unit_row.index_code = rule.index_code and unit_row.year = rule.year and unit_row.tier = rule.tier
    where rule.component = rule.field
),

header as (
    select distinct submission_id, table_order, target from {{ source('landing', 'columns') }}
    where role = 'component'
),

columns as (
    select
        asked.delivery_id,
        count(*) as columns_asked,
        count(header.target) as columns_given,
        {{ joined('distinct ' ~ missing, ', ', missing) }} as columns_missing
    from asked
    left join header
        on
            asked.submission_id = header.submission_id
            and asked.table_order = header.table_order
            and asked.component = header.target
    group by 1
),

-- What a unit scores in all, as the file says it; where it states no total, as its components add up.
row_total as (
    select
        row_id,
        sum(coalesce(stated, computed)) as total
    from {{ ref('int_row_total') }}
    where corrections = ''
    group by 1
    having count(*) = count(coalesce(stated, computed))
),

unit_total as (
    select
        file.delivery_id,
        unit_row.unit_code,
        max(row_total.total) as total
    from file
    inner join {{ ref('int_row') }} as unit_row on file.submission_id = unit_row.submission_id
    left join row_total on unit_row.row_id = row_total.row_id
    where unit_row.unit_key is not null
    group by 1, 2
),

spread as (
    select
        delivery_id,
        min(total) as lowest_total,
        {{ average('total') }} as mean_total,
        max(total) as highest_total
    from unit_total
    group by 1
),

-- The units of the delivery before that the official list of this year still has; of them, those that score in both.
followed as (
    select
        in_turn.delivery_id,
        count(*) as units_before,
        count(case when now.total > 0 and earlier.total > 0 then 1 end) as units_compared,
        {{ average('case when now.total > 0 and earlier.total > 0 then now.total end') }}
        / {{ average('case when now.total > 0 and earlier.total > 0 then earlier.total end') }} as mean_to_before
    from in_turn
    inner join unit_total as earlier on in_turn.before_delivery_id = earlier.delivery_id
    inner join {{ ref('int_unit_year') }} as unit
        on in_turn.year = unit.year and earlier.unit_code = unit.unit_code
    left join unit_total as now on in_turn.delivery_id = now.delivery_id and earlier.unit_code = now.unit_code
    group by 1
)

select
    in_turn.delivery_id,
    in_turn.version_id,
    in_turn.index_code,
    in_turn.year,
    in_turn.kind,
    in_turn.province_code,
    in_turn.sender,
    in_turn.files,
    in_turn.formats,
    in_turn.before_delivery_id,
    landed.rows_seen - coalesce(quarantined.rows_quarantined, 0) as rows_landed,
    coalesce(score_row.rows_judged, 0) as rows_judged,
    coalesce(quarantined.rows_quarantined, 0) as rows_quarantined,
    cast(coalesce(quarantined.rows_quarantined, 0) as double) / nullif(landed.rows_seen, 0) as share_quarantined,
    cast(score_row.rows_unknown as double) / nullif(score_row.rows_used, 0) as share_unknown,
    columns.columns_asked,
    columns.columns_given,
    columns.columns_missing,
    coalesce(score_row.units, 0) as units,
    followed.units_before,
    cast(coalesce(score_row.units, 0) as double) / followed.units_before as units_to_before,
    followed.units_compared,
    spread.lowest_total,
    spread.mean_total,
    spread.highest_total,
    spread_before.lowest_total as lowest_total_before,
    spread_before.mean_total as mean_total_before,
    spread_before.highest_total as highest_total_before,
    followed.mean_to_before
from in_turn
left join landed on in_turn.delivery_id = landed.delivery_id
left join score_row on in_turn.delivery_id = score_row.delivery_id
left join quarantined on in_turn.delivery_id = quarantined.delivery_id
left join columns on in_turn.delivery_id = columns.delivery_id
left join spread on in_turn.delivery_id = spread.delivery_id
left join spread as spread_before on in_turn.before_delivery_id = spread_before.delivery_id
left join followed on in_turn.delivery_id = followed.delivery_id
