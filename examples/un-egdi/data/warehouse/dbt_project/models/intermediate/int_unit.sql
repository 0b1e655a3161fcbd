-- The units of the provinces that the submissions are about, with the keys that names are compared by.
with province as (
    select distinct province_code from {{ ref('int_submission') }}
),

unit as (
    select unit.* from {{ ref('units') }} as unit
    where
        unit.parent_code is null
        or unit.province_code in (select province_code from province where province_code is not null)
        or exists (from province where province_code is null)
),

keyed as (
    select
        unit_key,
        unit_code,
        unit_name,
        unit_type,
        tier,
        parent_code,
        province_code,
        valid_from,
        valid_to,
        {{ name_key('unit_name') }} as full_key,
        {{ name_key("coalesce(unit_type, '')") }} as type_key
    from unit
),

bared as (
    select
        *,
        case
            when type_key <> '' and starts_with(full_key, type_key || ' ') then substr(full_key, length(type_key) + 2)
            else full_key
        end as bare_key
    from keyed
)

select
    *,
    {{ folded('bare_key') }} as bare_fold
from bared
