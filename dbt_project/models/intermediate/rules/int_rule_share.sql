{%- set fine = '1000000000000000' -%}
{%- set own -%}
select
    index_code,
    year,
    tier,
    pillar,
    component,
    field,
    part_order,
    is_bonus,
    min_score,
    max_score,
    numerator,
    denominator,
    true as is_own_pillar
from {{ ref('int_rule_part') }}
where component is not null
{%- endset -%}
{%- set above -%}
select
    path.index_code,
    path.year,
    path.tier,
    above.pillar,
    path.component,
    path.field,
    path.part_order,
    path.is_bonus,
    path.min_score,
    path.max_score,
    case
        when above.numerator = above.denominator then path.numerator
        when path.numerator = path.denominator then above.numerator
        else {{ whole_ratio(whole_ratio('path.numerator * ' ~ fine, 'path.denominator') ~ ' * above.numerator', 'above.denominator') }}
    end as numerator,
    case
        when above.numerator = above.denominator then path.denominator
        when path.numerator = path.denominator then above.denominator
        else {{ fine }}
    end as denominator,
    false as is_own_pillar
from BEFORE as path
inner join {{ ref('int_rule_part') }} as above
    on
        path.index_code = above.index_code
        and path.year = above.year
        and path.tier = above.tier
        and path.pillar = above.part
        and above.component is null
{%- endset -%}
-- Infrastructure is 2 of 5 in readiness, and readiness 30 of 100 in all: infrastructure is 12 of 100 in all.
with {{ recursive() }} {{ followed('path', own, above) }},

-- Shares of one pillar are brought to one denominator, so that they can be added up as whole numbers.
beside as (
    select
        *,
        min(case when numerator <> denominator then denominator end) over (
            partition by index_code, year, tier, pillar
        ) as least_denominator,
        max(case when numerator <> denominator then denominator end) over (
            partition by index_code, year, tier, pillar
        ) as most_denominator
    from path
),

common as (
    select
        *,
        case
            when least_denominator is null then 1
            when least_denominator = most_denominator then least_denominator
            else {{ fine }}
        end as common_denominator
    from beside
)

select
    index_code,
    year,
    tier,
    pillar,
    component,
    field,
    part_order,
    is_own_pillar,
    is_bonus,
    min_score,
    max_score,
    cast(case
        when numerator = denominator then common_denominator
        when denominator = common_denominator then numerator
        else {{ whole_ratio('numerator * ' ~ fine, 'denominator') }}
    end as {{ large_whole() }}) as share_numerator,
    cast(common_denominator as {{ large_whole() }}) as share_denominator
from common
