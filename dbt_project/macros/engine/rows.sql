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
    new. It stands in a WITH that begins with `recursive()`. Sail knows no recursion: there it is eight steps, and an error if there are
    more. -#}
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
{% for step in range(9) %}
{{ name }}_{{ step + 1 }} as (
    {{ next | replace('BEFORE', name ~ '_' ~ step) }}
),
{% endfor %}
{{ name }} as (
    select {{ name }}_0.*
    from {{ name }}_0
    inner join (select count(*) as more from {{ name }}_9) as beyond
        on case when beyond.more > 0 then raise_error('{{ name }} has more than eight steps') is null else true end
    {% for step in range(1, 9) %}union select * from {{ name }}_{{ step }} {% endfor %}
)
{%- endmacro %}

{% macro recursive() -%}
{{ adapter.dispatch('recursive')() }}
{%- endmacro %}

{% macro duckdb__recursive() -%}
recursive
{%- endmacro %}

{% macro spark__recursive() %}{% endmacro %}


{#- Of each fact of a check one row, with what is counted of it in all. What fails stands at the first of its failing places. What
    passes is only counted and compared, so its place is not looked for: a country has millions of such facts, and sorting them by
    place took a quarter of the whole build. -#}
{% macro each_fact_once(fact, columns, key, order) -%}
{{ adapter.dispatch('each_fact_once')(fact, columns, key, order) }}
{%- endmacro %}

{% macro duckdb__each_fact_once(fact, columns, key, order) -%}
{%- set kept = kept_of_a_fact() -%}
select * from (
    with fact as (
        {{ fact }}
    ),

    failing as (
        select
            *,
            sum(occurrences) over (partition by {{ key }}) as all_occurrences,
            row_number() over (partition by {{ key }} order by {{ order }}) as place
        from fact
        where not is_passed
    ),

    counted as (
        select
            {{ key }},
            {% for column in kept -%}
            min({{ column }}) as {{ column }},
            {% endfor -%}
            sum(occurrences) as all_occurrences,
            max(case when is_passed then 0 else 1 end) as failing_places
        from fact
        group by {{ key }}
    )

    select
        {% for column in columns -%}
        {{ 'cast(all_occurrences as integer) as occurrences' if column == 'occurrences' else column }},
        {% endfor -%}
        false as is_passed
    from failing
    where place = 1
    union all
    select
        {% for column in columns -%}
        {% if column == 'occurrences' -%}
        cast(all_occurrences as integer),
        {% else -%}
        {{ column if column in key.split(', ') + kept else 'null' }},
        {% endif -%}
        {% endfor -%}
        true
    from counted
    where failing_places = 0
) as result
{%- endmacro %}


{#- Sail 0.7.2 refuses the other way for some checks ("Physical input schema should be the same"): here what passes is put in its place, too,
    which is then not told. -#}
{% macro spark__each_fact_once(fact, columns, key, order) -%}
{%- set places = 'partition by ' ~ key ~ ' order by is_passed, ' ~ order -%}
{%- set all_places = places ~ ' rows between unbounded preceding and unbounded following' -%}
select
    {% for column in columns -%}
    {% if column == 'occurrences' -%}
    cast(case when is_passed then passing_in_all else failing_in_all end as integer) as occurrences,
    {% elif column in key.split(', ') -%}
    {{ column }},
    {% else -%}
    case when {{ 'is_passed then least_' ~ column ~ ' else' if column in kept_of_a_fact() else 'not is_passed then' }} {{ column }} end as {{ column }},
    {% endif -%}
    {% endfor -%}
    is_passed
from (
    select
        *,
        {% for column in kept_of_a_fact() if column in columns and column not in key.split(', ') -%}
        min({{ column }}) over ({{ all_places }}) as least_{{ column }},
        {% endfor -%}
        sum(case when is_passed then occurrences else 0 end) over ({{ all_places }}) as passing_in_all,
        sum(case when is_passed then 0 else occurrences end) over ({{ all_places }}) as failing_in_all,
        row_number() over ({{ places }}) as place
    from (
        {{ fact }}
    ) as fact
) as placed
where place = 1
{%- endmacro %}


{#- What is told of a fact that passes, beside its key. -#}
{% macro kept_of_a_fact() -%}
{{ return(['unit_key', 'unit_code', 'stated', 'expected', 'difference', 'materiality']) }}
{%- endmacro %}
