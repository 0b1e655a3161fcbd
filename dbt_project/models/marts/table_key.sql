{#- What each published table is held to by its test `unique_key`: declared once, beside the table. -#}
{%- set found = [] -%}
{%- if execute -%}
    {%- for test in graph.nodes.values() if (test.test_metadata or {}).name == 'unique_key' -%}
        {%- set table = graph.nodes[test.attached_node] -%}
        {%- if table.schema == 'main' -%}
            {%- set key = test.test_metadata.kwargs -%}
            {%- for column in key.columns + key.get('may_be_empty', []) -%}
                {%- do found.append((table.alias, loop.index, column)) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endif -%}
with declared (table_name, position, column_name) as (
    values
    {%- for table_name, position, column_name in found | sort %}
    ('{{ table_name }}', {{ position }}, '{{ column_name }}'),
    {%- endfor %}
    (null, null, null)
)

select
    table_name,
    cast(position as integer) as position,
    column_name
from declared
where table_name is not null
