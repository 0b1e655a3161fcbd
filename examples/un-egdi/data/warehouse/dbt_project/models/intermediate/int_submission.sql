-- The submissions that can be used, each with its province: the one that its head or titles name, else the one that holds
-- more than half of its names. A national list has none.
with submission as (
    select * from {{ ref('stg_landing__submissions') }}
    where unreadable_reason is null and kind is not null and index_code is not null and year is not null
),

unit as (
    select
        submission_year.year,
        unit.unit_code,
        unit.province_code,
        unit.unit_name,
        unit.unit_type,
        unit.parent_code
    from (select distinct year from submission) as submission_year
    inner join {{ ref('units') }} as unit on {{ valid_in('unit', 'submission_year.year') }}
),

province as (
    select
        year,
        unit_code,
        {{ name_key('unit_name') }} as full_key,
        {{ name_key("coalesce(unit_type, '')") }} as type_key
    from unit
    where parent_code is null
),

named as (
    select
        submission.submission_id,
        province.unit_code as province_code
    from submission
    inner join province
        on
            submission.year = province.year
            and {{ name_key('submission.written_province') }} in (
                province.full_key, trim(substr(province.full_key, 1 + length(province.type_key)))
            )
),

nameless as (
    select distinct
        submission.submission_id,
        submission.year,
        {{ name_key('cell.raw_text') }} as full_key
    from submission
    inner join {{ ref('stg_landing__score_cells') }} as cell using (submission_id)
    anti join named using (submission_id)
    where cell.role in ('unit', 'parent')
),

held as (
    select
        nameless.submission_id,
        unit.province_code,
        count(distinct nameless.full_key) as names
    from nameless
    inner join unit on nameless.year = unit.year and nameless.full_key = {{ name_key('unit.unit_name') }}
    where unit.parent_code is not null
    group by all
),

mostly_held as (
    select
        held.submission_id,
        held.province_code
    from held
    inner join (select submission_id, count(*) as names from nameless group by all) as total using (submission_id)
    where 2 * held.names > total.names
),

placed as (
    select * from named
    union all
    select * from mostly_held
)

select
    submission.*,
    placed.province_code
from submission
left join placed using (submission_id)
