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
regexp_replace(regexp_replace(cast({{ figure }} as varchar), '(\.\d*?)0+$', '\1'), '\.$', '')
{%- endmacro %}


{#- A figure in whole billionths: division of decimals is floating point on DuckDB, of whole numbers it is not. -#}
{% macro billionths(figure) -%}
cast(cast({{ figure }} as decimal(28, 9)) * 1000000000 as hugeint)
{%- endmacro %}


{#- A cell's figure in whole units of its eighteenth decimal. By its text: the product of two decimals would overflow. -#}
{% macro smallest_units(figure) -%}
cast(replace(cast({{ exact(figure) }} as varchar), '.', '') as hugeint)
{%- endmacro %}


{#- As many billionths as one whole number divided by another, rounded half away from zero; the second is positive. -#}
{% macro rounded(dividend, divisor) -%}
cast(
    cast(sign({{ dividend }}) * ((2 * abs({{ dividend }}) + {{ divisor }}) // (2 * {{ divisor }})) as decimal(38, 0))
    * cast(0.000000001 as decimal(9, 9))
    as decimal(18, 9)
)
{%- endmacro %}


{#- numerator / denominator, fixed at nine decimals. Holds for numerators below 10^14; the denominator is positive. -#}
{% macro exact_ratio(numerator, denominator) -%}
{{ rounded('(' ~ billionths(numerator) ~ ' * 1000000000)', billionths(denominator)) }}
{%- endmacro %}


{#- What the scores of a pillar make up to one of them, in the registry's order, fixed once at nine decimals; at the last it
    is the pillar's total. scores: their exact sum so far; weighted: the sum of weight in billionths × score in its
    smallest units so far; weights: the sum of all weights of the pillar. -#}
{% macro total_so_far(aggregation, scores, weighted, weights) -%}
case {{ aggregation }}
    when 'sum' then {{ figure(scores) }}
    when 'weighted_mean' then {{ rounded(weighted, '(' ~ billionths(weights) ~ ' * 1000000000)') }}
end
{%- endmacro %}


{#- The plain mean of a group's figures, fixed at nine decimals; null where one of them is missing. -#}
{% macro mean(figure) -%}
case when count(*) = count({{ figure }}) then {{ exact_ratio('sum(' ~ figure ~ ')', 'count(*)') }} end
{%- endmacro %}
