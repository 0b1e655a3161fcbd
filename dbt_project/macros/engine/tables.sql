{#- Tables of a build on Spark. They are Parquet files in the folder that EGOV_PARQUET names; `warehouse/spark.py` puts there what the
    build begins with, and takes the results from there. -#}

{% macro spark__location_clause() -%}
location '{{ env_var('EGOV_PARQUET') }}/tables/{{ model['alias'] }}'
{%- endmacro %}


{#- Sail's CREATE TABLE AS takes no comment. What tables and columns mean is added where they are read back. -#}
{% macro spark__comment_clause() %}{% endmacro %}


{#- A registry, with a column for the order of its rows. dbt's own way puts in rows as text, a statement for some, and without an
    order. -#}
{% materialization seed, adapter='spark' -%}
    {%- set target = this.incorporate(type='table') -%}
    {% do adapter.drop_relation(target) %}
    {% call statement('main') -%}
        create table {{ target }} using parquet location '{{ env_var('EGOV_PARQUET') }}/registry/{{ this.identifier }}'
    {%- endcall %}
    {% do store_result('agate_table', response='OK') %}
    {{ return({'relations': [target]}) }}
{%- endmaterialization %}
