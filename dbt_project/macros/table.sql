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


{#- A registry, as DuckDB reads it by the types that are declared. dbt's own way first reads the file in Python, to guess types: half
    of the time that all registries take, most of it for the country's units. -#}
{% materialization seed, adapter='duckdb' -%}
    {%- set before = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set types = [] -%}
    {%- for column, type in config.get('column_types', {}).items() -%}
        {%- do types.append("'" ~ column ~ "': '" ~ type ~ "'") -%}
    {%- endfor -%}
    {% call statement('main') -%}
        {%- if before is not none %}
        drop {{ before.type }} if exists {{ before }} cascade;
        {%- endif %}
        create table {{ target }} as
        select * from read_csv(
            '{{ adapter.get_seed_file_path(model) | replace("'", "''") }}',
            header = true, delim = ',', quote = '"', escape = '"', types = { {{ types | join(', ') }} }
        );
    {%- endcall %}
    {% do store_result('agate_table', response='OK') %}
    {% do adapter.commit() %}
    {{ return({'relations': [target]}) }}
{%- endmaterialization %}
