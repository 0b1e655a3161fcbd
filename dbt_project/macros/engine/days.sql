{#- The day before all days: of a file whose day of receipt is not known. Every engine reads it alike. -#}
{% macro unknown_day() -%}
date '0001-01-01'
{%- endmacro %}
