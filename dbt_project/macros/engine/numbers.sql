{#- Numbers: whole ones, larger than a BIGINT, and how they are divided. See `rows.sql` for what this folder is. -#}

{#- Spark has no HUGEINT, and DECIMAL(38, 0) is slower on DuckDB. -#}
{% macro large_whole() -%}
{{ adapter.dispatch('large_whole')() }}
{%- endmacro %}

{% macro duckdb__large_whole() -%}
hugeint
{%- endmacro %}

{% macro spark__large_whole() -%}
decimal(38, 0)
{%- endmacro %}


{#- How often a positive whole number is contained in one that is not negative. On Spark the answer is a BIGINT: beyond 9 × 10^18 it
    is an error. -#}
{% macro times_contained(dividend, divisor) -%}
{{ adapter.dispatch('times_contained')(dividend, divisor) }}
{%- endmacro %}

{% macro duckdb__times_contained(dividend, divisor) -%}
({{ dividend }}) // ({{ divisor }})
{%- endmacro %}

{% macro spark__times_contained(dividend, divisor) -%}
({{ dividend }}) div ({{ divisor }})
{%- endmacro %}


{#- The average of a group's decimals as floating point; on Spark it would be a decimal. -#}
{% macro average(figure) -%}
{{ adapter.dispatch('average')(figure) }}
{%- endmacro %}

{% macro duckdb__average(figure) -%}
avg({{ figure }})
{%- endmacro %}

{% macro spark__average(figure) -%}
(cast(sum({{ figure }}) as double) / count({{ figure }}))
{%- endmacro %}
