{#- Figures are exact. A cell's figure keeps up to eighteen decimals (`exact`); a total is fixed once at nine (`figure`). -#}

{% macro exact(expression) -%}
cast({{ expression }} as decimal(38, 18))
{%- endmacro %}


{#- Fixed at nine decimals, half away from zero. -#}
{% macro figure(expression) -%}
cast({{ expression }} as decimal(18, 9))
{%- endmacro %}


{#- A decimal as text without trailing zeros: 45.130000000 is '45.13', 42.000000000 is '42'. -#}
{% macro plain(figure) -%}
{{ replaced(replaced('cast(' ~ figure ~ ' as string)', '([.][0-9]*?)0+$', '\\1'), '[.]$', '') }}
{%- endmacro %}


{#- A figure in whole billionths: division of decimals is floating point on DuckDB, of whole numbers it is not. -#}
{% macro billionths(figure) -%}
cast(cast({{ figure }} as decimal(28, 9)) * 1000000000 as {{ large_whole() }})
{%- endmacro %}


{#- A cell's figure in whole units of its eighteenth decimal. By its text: the product of two decimals would overflow. -#}
{% macro smallest_units(figure) -%}
cast(replace(cast({{ exact(figure) }} as string), '.', '') as {{ large_whole() }})
{%- endmacro %}


{#- One whole number divided by another, rounded half away from zero to a whole number; the second is positive. -#}
{% macro whole_ratio(dividend, divisor) -%}
(cast(sign({{ dividend }}) as {{ large_whole() }}) * ({{ times_contained('2 * abs(' ~ dividend ~ ') + ' ~ divisor, '2 * ' ~ divisor) }}))
{%- endmacro %}


{#- As many billionths as one whole number divided by another. Of wider factors Spark keeps six decimals. -#}
{% macro rounded(dividend, divisor) -%}
cast(cast({{ whole_ratio(dividend, divisor) }} as decimal(18, 0)) * cast(0.000000001 as decimal(9, 9)) as decimal(18, 9))
{%- endmacro %}


{#- numerator / denominator, fixed at nine decimals. Holds for numerators below 10^14; the denominator is positive. -#}
{% macro exact_ratio(numerator, denominator) -%}
{{ rounded('(' ~ billionths(numerator) ~ ' * 1000000000)', billionths(denominator)) }}
{%- endmacro %}


{#- What each score of a relation contributes to the total that it is counted in (`keys`): the total up to it, in the
    registry's order and fixed once at nine decimals, less that before it. So contributions add up to the total, by
    construction. The relation has part_order, share_numerator and share_denominator (`int_rule_share`); a score without a
    share, or missing, contributes null. -#}
{% macro contributions(scores, score, keys) -%}
{%- set total = 'partition by ' ~ keys | join(', ') ~ ' order by part_order' -%}
select
    *,
    case
        when {{ score }} is not null and share_denominator is not null
            then {{ figure('total_so_far - lag(total_so_far, 1, 0) over (' ~ total ~ ')') }}
    end as contribution
from (
    select
        *,
        coalesce({{ rounded('weighted', '(share_denominator * 1000000000)') }}, 0) as total_so_far
    from (
        select
            *,
            sum(share_numerator * {{ smallest_units(score) }}) over ({{ total }}) as weighted
        from {{ scores }}
    ) as summed
) as fixed
{%- endmacro %}


{#- The plain mean of a group's figures, fixed at nine decimals; null where one of them is missing. Most groups have one figure, which
    need not be divided. -#}
{% macro mean(figure) -%}
case
    when count(*) <> count({{ figure }}) then null
    when count(*) = 1 then cast(sum({{ figure }}) as decimal(18, 9))
    else {{ exact_ratio('sum(' ~ figure ~ ')', 'count(*)') }}
end
{%- endmacro %}


{#- A text as a whole number; null where it is none ('2.5', 'III') or too large. DuckDB alone would make 3 of '2.5', and Spark 2. -#}
{% macro whole_number(text) -%}
{%- set number = 'try_cast(' ~ text ~ ' as decimal(38, 9))' -%}
case when {{ number }} = floor({{ number }}) then try_cast({{ number }} as integer) end
{%- endmacro %}
