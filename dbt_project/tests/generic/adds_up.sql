{#- In each row the column is the sum of the parts, and none of them is empty. -#}
{% test adds_up(model, column, parts) %}
select
    {{ column }},
    {{ parts | join(', ') }}
from {{ model }}
where ({{ column }} = {{ parts | join(' + ') }}) is not true
{% endtest %}
