-- The units of each year that a submission is about: those valid on its 31 December.
with unit as (
    select * from {{ ref('int_unit') }}
),

submission_year as (
    select distinct year from {{ ref('stg_landing__submissions') }}
    where year is not null
),

valid as (
    select
        submission_year.year,
        unit.*
    from submission_year
    inner join unit
        on
            coalesce(unit.valid_from, date '0001-01-01') <= make_date(submission_year.year, 12, 31)
            and coalesce(unit.valid_to, date '9999-12-31') > make_date(submission_year.year, 12, 31)
),

parent as (
    select distinct year, parent_code as unit_code from valid
    where parent_code is not null
)

-- Below what it stands: 0 for a province or country, 1 for what is directly under it, 2 below that.
select
    valid.*,
    parent.unit_code is not null as has_children,
    case
        when valid.parent_code is null then 0
        when valid.parent_code = valid.province_code then 1
        else 2
    end as depth
from valid
left join parent on valid.year = parent.year and valid.unit_code = parent.unit_code
