{#- What DuckDB calls in its own way. One macro a difference, so that another engine needs this file and no model. -#}

{#- The value of the row that comes first, or last, in an order; rows without a value or without an order do not count. -#}
{% macro first_by(value, order) -%}
min_by({{ value }}, {{ order }})
{%- endmacro %}

{% macro last_by(value, order) -%}
max_by({{ value }}, {{ order }})
{%- endmacro %}


{#- The texts of a group in an order, as one text. -#}
{% macro joined(text, separator, order) -%}
string_agg({{ text }}, '{{ separator }}' order by {{ order }})
{%- endmacro %}


{#- The first text of a list that is not empty; null where there is none. -#}
{% macro first_text(texts) -%}
list_filter({{ texts }}, lambda text: text <> '')[1]
{%- endmacro %}


{#- How many letters must be typed otherwise, put in or left out; with `swapped`, two neighbours changed about count once. -#}
{% macro letters_apart(one, other) -%}
levenshtein({{ one }}, {{ other }})
{%- endmacro %}

{% macro slips_apart(one, other) -%}
damerau_levenshtein({{ one }}, {{ other }})
{%- endmacro %}


{#- Where a row of a registry stands in its file. -#}
{% macro place_in_registry(registry) -%}
{{ registry }}.rowid
{%- endmacro %}


{#- The day before all days: of a file whose day of receipt is not known. -#}
{% macro unknown_day() -%}
date '0001-01-01'
{%- endmacro %}


{#- The middle value of a group; of an even number the lower of the two. -#}
{% macro middle(value) -%}
quantile_disc({{ value }}, 0.5)
{%- endmacro %}


{#- A row for each element of a list. -#}
{% macro each_of(list) -%}
unnest({{ list }})
{%- endmacro %}
