-- The submissions that can be used, each with its province: the one that its head or titles name, else the one that holds
-- more than half of its names. A national list has none.
with submission as (
    select * from {{ ref('stg_landing__submissions') }}
    where unreadable_reason is null and kind is not null and index_code is not null and year is not null
),

unit as (
    select * from {{ ref('int_unit_year') }}
),

named as (
    select
        submission.submission_id,
        unit.unit_code as province_code
    from submission
    inner join unit
        on
            submission.year = unit.year
            and unit.depth = 0
            and unit.bare_key = {{ name_key('submission.written_province') }}
    union
    select
        submission.submission_id,
        unit.unit_code
    from submission
    inner join unit
        on
            submission.year = unit.year
            and unit.depth = 0
            and unit.full_key = {{ name_key('submission.written_province') }}
),

nameless as (
    select distinct
        submission.submission_id,
        submission.year,
        {{ name_key('cell.raw_text') }} as full_key
    from submission
    inner join {{ ref('stg_landing__score_cells') }} as cell using (submission_id)
    where submission.written_province is null and cell.role in ('unit', 'parent')
),

held as (
    select
        nameless.submission_id,
        unit.province_code,
        count(distinct nameless.full_key) as names
    from nameless
    inner join unit on nameless.year = unit.year and nameless.full_key = unit.full_key
    where unit.depth > 0
    group by all
),

most_held as (
    select
        held.submission_id,
        held.province_code
    from held
    inner join (select submission_id, count(*) as names from nameless group by all) as total using (submission_id)
    where 2 * held.names > total.names
),

province as (
    select * from named
    union all
    select * from most_held
)

select
    submission.*,
    province.province_code
from submission
left join province using (submission_id)
