with file as (
    select * from {{ ref('int_file') }}
    where unreadable_reason is null and index_code is not null and kind is not null and year is not null
),

ruled as (
    select distinct index_code, year from {{ ref('int_rule_pillar') }}
),

unit as (
    select
        asked.year,
        unit.unit_code,
        unit.tier,
        unit.parent_code,
        unit.province_code,
        {{ quick_key('unit.unit_name') }} as full_name,
        case
            when unit.unit_type <> '' then {{ quick_key('substr(unit.unit_name, length(unit.unit_type) + 2)') }}
            else {{ quick_key('unit.unit_name') }}
        end as bare_name,
        unit.unit_name
    from (select distinct year from file) as asked
    inner join {{ ref('stg_registry__units') }} as unit on {{ valid_in('unit', 'asked.year') }}
),

-- A unit goes by its name with its type and without.
unit_name as (
    select year, unit_code, tier, parent_code, province_code, full_name as name from unit
    union
    select year, unit_code, tier, parent_code, province_code, bare_name from unit
),

-- An index none of whose tiers lies below another unit ranks provinces, or countries, against each other.
with_parents as (
    select distinct rule.index_code, rule.year
    from {{ ref('int_rule_pillar') }} as rule
    inner join unit on rule.year = unit.year and rule.tier = unit.tier
    where unit.parent_code is not null
),

titled as (
    select distinct
        file.submission_id,
        province.unit_code as province_code
    from (select submission_id, year, {{ each_of('written_provinces') }} as written_province from file) as file
    inner join unit as province
        on
            file.year = province.year
            and province.parent_code is null
            and {{ quick_key(single_spaced('file.written_province')) }} in (province.full_name, province.bare_name)
),

-- What each row names: a unit and, where it says so, what that is under.
written as (
    select
        submission_id,
        row_order,
        max(case when role = 'unit' then raw_text end) as unit_name,
        max(case when role = 'parent' then nullif(raw_text, '') end) as parent_name
    from {{ source('landing', 'score_cells') }}
    group by 1, 2
    union all
    select
        submission_id,
        -row_number() over (partition by submission_id order by position, statement_order, name_order),
        written_name,
        cast(null as string)
    from {{ source('landing', 'statement_names') }}
),

short_word as (
    select {{ quick_key('label') }} || ' ' as word, '' as in_full from {{ ref('labels') }}
    where role = 'unit_prefix'
    union all
    select {{ quick_key('label') }} || ' ', {{ quick_key('target') }} || ' ' from {{ ref('labels') }}
    where role = 'unit_type'
),

keyed as (
    select
        submission_id,
        row_order,
        {{ quick_key(single_spaced('unit_name')) }} as unit_name,
        {{ quick_key(single_spaced('parent_name')) }} as parent_name
    from written
),

-- Without 'Ủy ban nhân dân', and 'TT' written out.
named as (
    select
        keyed.submission_id,
        keyed.row_order,
        coalesce(short_word.in_full, '') || substr(keyed.unit_name, 1 + coalesce(length(short_word.word), 0)) as unit_name,
        coalesce(short_parent.in_full, '') || substr(keyed.parent_name, 1 + coalesce(length(short_parent.word), 0))
            as parent_name
    from keyed
    left join short_word on {{ begins_with('keyed.unit_name', 'short_word.word') }}
    left join short_word as short_parent on {{ begins_with('keyed.parent_name', 'short_parent.word') }}
),

counted as (
    select
        file.submission_id,
        count(distinct named.row_order) as rows_named
    from file
    inner join named on file.submission_id = named.submission_id
    group by 1
),

-- Of each file and province: how many rows name a unit of it, under the parent that they state.
held as (
    select
        file.submission_id,
        unit.province_code,
        count(distinct named.row_order) as rows_held
    from file
    inner join named on file.submission_id = named.submission_id
    inner join unit_name as unit on file.year = unit.year and named.unit_name = unit.name
    left join unit_name as parent
        on unit.year = parent.year and unit.parent_code = parent.unit_code and named.parent_name = parent.name
    where unit.parent_code is not null and (named.parent_name is null or parent.name is not null)
    group by 1, 2
),

