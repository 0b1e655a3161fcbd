{#- The address of a statement of the summary annex, as every judged table gives it. -#}
{% macro summary_address() %}
        statement.submission_id,
        unit.tier,
        statement.written_unit as written_name,
        'summary' as field,
        statement.annex,
        statement.position,
        statement.page_or_sheet,
        statement.table_number,
        statement.row_number,
        statement.column_number,
        cast(null as varchar) as column_name,
        statement.cell,
        1 as occurrences
{%- endmacro %}
