-- Names of units that nothing in force means.
with asked as (
    select * from {{ ref('int_mention') }}
    where
        used_as = 'unit'
        and province_code is not null
        and mention_id not in (select mention_id from {{ ref('int_candidate') }})
),

-- What ended in or before a year, and what it became a part of; a kept unit is one of other borders.
step as (
    select
        asked.year,
        asked.province_code,
        former.unit_key,
        former.unit_name,
        coalesce(former.unit_type, '') as unit_type,
        former.parent_code,
        succession.kind,
        succession.effective_on,
        successor.unit_name as successor_name
    from (select distinct year, province_code from asked) as asked
    inner join {{ ref('stg_registry__units') }} as successor on asked.province_code = successor.province_code
    inner join {{ ref('stg_registry__succession') }} as succession on successor.unit_key = succession.successor_key
    inner join {{ ref('stg_registry__units') }} as former on succession.predecessor_key = former.unit_key
    where succession.effective_on <= make_date(asked.year, 12, 31) and succession.kind <> 'keep'
),

ended as (
    select
        year,
        province_code,
        unit_key,
        unit_type,
        unit_name,
        parent_code,
        effective_on,
        case max(kind) when 'split' then 'unit_split' when 'rename' then 'unit_renamed' else 'unit_merged' end as reason,
        {{ joined('successor_name', ', ', 'successor_name') }} as successor_names
    from step
    group by 1, 2, 3, 4, 5, 6, 7
),

keyed as (
    select
        *,
        {{ name_key('unit_type') }} as type_key,
        {{ name_key('unit_name') }} as full_key
    from ended
)

select
    asked.mention_id,
    keyed.unit_key,
    keyed.parent_code,
    keyed.effective_on,
    keyed.reason,
    keyed.successor_names
from asked
inner join {{ first_of('keyed', 'year, province_code, unit_key', 'effective_on desc') }} as keyed
    on
        asked.year = keyed.year
        and asked.province_code = keyed.province_code
        and (
            asked.bare_key = keyed.full_key
            or trim(keyed.type_key || ' ' || asked.bare_key) = keyed.full_key
            and (asked.type_key is null or asked.type_key = keyed.type_key)
        )
