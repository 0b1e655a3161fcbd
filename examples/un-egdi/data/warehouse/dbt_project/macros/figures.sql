{#- Figures are exact: DECIMAL with nine decimals from the cell to the report. -#}

{% macro figure(expression) -%}
cast({{ expression }} as decimal(18, 9))
{%- endmacro %}


{#- A decimal as text without trailing zeros: 45.130000000 is '45.13', 42.000000000 is '42'. -#}
{% macro plain(figure) -%}
regexp_replace(regexp_replace(cast({{ figure }} as varchar), '(\.\d*?)0+$', '\1'), '\.$', '')
{%- endmacro %}


{#- numerator / denominator rounded half away from zero at nine decimals, in whole numbers, because division of decimals
    is floating point on DuckDB. Holds for numerators below 10^14; the denominator is positive. -#}
{% macro exact_ratio(numerator, denominator) -%}
{%- set n = "cast(cast(" ~ numerator ~ " as decimal(28, 9)) * 1000000000 as hugeint)" -%}
{%- set d = "cast(cast(" ~ denominator ~ " as decimal(28, 9)) * 1000000000 as hugeint)" -%}
cast(
    cast(sign({{ n }}) * ((2 * abs({{ n }}) * 1000000000 + {{ d }}) // (2 * {{ d }})) as decimal(38, 0))
    * cast(0.000000001 as decimal(9, 9))
    as decimal(18, 9)
)
{%- endmacro %}


{#- What a score contributes to its pillar's total, fixed at nine decimals; `weights` is the sum of the pillar's weights. -#}
{% macro contribution(aggregation, score, weight, weights) -%}
case {{ aggregation }}
    when 'sum' then {{ score }}
    when 'weighted_mean' then {{ exact_ratio(weight ~ ' * ' ~ score, weights) }}
end
{%- endmacro %}


{#- The plain mean of a group's figures, fixed at nine decimals; null where one of them is missing. -#}
{% macro mean(figure) -%}
case when count(*) = count({{ figure }}) then {{ exact_ratio('sum(' ~ figure ~ ')', 'count(*)') }} end
{%- endmacro %}
