with asked as (
    select distinct year, province_code from {{ ref('int_submission') }}
),

file_year as (
    select distinct year from {{ ref('int_file') }}
    where year is not null
),

listed as (
    select
        file_year.year,
        unit.unit_key,
        unit.unit_code,
        unit.unit_name,
        coalesce(unit.unit_type, '') as unit_type,
        unit.tier,
        unit.parent_code,
        unit.province_code,
        unit.valid_from,
        unit.valid_to,
        unit.source
    from file_year
    inner join {{ ref('stg_registry__units') }} as unit on {{ valid_in('unit', 'file_year.year') }}
    left join asked on file_year.year = asked.year and unit.province_code = asked.province_code
    where unit.parent_code is null or asked.province_code is not null
),

valid as (
    select * from {{ first_of('listed', 'year, unit_key', 'source') }} as listed
),

keyed as (
    select
        unit_key,
        {{ name_key('unit_name') }} as full_key,
        {{ name_key('unit_type') }} as type_key
    from (select distinct unit_key, unit_name, unit_type from valid) as unit
),

parent as (
    select distinct year, parent_code from valid
    where parent_code is not null
),

bared as (
    select
        valid.year,
        valid.unit_key,
        valid.unit_code,
        valid.unit_name,
        valid.tier,
        valid.parent_code,
        valid.province_code,
        keyed.full_key,
        keyed.type_key,
        case
            when keyed.type_key <> '' and {{ begins_with('keyed.full_key', "keyed.type_key || ' '") }}
                then substr(keyed.full_key, length(keyed.type_key) + 2)
            else keyed.full_key
        end as bare_key,
        parent.parent_code is not null as has_children,
        case
            when valid.parent_code is null then 0
            when valid.parent_code = valid.province_code then 1
            else 2
        end as depth
    from valid
    inner join keyed on valid.unit_key = keyed.unit_key
    left join parent on valid.year = parent.year and valid.unit_code = parent.parent_code
)

select
    year,
    unit_key,
    unit_code,
    unit_name,
    tier,
    parent_code,
    province_code,
    full_key,
    type_key,
    bare_key,
    {{ folded('bare_key') }} as bare_fold,
    has_children,
    depth,
    coalesce(
        has_children and depth = max(case when has_children then depth end) over (partition by year, province_code), false
    ) as is_next_above
from bared
