{#- Words that sentences are filled with, in both languages. -#}

{% macro level_words(level, language) -%}
{%- if language == 'vi' -%}
case when {{ level }} is null then 'không có' when {{ level }} = 'unranked' then 'không đủ điều kiện xếp hạng' else 'mức độ ' || {{ level }} end
{%- else -%}
case when {{ level }} is null then 'none' when {{ level }} = 'unranked' then 'not eligible' else 'level ' || {{ level }} end
{%- endif -%}
{%- endmacro %}


{#- How a scale goes on from its least figure: ' to 50', or ' up' where its most is not known. -#}
{% macro up_to(open_ended, to, most) -%}
case when {{ most }} = '' then ' {{ open_ended }}' else ' {{ to }} ' || {{ most }} end
{%- endmacro %}


{#- A value as Vietnamese is written: figures with a comma, the days of citations as 05/04/2021. -#}
{% macro written_vi(value) -%}
case
    when is_figure then replace({{ value }}, '.', ',')
    when field = 'citation' then {{ replaced(value, '([0-9]{4})-([0-9]{2})-([0-9]{2})', '\\3/\\2/\\1') }}
    else {{ value }}
end
{%- endmacro %}


{#- A message with each {placeholder} replaced by its value; `values` maps names to SQL expressions, null as ''. A brace in a
    value is no placeholder: it is put aside until all are filled. -#}
{% macro filled(message, values) -%}
{%- set text = namespace(sql=message) -%}
{%- for name, value in values.items() -%}
    {%- set text.sql = "replace(" ~ text.sql ~ ", '{" ~ name ~ "}', replace(coalesce(" ~ value ~ ", ''), '{', chr(2)))" -%}
{%- endfor -%}
replace({{ text.sql }}, chr(2), '{')
{%- endmacro %}


{#- What stands behind the first '|' of a detail; null where nothing does. -#}
{% macro behind_mark(detail) -%}
nullif(substr({{ detail }}, length(split_part({{ detail }}, '|', 1)) + 2), '')
{%- endmacro %}


{#- A reason that names the unit that another became a part of, and the day; its finding's detail is both, by '|'. -#}
{% macro succeeded(reason) -%}
replace(
    replace({{ reason }}, '{successor}', coalesce(split_part(finding.detail, '|', 1), '')),
    '{day}', coalesce(split_part(finding.detail, '|', 2), '')
)
{%- endmacro %}
