{#- The columns together identify a row: no two rows agree in all of them, and none of them is empty but those of `may_be_empty`,
    in which empty agrees with empty. -#}
{% test unique_key(model, columns, may_be_empty=[]) %}
select
    {{ (columns + may_be_empty) | join(', ') }},
    count(*) as rows
from {{ model }}
group by {{ (columns + may_be_empty) | join(', ') }}
having
    count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
