{#- Rows: what is chosen of a group, or brought together. Here as in the other files of this folder stands what engines call
    in their own way, one macro a difference; all else of the project is SQL that they read alike. `duckdb__` is the build's
    own engine, `spark__` what speaks Spark's SQL: Spark itself and Sail. -#}

{#- The first row of each group of a relation. Sail has no QUALIFY; there the rows bring one column more, `place_in_group`. DuckDB
    puts what is empty last, Spark first. -#}
{% macro first_of(relation, by, order, where='true') -%}
{{ adapter.dispatch('first_of')(relation, by, order, where) }}
{%- endmacro %}

{% macro duckdb__first_of(relation, by, order, where) -%}
(from {{ relation }} where {{ where }} qualify row_number() over (partition by {{ by }} order by {{ order }}) = 1)
{%- endmacro %}

{% macro spark__first_of(relation, by, order, where) -%}
(
    select * from (
        select *, row_number() over (partition by {{ by }} order by {{ empty_last(order) }}) as place_in_group
        from {{ relation }} where {{ where }}
    ) as placed where place_in_group = 1
)
{%- endmacro %}

{% macro empty_last(order) -%}
{{ order | replace(', ', ' nulls last, ') }} nulls last
{%- endmacro %}


{#- The value of the row that comes first, or last, in an order; rows without a value or without an order do not count. On Spark
    a row without a value does. -#}
{% macro first_by(value, order) -%}
{{ adapter.dispatch('first_by')(value, order) }}
{%- endmacro %}

{% macro duckdb__first_by(value, order) -%}
min_by({{ value }}, {{ order }})
{%- endmacro %}

{% macro spark__first_by(value, order) -%}
min_by({{ value }}, case when {{ value }} is not null then {{ order }} end)
{%- endmacro %}

{% macro last_by(value, order) -%}
{{ adapter.dispatch('last_by')(value, order) }}
{%- endmacro %}

{% macro duckdb__last_by(value, order) -%}
max_by({{ value }}, {{ order }})
{%- endmacro %}

{% macro spark__last_by(value, order) -%}
max_by({{ value }}, case when {{ value }} is not null then {{ order }} end)
{%- endmacro %}


{#- The texts of a group in an order, as one text; null where there is none. The order stands elsewhere. -#}
{% macro joined(text, separator, order) -%}
{{ adapter.dispatch('joined')(text, separator, order) }}
{%- endmacro %}

{% macro duckdb__joined(text, separator, order) -%}
string_agg({{ text }}, '{{ separator }}' order by {{ order }})
{%- endmacro %}

{% macro spark__joined(text, separator, order) -%}
listagg({{ text }}, '{{ separator }}') within group (order by {{ empty_last(order) }})
{%- endmacro %}


{#- The middle value of a group; of an even number the lower of the two. Sail's percentile_disc is floating point. -#}
{% macro middle(value) -%}
{{ adapter.dispatch('middle')(value) }}
{%- endmacro %}

{% macro duckdb__middle(value) -%}
quantile_disc({{ value }}, 0.5)
{%- endmacro %}

{% macro spark__middle(value) -%}
get(array_sort(collect_list({{ value }})), cast((count({{ value }}) - 1) div 2 as int))
{%- endmacro %}


{#- How many other rows of a group have a value up to a bound of this row. Frames of Spark have no bounds that differ by row. -#}
{% macro others_up_to(value, step, group) -%}
{{ adapter.dispatch('others_up_to')(value, step, group) }}
{%- endmacro %}

{% macro duckdb__others_up_to(value, step, group) -%}
count(*) over (
    partition by {{ group }} order by {{ value }}
    range between unbounded preceding and {{ step }} exclude current row
)
{%- endmacro %}

{% macro spark__others_up_to(value, step, group) -%}
{%- set bound = value ~ (' + ' if step.endswith('following') else ' - ') ~ step.split(' ')[0] -%}
(
    size(filter(collect_list({{ value }}) over (partition by {{ group }}), other -> other <= {{ bound }}))
    - case when {{ value }} <= {{ bound }} then 1 else 0 end
)
{%- endmacro %}


{#- A row for each element of a list. -#}
{% macro each_of(list) -%}
{{ adapter.dispatch('each_of')(list) }}
{%- endmacro %}

{% macro duckdb__each_of(list) -%}
unnest({{ list }})
{%- endmacro %}

{% macro spark__each_of(list) -%}
explode({{ list }})
{%- endmacro %}


{#- Where a row of a registry stands in its file. Tables of Spark have no order: theirs have a column for it (`seed.sql`). -#}
{% macro place_in_registry(registry) -%}
{{ adapter.dispatch('place_in_registry')(registry) }}
{%- endmacro %}

{% macro duckdb__place_in_registry(registry) -%}
{{ registry }}.rowid
{%- endmacro %}

{% macro spark__place_in_registry(registry) -%}
{{ registry }}.place_in_registry
{%- endmacro %}


{#- A relation that is followed to its end: `first`, and then what `next` makes of the rows that it calls BEFORE, until nothing is
    new. It stands in a WITH that begins with `recursive()`. Sail knows no recursion: Spark takes eight steps. -#}
{% macro followed(name, first, next) -%}
{{ adapter.dispatch('followed')(name, first, next) }}
{%- endmacro %}

{% macro duckdb__followed(name, first, next) -%}
{{ name }} as (
    {{ first }}
    union
    {{ next | replace('BEFORE', name) }}
)
{%- endmacro %}

{% macro spark__followed(name, first, next) -%}
{{ name }}_0 as (
    {{ first }}
),
{% for step in range(8) %}
{{ name }}_{{ step + 1 }} as (
    {{ next | replace('BEFORE', name ~ '_' ~ step) }}
),
{% endfor %}
{{ name }} as (
    {% for step in range(9) %}select * from {{ name }}_{{ step }}{{ ' union ' if not loop.last }}{% endfor %}
)
{%- endmacro %}

{% macro recursive() -%}
{{ adapter.dispatch('recursive')() }}
{%- endmacro %}

{% macro duckdb__recursive() -%}
recursive
{%- endmacro %}

{% macro spark__recursive() %}{% endmacro %}