-- Rows that name a province, or a country.
held_above as (
    select
        file.submission_id,
        count(distinct named.row_order) as rows_held
    from file
    inner join named on file.submission_id = named.submission_id
    inner join unit_name as unit on file.year = unit.year and named.unit_name = unit.name
    inner join {{ ref('int_rule_pillar') }} as rule
        on file.index_code = rule.index_code and file.year = rule.year and unit.tier = rule.tier
    where unit.parent_code is null
    group by 1
),

possible as (
    select
        coalesce(titled.submission_id, held.submission_id) as submission_id,
        coalesce(titled.province_code, held.province_code) as province_code,
        titled.province_code is not null as is_titled,
        coalesce(held.rows_held, 0) as rows_held,
        coalesce(2 * held.rows_held > counted.rows_named, false) as is_most
    from titled
    full join held on titled.submission_id = held.submission_id and titled.province_code = held.province_code
    left join counted on coalesce(titled.submission_id, held.submission_id) = counted.submission_id
),

weighed as (
    select
        submission_id,
        count(*) filter (where is_titled) as titled,
        max(province_code) filter (where is_titled) as titled_province,
        count(*) filter (where is_titled and is_most) as titled_and_most,
        max(province_code) filter (where is_titled and is_most) as titled_and_most_province,
        count(*) filter (where is_most) as most,
        max(province_code) filter (where is_most) as most_province,
        coalesce(max(rows_held) filter (where is_titled), 0) as rows_titled
    from possible
    group by 1
),

placed as (
    select
        file.submission_id,
        case
            when ruled.index_code is null then 'rule_missing'
            when file.rival_index_code is not null then 'index_ambiguous'
            when with_parents.index_code is null or 2 * held_above.rows_held > counted.rows_named then null
            when weighed.titled = 1 and (weighed.rows_titled > 0 or weighed.most = 0) then null
            when weighed.titled > 1 and weighed.titled_and_most = 1 then null
            when weighed.titled = 0 and weighed.most = 1 then null
            when coalesce(weighed.titled, 0) = 0 and coalesce(weighed.most, 0) = 0 then 'province_unknown'
            else 'province_ambiguous'
        end as refusal,
        case
            when with_parents.index_code is null or 2 * held_above.rows_held > counted.rows_named then null
            when weighed.titled = 1 then weighed.titled_province
            when weighed.titled > 1 then weighed.titled_and_most_province
            else weighed.most_province
        end as province_code
    from file
    left join ruled on file.index_code = ruled.index_code and file.year = ruled.year
    left join with_parents on file.index_code = with_parents.index_code and file.year = with_parents.year
    left join counted on file.submission_id = counted.submission_id
    left join held_above on file.submission_id = held_above.submission_id
    left join weighed on file.submission_id = weighed.submission_id
),

-- The provinces between which nobody can tell.
between_provinces as (
    select
        possible.submission_id,
        {{ joined('province.unit_name', ', ', 'possible.rows_held desc, province.unit_code') }} as provinces
    from possible
    inner join placed on possible.submission_id = placed.submission_id
    inner join file on possible.submission_id = file.submission_id
    inner join unit as province
        on file.year = province.year and possible.province_code = province.unit_code and province.parent_code is null
    where placed.refusal = 'province_ambiguous' and (possible.is_titled or possible.is_most)
    group by 1
)

select
    file.submission_id,
    file.index_code,
    file.year,
    file.kind,
    case when placed.refusal is null then placed.province_code end as province_code,
    case
        when placed.refusal is null
            then concat_ws('/', file.index_code, file.year, file.kind, coalesce(placed.province_code, 'all'))
    end as assessment_key,
    placed.refusal,
    case placed.refusal
        when 'province_ambiguous' then between_provinces.provinces
        when 'index_ambiguous' then file.index_code || ', ' || file.rival_index_code
    end as between_what
from file
inner join placed on file.submission_id = placed.submission_id
left join between_provinces on file.submission_id = between_provinces.submission_id
