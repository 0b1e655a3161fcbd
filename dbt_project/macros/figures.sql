{#- Figures are exact: DECIMAL with nine decimals from the cell to the report. -#}

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


{#- What a score contributes to its pillar's total, fixed once at nine decimals; `weights` is the sum of the pillar's. -#}
{% macro contribution(aggregation, score, weight, weights) -%}
case {{ aggregation }}
    when 'sum' then {{ score }}
    when 'weighted_mean' then
        {{ rounded('(' ~ billionths(weight) ~ ' * ' ~ billionths(score) ~ ')', billionths(weights)) }}
end
{%- endmacro %}


{#- The plain mean of a group's figures, fixed at nine decimals; null where one of them is missing. -#}
{% macro mean(figure) -%}
case when count(*) = count({{ figure }}) then {{ exact_ratio('sum(' ~ figure ~ ')', 'count(*)') }} end
{%- endmacro %}
