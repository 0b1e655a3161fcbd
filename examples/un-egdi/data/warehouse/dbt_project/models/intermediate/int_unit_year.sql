-- The units of each year that a submission is about: those valid on its 31 December. depth: how far below the top a unit
-- stands; 0 for a province or country, 1 for what is directly under one, 2 below that.
with valid as (
    select
        submission_year.year,
        unit.*
    from (select distinct year from {{ ref('int_submission') }}) as submission_year
    inner join {{ ref('int_unit') }} as unit on {{ valid_in('unit', 'submission_year.year') }}
),

parent as (
    select distinct year, parent_code as unit_code from valid
    where parent_code is not null
)

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
