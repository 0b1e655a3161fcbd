{%- set levels = {'I': 'level_i', 'II': 'level_ii', 'III': 'level_iii', 'IV': 'level_iv', 'unranked': 'unranked'} -%}
with level as (
    select
        level.*,
        parent.tier as parent_tier
    from {{ ref('agg_levels') }} as level
    inner join {{ ref('int_unit_year') }} as parent
        on level.year = parent.year and level.parent_code = parent.unit_code
    where parent.depth = 1
),

roster as (
    select
        year,
        parent_code,
        count(*) as communes
    from {{ ref('int_unit_year') }}
    group by 1, 2
)

-- A level that the summary leaves out is 0 of it, where the summary speaks of the district at all.
select
    level.assessment_key,
    level.index_code,
    level.year,
    level.parent_code as district_code,
    cast(max(roster.communes) as integer) as communes,
    {%- for name, column in levels.items() %}
    max(case when level.level = '{{ name }}' then level.computed end) as {{ column }},
    {%- endfor %}
    {%- for name, column in levels.items() %}
    max(case when level.level = '{{ name }}' then level.detail end) as {{ column }}_detail,
    {%- endfor %}
    {%- for name, column in levels.items() %}
    coalesce(
        max(case when level.level = '{{ name }}' then level.stated end), case when count(level.stated) > 0 then 0 end
    ) as {{ column }}_stated,
    {%- endfor %}
    case
        when count(level.stated) > 0 then min(coalesce(level.stated, 0) = level.detail)
    end as reconciled
from level
inner join roster on level.year = roster.year and level.parent_code = roster.parent_code
group by 1, 2, 3, 4
