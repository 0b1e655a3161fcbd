{#- A table, made in its place. dbt's own way makes it beside, swaps names twice and drops what was there before, so that
    readers always find one: it takes longer than most of our queries, and nobody reads the build database. -#}
{% materialization table, adapter='duckdb' -%}
    {%- set before = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {%- if before is not none %}
        drop {{ before.type }} if exists {{ before }} cascade;
        {%- endif %}
        {{ create_table_as(false, target, compiled_code) }}
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {% do persist_docs(target, model) %}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization %}
