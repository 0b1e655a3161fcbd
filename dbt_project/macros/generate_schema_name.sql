{#- Schemas are named for the layer and nothing else: landing, registry, staging, intermediate, checks, main. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
